package dev.bistro.limit;

import dev.bistro.annotation.RateLimit;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.RouteAnnotations;
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

    List<RateLimit> ratesOfClass() {
        return ofClass.all(RateLimit.class);
    }
}
