package dev.bistro.inject;

import dev.bistro.annotation.RequestScoped;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How long an object is used, and by whom. */
enum Lifetime {
    /** Each place that asks gets an object of its own. */
    EACH_TIME,
    /** One object for all that the container makes. */
    SINGLETON,
    /** One object for each request. */
    REQUEST;

    private static final Map<Class<? extends Annotation>, Lifetime> OF_SCOPES =
            Map.of(Singleton.class, SINGLETON, RequestScoped.class, REQUEST);

    /** What the scope on a class or {@code @Bean} method says. */
    static Lifetime of(AnnotatedElement element) {
        return scopes(element).stream()
                .map(scope -> OF_SCOPES.getOrDefault(scope.annotationType(), EACH_TIME))
                .findFirst()
                .orElse(EACH_TIME);
    }

    /** All scopes on an element, of which there should be one at most. */
    static List<Annotation> scopes(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().isAnnotationPresent(Scope.class))
                .toList();
    }

    static boolean isKnown(Annotation scope) {
        return OF_SCOPES.containsKey(scope.annotationType());
    }
}
