package dev.bistro.filter;

import dev.bistro.http.BadRequestException;
import dev.bistro.routing.PathTemplate;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which requests a filter is for.
 *
 * @param paths one of them has to match; empty for all paths
 * @param annotations one of them has to be on the route; empty for all routes, and for requests without one
 * @param written the paths as the user has written them
 */
record FilterBinding(
        List<PathTemplate> paths, List<Class<? extends Annotation>> annotations, List<PathTemplate> written) {
    /** Which requests of a route a filter is for. */
    enum Reach {
        NONE,
        /** Those whose path matches, which each request has to be checked for. */
        SOME,
        ALL
    }

    /** Of what a user has written. A filter for everything below a path is also for that path itself. */
    static FilterBinding of(List<PathTemplate> written, List<Class<? extends Annotation>> annotations) {
        var paths = new ArrayList<>(written);
        written.forEach(template -> template.aboveRest().ifPresent(paths::add));
        return new FilterBinding(List.copyOf(paths), annotations, written);
    }

    /**
     * Compares it with a route.
     *
     * @param template of the route's paths; empty for requests without a route
     * @param carries whether an annotation is on the route
     */
    Reach reach(Optional<PathTemplate> template, Predicate<Class<? extends Annotation>> carries) {
        if (!annotations.isEmpty() && annotations.stream().noneMatch(carries)) {
            return Reach.NONE;
        }
        if (paths.isEmpty()) {
            return Reach.ALL;
        }
        return template.map(this::reach).orElse(Reach.SOME);
    }

    private Reach reach(PathTemplate template) {
        if (paths.stream().anyMatch(path -> path.covers(template))) {
            return Reach.ALL;
        }
        return paths.stream().anyMatch(path -> path.overlaps(template)) ? Reach.SOME : Reach.NONE;
    }

    /** Whether a request's path matches; a path that can't be decoded doesn't. */
    boolean matches(String path) {
        try {
            for (PathTemplate template : paths) {
                if (template.matches(path)) {
                    return true;
                }
            }
            return false;
        } catch (BadRequestException notAPath) {
            return false;
        }
    }
}
