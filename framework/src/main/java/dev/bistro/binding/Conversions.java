package dev.bistro.binding;

import dev.bistro.types.TypeNames;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds how texts become values of a type: by a registered converter; or else by a conversion of Bistro's own (texts,
 * numbers, times); or else, for an enum, by its names; or else by what the class itself offers (see
 * {@link StringFactories}). A primitive is converted as its wrapper.
 */
final class Conversions {
    /** The package of all types of {@link TimeConversions}. */
    private static final String TIMES = Duration.class.getPackageName();

    /** The conversion of booleans. */
    static final Conversion BOOLEAN = builtIn(Boolean.class);

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
        Optional<Conversion> registered = registered(c);
        if (registered.isPresent()) {
            return registered;
        }
        Conversion builtIn = builtIn(c);
        return builtIn != null ? Optional.of(builtIn) : ofClass(c);
    }

    /** Bistro's own conversion to a class; null if there is none. */
    private static Conversion builtIn(Class<?> c) {
        if (Number.class.isAssignableFrom(c)) {
            return NumberConversions.ALL.get(c);
        }
        return c.getPackageName().equals(TIMES) ? TimeConversions.ALL.get(c) : TextConversions.ALL.get(c);
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
