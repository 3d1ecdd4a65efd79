package dev.bistro.routing;

import dev.bistro.http.Method;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the target for a method and a path.
 *
 * <p>If several templates match a path, the most specific one that has the method wins, compared segment by segment
 * from the left: literals, then typed variables, then regexes, then variables with literals beside them (more literal
 * characters first, then more variables with a type or regex), then plain variables, then the rest. The order of
 * declaration never matters. A HEAD request goes to the GET of a template that has no HEAD of its own.
 *
 * <pre>{@code
 * var table = RouteTable.<String>builder(problems)
 *         .add(Method.GET, "/items/{id}", "find", place)
 *         .build();
 * table.find(Method.GET, "/items/42");     // a RouteEntry, whose target is "find"
 * table.find(Method.POST, "/items/42");    // MethodNotAllowed with GET, HEAD, OPTIONS
 * table.find(Method.GET, "/items");        // NotFound
 * }</pre>
 *
 * @param <T> what routes lead to; the table doesn't look at it
 */
public final class RouteTable<T> {
    private final List<RouteEntry<T>> routes;
    private final PathGuards guards;
    private final Node<T> root;
    private final Match<T> notFound = new Match.NotFound<>();

    private RouteTable(List<RouteEntry<T>> routes, PathGuards guards) {
        this.guards = guards;
        this.routes = routes.stream()
                .sorted(Comparator.comparing(
                                (RouteEntry<T> route) -> route.template().toString())
                        .thenComparing(route -> route.method().name()))
                .toList();
        this.root = new Node<>(this.routes, 0);
    }

    /** A builder of a table; what is wrong with templates and routes is added to the problems. */
    public static <T> Builder<T> builder(Problems problems) {
        return new Builder<>(problems);
    }

    /**
     * The route for a request. If there is one and the path is plain, nothing is allocated, unless a regex or the
     * decoding of a constrained variable needs it.
     *
     * <p>A path with an alternative reading (an encoded slash, an empty segment, a dot segment: {@link PathReading}) is
     * not found if that makes a difference: if a route or a guard matches the alternative, but not the path.
     *
     * @param path the encoded path; one that doesn't begin with a slash, such as {@code *}, is not found
     * @throws dev.bistro.http.BadRequestException if the path can't be percent-decoded to UTF-8, whether there is a
     *     route or not
     */
    public Match<T> find(Method method, String path) {
        if (!path.startsWith("/")) {
            return notFound;
        }
        if (!PathReading.isPlain(path) && !hasOneMeaning(path)) {
            return notFound;
        }
        RouteEntry<T> route = root.find(method, path, 1);
        return route == null ? noRoute(path) : route;
    }

    private boolean hasOneMeaning(String path) {
        String alternative = PathReading.alternative(path);
        return alternative == null
                || matchesNoMore(alternative, path) && matchesNoMore(PathReading.withoutSlashAtEnd(alternative), path);
    }

    /** Whether all routes and guards that match the alternative also match the path. */
    private boolean matchesNoMore(String alternative, String path) {
        return guards.havePassed(path, alternative)
                && matching(alternative).stream()
                        .allMatch(route -> route.template().matches(path));
    }

    private Match<T> noRoute(String path) {
        var methods = new TreeSet<>(Comparator.comparing(Method::name));
        matching(path).forEach(route -> methods.add(route.method()));
        if (methods.isEmpty()) {
            return notFound;
        }
        if (methods.contains(Method.GET)) {
            methods.add(Method.HEAD);
        }
        methods.add(Method.OPTIONS);
        return new Match.MethodNotAllowed<>(Collections.unmodifiableSet(methods));
    }

    /** All routes whose templates match a path, whatever their methods, the most specific first. */
    public List<RouteEntry<T>> matching(String path) {
        var matching = new ArrayList<RouteEntry<T>>();
        if (path.startsWith("/")) {
            root.addRoutes(path, 1, matching);
        }
        return matching;
    }

    /** All routes, ordered by template, then by method. */
    public List<RouteEntry<T>> routes() {
        return routes;
    }

    /** Builds a table. Used once, by one thread. */
    public static final class Builder<T> {
        private final Problems problems;
        private final List<RouteEntry<T>> routes = new ArrayList<>();
        private PathGuards guards = PathGuards.NONE;

        private Builder(Problems problems) {
            this.problems = problems;
        }

        /** Adds a route; a template that isn't valid is a problem. */
        public Builder<T> add(Method method, String template, T target, Place place) {
            PathTemplate.parse(template, place, problems).ifPresent(parsed -> add(method, parsed, target, place));
            return this;
        }

        /** Adds a route. */
        public Builder<T> add(Method method, PathTemplate template, T target, Place place) {
            routes.add(new RouteEntry<>(method, template, target, place));
            return this;
        }

        /** Sets the guards of the routes. */
        public Builder<T> guardedBy(PathGuards all) {
            guards = all;
            return this;
        }

        /** The table; duplicate, ambiguous or unreachable routes are problems. */
        public RouteTable<T> build() {
            new RouteAudit<>(routes, problems).check();
            return new RouteTable<>(routes, guards);
        }
    }
}
