package dev.bistro.inject;

import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;

/**
 * How an object stands among others that could be injected in its place.
 *
 * @param isPrimary whether it has {@link Primary}
 * @param priority the number of its {@link Priority}; the smaller comes first in a list
 * @param library the library that brings it; empty for the application's own
 */
record Standing(boolean isPrimary, int priority, Optional<String> library) {
    static final Standing USUAL = new Standing(false, Priority.USUAL, Optional.empty());

    /** What is written on a class or {@code @Bean} method. */
    static Standing of(AnnotatedElement element, Optional<String> library) {
        return new Standing(element.isAnnotationPresent(Primary.class), priority(element), library);
    }

    static int priority(AnnotatedElement element) {
        Priority priority = element.getAnnotation(Priority.class);
        return priority == null ? Priority.USUAL : priority.value();
    }
}
