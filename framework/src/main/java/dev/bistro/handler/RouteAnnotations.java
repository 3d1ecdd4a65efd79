package dev.bistro.handler;

import dev.bistro.types.Hierarchy;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The annotations of a route that a filter may be bound to. Java lets a method inherit none and a class only some, but
 * an annotation that guards an interface or a superclass is meant for everything below.
 */
public final class RouteAnnotations {
    private RouteAnnotations() {}

    /** Whether an annotation is on a class, or on one above it. */
    public static Predicate<Class<? extends Annotation>> of(Class<?> type) {
        return among(Hierarchy.of(type).all());
    }

    /** Whether an annotation is on a controller's method or one that it overrides, or on its class or one above. */
    public static Predicate<Class<? extends Annotation>> of(ResolvedMethod method) {
        var elements = new ArrayList<AnnotatedElement>(List.of(method.method()));
        elements.addAll(method.hierarchy().overridden(method.method()));
        elements.addAll(method.hierarchy().all());
        return among(elements);
    }

    private static Predicate<Class<? extends Annotation>> among(List<? extends AnnotatedElement> elements) {
        return annotation -> elements.stream().anyMatch(element -> element.isAnnotationPresent(annotation));
    }
}
