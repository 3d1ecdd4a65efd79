package dev.bistro.description;

import java.util.List;
import java.util.Optional;

/**
 * A filter, or what Bistro itself puts among filters.
 *
 * @param name of its class, or of the annotation that brings it: {@code AccessLog}, {@code @RateLimit}
 * @param type its class; empty for what Bistro brings
 * @param paths those that it is for, if it depends on a request's path; otherwise it is for all of the route's requests
 */
public record DescribedFilter(String name, Optional<Class<?>> type, List<String> paths) {
    /** Copies the list. */
    public DescribedFilter {
        paths = List.copyOf(paths);
    }

    /** For people: {@code AccessLog}, or {@code AdminsOnly (/admin/{path*})}. */
    @Override
    public String toString() {
        return paths.isEmpty() ? name : name + " (" + String.join(", ", paths) + ")";
    }
}
