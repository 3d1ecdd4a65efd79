package dev.bistro.body.json;

import dev.bistro.types.TypeNames;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a class says to Jackson: its annotations, on the class, its members or what it extends and implements,
 * also by way of annotations that stand for several. The annotation processor has looked already, but a class may have
 * been compiled again without it.
 */
final class ForeignAnnotations {
    private ForeignAnnotations() {}

    /** Whether an annotation or a type of this name is one that Jackson knows. */
    private static boolean isForeign(String name) {
        return name.startsWith("com.fasterxml.jackson.")
                || name.startsWith("tools.jackson.")
                || name.startsWith("java.beans.");
    }

    /** The first of them, for people: {@code Product has @JsonNaming}. */
    static Optional<String> of(Class<?> type) {
        boolean isDiscriminated = type.isRecord() ? !Discriminators.of(type).isEmpty() : type.isSealed();
        return above(type)
                .flatMap(one -> isForeign(one.getName())
                        ? Stream.of("is a " + one.getSimpleName())
                        : members(one)
                                .flatMap(ForeignAnnotations::annotations)
                                .filter(ForeignAnnotations::isForeign)
                                .filter(annotation ->
                                        !isDiscriminated || !Discriminators.ANNOTATIONS.contains(annotation.getName()))
                                .map(annotation -> "has @" + annotation.getSimpleName()))
                .findFirst()
                .map(what -> TypeNames.of(type) + " " + what);
    }

    /** A class with all that it extends and implements, without what the JDK has. */
    private static Stream<Class<?>> above(Class<?> type) {
        if (type == null || type.getClassLoader() == null) {
            return Stream.empty();
        }
        Stream<Class<?>> interfaces = Arrays.stream(type.getInterfaces()).flatMap(ForeignAnnotations::above);
        return Stream.concat(Stream.concat(Stream.of(type), above(type.getSuperclass())), interfaces);
    }

    private static Stream<AnnotatedElement> members(Class<?> type) {
        Stream<Executable> executables =
                Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        return Stream.concat(
                Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredFields())),
                executables.flatMap(one -> Stream.concat(Stream.of(one), Arrays.stream(one.getParameters()))));
    }

    private static Stream<Class<? extends Annotation>> annotations(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations()).map(Annotation::annotationType);
    }

    private static boolean isForeign(Class<? extends Annotation> annotation) {
        return isForeign(annotation.getName()) || annotations(annotation).anyMatch(one -> isForeign(one.getName()));
    }
}
