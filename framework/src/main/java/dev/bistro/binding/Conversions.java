package dev.bistro.binding;

import dev.bistro.types.TypeNames;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds how texts become values of a type: by a registered converter; or else by a conversion of Bistro's own (texts,
 * numbers, times); or else, for an enum, by its names; or else by what the class itself offers (see
 * {@link StringFactories}). A primitive is converted as its wrapper.
 */
final class Conversions {
    private static final Map<Class<?>, Conversion> BUILT_IN = new HashMap<>();

    static {
        BUILT_IN.putAll(TextConversions.all());
        BUILT_IN.putAll(NumberConversions.all());
        BUILT_IN.putAll(TimeConversions.all());
    }

    /** The conversion of booleans. */
    static final Conversion BOOLEAN = BUILT_IN.get(Boolean.class);

    private final Converters converters;

    Conversions(Converters converters) {
        this.converters = converters;
    }

    /** The conversion of one text to one value of a type. */
    Optional<Conversion> find(Type type) {
        if (!(type instanceof Class<?> primitiveOrClass)) {
            return registered(type);
        }
        Class<?> c = MethodType.methodType(primitiveOrClass).wrap().returnType();
        return registered(c).or(() -> Optional.ofNullable(BUILT_IN.get(c))).or(() -> ofClass(c));
    }

    /** The registered conversion to exactly this type. */
    Optional<Conversion> registered(Type type) {
        return converters.find(type);
    }

    private static Optional<Conversion> ofClass(Class<?> c) {
        return c.isEnum() ? Optional.of(EnumConversion.of(c)) : StringFactories.find(c);
    }

    /** What was tried without success for a type, for the report. */
    static String tried(Type type) {
        String name = TypeNames.of(type);
        return "a registered Converter<" + name + "> (none), a conversion of Bistro's own (none), a public static "
                + name + " valueOf, parse, of or fromString(String) (none), a public constructor " + name
                + "(String) (none)";
    }
}
