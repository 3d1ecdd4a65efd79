package dev.bistro.types;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A method as objects of a concrete class have it: {@code String add(T item)} of {@code Crud<T>} takes an {@code Order}
 * in {@code Orders extends Crud<Order>}.
 *
 * @param hierarchy the hierarchy of the concrete class
 * @param method a method of that class, or of one above it
 */
public record ResolvedMethod(Hierarchy hierarchy, Method method) {
    /** A parameter with its type in the concrete class. */
    public record Taken(Parameter parameter, Type type) {
        /** The erasure of the type. */
        public Class<?> raw() {
            return Types.raw(type);
        }
    }

    /** A method of a class, or of one above it. */
    public static ResolvedMethod of(Class<?> type, Method method) {
        return new ResolvedMethod(Hierarchy.of(type), method);
    }

    /** A method as its declaring class has it. */
    public static ResolvedMethod of(Method method) {
        return of(method.getDeclaringClass(), method);
    }

    /**
     * All methods of a class, with those of superclasses and interfaces, in an order that is the same at each start.
     */
    public static List<ResolvedMethod> allOf(Class<?> type) {
        Hierarchy hierarchy = Hierarchy.of(type);
        return hierarchy.methods().stream()
                .sorted(Hierarchy.BY_NAME)
                .map(method -> new ResolvedMethod(hierarchy, method))
                .toList();
    }

    /** The parameters, in order. */
    public List<Taken> parameters() {
        return Stream.of(method.getParameters())
                .map(parameter -> new Taken(parameter, hierarchy.resolve(parameter.getParameterizedType())))
                .toList();
    }

    /** The return type in the concrete class. */
    public Type returnType() {
        return hierarchy.resolve(method.getGenericReturnType());
    }

    /**
     * An annotation of the method, or otherwise of the concrete class, or of the nearest class or interface above it
     * that has it.
     */
    public <A extends Annotation> Optional<A> annotation(Class<A> annotation) {
        return Optional.ofNullable(bearer(annotation).getAnnotation(annotation));
    }

    /** The element that has that annotation; the method if none has. */
    public AnnotatedElement bearer(Class<? extends Annotation> annotation) {
        return Stream.<AnnotatedElement>concat(Stream.of(method), hierarchy.all().stream())
                .filter(element -> element.isAnnotationPresent(annotation))
                .findFirst()
                .orElse(method);
    }
}
