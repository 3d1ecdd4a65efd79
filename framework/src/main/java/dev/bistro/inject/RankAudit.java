package dev.bistro.inject;

import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.List;

/** Finds {@code @Primary} and {@code @Priority} where they have no effect, and those of other packages. */
record RankAudit(Problems problems) {
    /** The annotations that rank an object among others. */
    static final List<Class<? extends Annotation>> RANKS = List.of(Primary.class, Priority.class);

    void inspectClass(Class<?> type, Place place) {
        if (Modifier.isAbstract(type.getModifiers())) {
            String on = type.isInterface() ? "an interface" : "an abstract class";
            String below = type.isInterface() ? "implement" : "extend";
            refuse(type, on + ", of which no object is made", "Put it on the classes that " + below + " it.", place);
        }
        if (!type.isAnnotationPresent(Filter.class)) { // looked at with the filters
            refuseForeign(type, place);
        }
    }

    /** Reports those of ours on something that they say nothing about. */
    void refuse(AnnotatedElement element, String on, String cure, Place place) {
        RANKS.stream()
                .filter(element::isAnnotationPresent)
                .forEach(rank ->
                        problems.add(Problem.of("misplaced-rank", "@" + rank.getSimpleName() + " stands on " + on + ".")
                                .at(place)
                                .cure(cure)));
    }

    /** Reports annotations of other libraries that are called the same: they rank nothing here. */
    void refuseForeign(AnnotatedElement element, Place place) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<? extends Annotation> other = annotation.annotationType();
            RANKS.stream()
                    .filter(rank -> rank != other && rank.getSimpleName().equals(other.getSimpleName()))
                    .forEach(rank -> problems.add(
                            Problem.of("foreign-priority", other.getName() + " ranks nothing that is injected.")
                                    .at(place)
                                    .cure("Import " + rank.getName() + " instead.")));
        }
    }
}
