package dev.bistro.inject;

import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an injection point asks for: a type with its generic arguments, and perhaps a qualifier. */
record Key(Type type, Optional<Annotation> qualifier) {
    static Key of(Type type) {
        return new Key(normal(type), Optional.empty());
    }

    /** The key of a type with the qualifier that stands on an element. */
    static Key of(Type type, AnnotatedElement element) {
        return new Key(normal(type), qualifier(element));
    }

    /** The key of a type with the qualifier among annotations; the others are ignored. */
    static Key of(Type type, List<Annotation> annotations) {
        return new Key(
                normal(type), annotations.stream().filter(Key::isQualifier).findFirst());
    }

    /** The qualifier on a class, method, parameter or field. */
    static Optional<Annotation> qualifier(AnnotatedElement element) {
        return qualifiers(element).stream().findFirst();
    }

    /** All qualifiers on an element; there should be at most one. */
    static List<Annotation> qualifiers(AnnotatedElement element) {
        return Stream.of(element.getAnnotations()).filter(Key::isQualifier).toList();
    }

    private static boolean isQualifier(Annotation annotation) {
        return annotation.annotationType().isAnnotationPresent(Qualifier.class);
    }

    /** Replaces primitives by their wrappers, and generic types by those of one class, which have equal hash codes. */
    private static Type normal(Type type) {
        return type instanceof Class<?> plain && plain.isPrimitive()
                ? MethodType.methodType(plain).wrap().returnType()
                : Types.resolve(type, Map.of());
    }

    /** This key's qualifier with another type. */
    Key withType(Type other) {
        return new Key(normal(other), qualifier);
    }

    /** The class without its generic arguments. */
    Class<?> rawType() {
        return Types.raw(type);
    }

    /** The key as a message has it: {@code @Named("x") List<Product>}. */
    @Override
    public String toString() {
        return qualifier.map(annotation -> describe(annotation) + " ").orElse("") + TypeNames.of(type);
    }

    /** An annotation as source code has it, without its package. */
    static String describe(Annotation annotation) {
        String text = annotation.toString();
        int end = text.indexOf('(');
        String values = end < 0 ? "" : text.substring(end);
        return "@" + annotation.annotationType().getSimpleName() + (values.equals("()") ? "" : values);
    }
}
