package dev.bistro.inject;

import dev.bistro.annotation.RequestScoped;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How long an object is used, and by whom; the scope that an annotation names, or none. */
enum Lifetime {
    /** Each injection point gets an object of its own. */
    UNSCOPED,
    /** One object for the whole container. */
    SINGLETON,
    /** One object for each request. */
    REQUEST;

    private static final Map<Class<? extends Annotation>, Lifetime> OF_SCOPES =
            Map.of(Singleton.class, SINGLETON, RequestScoped.class, REQUEST);

    /** The lifetime that the scope on a class or {@code @Bean} method stands for. */
    static Lifetime of(AnnotatedElement element) {
        return scopes(element).stream()
                .map(scope -> OF_SCOPES.getOrDefault(scope.annotationType(), UNSCOPED))
                .findFirst()
                .orElse(UNSCOPED);
    }

    /** All scope annotations on an element; there should be at most one. */
    static List<Annotation> scopes(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().isAnnotationPresent(Scope.class))
                .toList();
    }

    static boolean isKnown(Annotation scope) {
        return OF_SCOPES.containsKey(scope.annotationType());
    }
}
