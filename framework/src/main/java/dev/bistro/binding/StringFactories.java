package dev.bistro.binding;

import dev.bistro.body.ClientFault;
import dev.bistro.http.Converter;
import dev.bistro.types.TypeNames;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;

/**
 * Conversions that a class brings along: a public static method {@code valueOf}, {@code parse}, {@code of} or
 * {@code fromString}, looked for in this order, that takes a {@link String} (or else a {@link CharSequence}) and
 * returns the class; otherwise a public constructor that takes a String. A record's constructor needn't be public.
 * Constructors of the JDK's own classes aren't called: some open files.
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

    private static Optional<Converter<?>> staticMethod(Class<?> type) {
        for (String name : NAMES) {
            for (Class<?> parameter : PARAMETERS) {
                Optional<Converter<?>> found = staticMethod(type, name, parameter);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Converter<?>> staticMethod(Class<?> type, String name, Class<?> parameter) {
        try {
            Method method = type.getMethod(name, parameter);
            boolean fits = Modifier.isStatic(method.getModifiers()) && type.isAssignableFrom(method.getReturnType());
            return fits ? handle(method, lookup -> lookup.unreflect(method)) : Optional.empty();
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    private static Optional<Converter<?>> constructor(Class<?> type) {
        if (isOfTheJdk(type) || Modifier.isAbstract(type.getModifiers())) {
            return Optional.empty();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(String.class);
            boolean mayBeCalled = type.isRecord() || Modifier.isPublic(constructor.getModifiers());
            return mayBeCalled
                    ? handle(constructor, lookup -> lookup.unreflectConstructor(constructor))
                    : Optional.empty();
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    private interface Unreflect {
        MethodHandle apply(MethodHandles.Lookup lookup) throws IllegalAccessException;
    }

    /** Converts by a static method or a constructor; empty if it can't be reached. */
    private static Optional<Converter<?>> handle(AccessibleObject member, Unreflect unreflect) {
        if (!member.trySetAccessible()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new HandleConverter(unreflect.apply(MethodHandles.lookup()).asType(HandleConverter.SHAPE)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The member was made accessible and still isn't: " + member, e);
        }
    }

    private record HandleConverter(MethodHandle handle) implements Converter<Object> {
        static final MethodType SHAPE = MethodType.methodType(Object.class, String.class);

        @Override
        public Object convert(String text) {
            try {
                return (Object) handle.invokeExact(text);
            } catch (RuntimeException | Error unchecked) {
                throw unchecked;
            } catch (Throwable checked) {
                throw ClientFault.is(checked)
                        ? new IllegalArgumentException(checked)
                        : new IllegalStateException("A conversion failed for a reason other than the text", checked);
            }
        }
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }
}
