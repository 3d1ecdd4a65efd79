package dev.bistro.binding;

import dev.bistro.http.Converter;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;

/**
 * Conversions that a class brings along: a public static method {@code valueOf}, {@code parse}, {@code of} or {@code fromString}, in this order, of a
 * {@link String} (or else a {@link CharSequence}) that gives the class; otherwise its public constructor of a String. A record's constructor
 * is as public as the record, so that any will do. Constructors of the JDK's own classes are left alone: some open files.
 */
final class StringFactories {
    private static final List<String> NAMES = List.of("valueOf", "parse", "of", "fromString");
    private static final List<Class<?>> PARAMETERS = List.of(String.class, CharSequence.class);

    private StringFactories() {}

    static Optional<Conversion> find(Class<?> type) {
        return staticMethod(type)
                .map(converter -> conversion(type, converter, Conversion.Origin.STATIC_METHOD))
                .or(() ->
                        constructor(type).map(converter -> conversion(type, converter, Conversion.Origin.CONSTRUCTOR)));
    }

    private static Conversion conversion(Class<?> type, Converter<?> converter, Conversion.Origin origin) {
        return new Conversion(converter, TypeNames.withArticle(type), origin);
    }

    private static Optional<HandleConverter> staticMethod(Class<?> type) {
        for (String name : NAMES) {
            for (Class<?> parameter : PARAMETERS) {
                Optional<HandleConverter> found = staticMethod(type, name, parameter);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<HandleConverter> staticMethod(Class<?> type, String name, Class<?> parameter) {
        try {
            Method method = type.getMethod(name, parameter);
            boolean fits = Modifier.isStatic(method.getModifiers()) && type.isAssignableFrom(method.getReturnType());
            return fits ? HandleConverter.of(method) : Optional.empty();
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    private static Optional<HandleConverter> constructor(Class<?> type) {
        if (isOfTheJdk(type) || Modifier.isAbstract(type.getModifiers())) {
            return Optional.empty();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(String.class);
            boolean mayBeCalled = type.isRecord() || Modifier.isPublic(constructor.getModifiers());
            return mayBeCalled ? HandleConverter.of(constructor) : Optional.empty();
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }
}
