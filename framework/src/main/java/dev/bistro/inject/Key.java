package dev.bistro.inject;

import dev.bistro.startup.Place;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is asked for: a type, generic parameters and all, and perhaps a qualifier. */
record Key(Type type, Optional<Annotation> qualifier) {
    static Key of(Type type) {
        return new Key(boxed(type), Optional.empty());
    }

    /** The key of a type with the qualifier that stands on an element. */
    static Key of(Type type, AnnotatedElement element) {
        return new Key(boxed(type), qualifier(element));
    }

    /** The qualifier on a class, method, parameter or field. */
    static Optional<Annotation> qualifier(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().isAnnotationPresent(Qualifier.class))
                .findFirst();
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> primitive && primitive.isPrimitive()
                ? MethodType.methodType(primitive).wrap().returnType()
                : type;
    }

    /** This key for another type. */
    Key withType(Type other) {
        return new Key(boxed(other), qualifier);
    }

    /** The class without its generic parameters. */
    Class<?> rawType() {
        return rawType(type);
    }

    static Class<?> rawType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawType(array.getGenericComponentType()).arrayType();
        }
        return Object.class;
    }

    /** The key as a message has it: {@code @Named("x") List<Product>}. */
    @Override
    public String toString() {
        return qualifier.map(annotation -> describe(annotation) + " ").orElse("") + name(type);
    }

    /** An annotation as source code has it, without its package. */
    static String describe(Annotation annotation) {
        String text = annotation.toString();
        int end = text.indexOf('(');
        String values = end < 0 ? "" : text.substring(end);
        return "@" + annotation.annotationType().getSimpleName() + (values.equals("()") ? "" : values);
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments())
                    .map(Key::name)
                    .collect(Collectors.joining(", ", Place.name(rawType(type)) + "<", ">"));
        }
        return type instanceof Class<?> plain ? Place.name(plain) : type.getTypeName();
    }
}
