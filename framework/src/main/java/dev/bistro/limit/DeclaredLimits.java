package dev.bistro.limit;

import dev.bistro.annotation.RateLimit;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/** The annotations of a route that limit it, told apart by whether they are on the method or on the class. */
record DeclaredLimits(DeclaredRoute route, Class<?> controller, RouteAnnotations ofClass) {
    DeclaredLimits(DeclaredRoute route) {
        this(
                route,
                route.controller().orElseThrow(),
                RouteAnnotations.of(route.controller().orElseThrow()));
    }

    <A extends Annotation> Optional<A> nearest(Class<A> type) {
        return route.annotation(type);
    }

    /** Whether one of a type is on the method or on one that it overrides. */
    boolean isOnMethod(Class<? extends Annotation> type) {
        return route.annotations(type).size() > ofClass.all(type).size();
    }

    List<RateLimit> ratesOfMethod() {
        List<RateLimit> all = route.annotations(RateLimit.class);
        return all.subList(0, all.size() - ratesOfClass().size());
    }

    /** Those on a method and on the methods that it overrides, without those of its class. */
    static List<RateLimit> ratesOfMethod(ResolvedMethod method) {
        List<RateLimit> all = RouteAnnotations.of(method).all(RateLimit.class);
        Class<?> type = method.hierarchy().type();
        return all.subList(
                0, all.size() - RouteAnnotations.of(type).all(RateLimit.class).size());
    }

    List<RateLimit> ratesOfClass() {
        return ofClass.all(RateLimit.class);
    }
}
