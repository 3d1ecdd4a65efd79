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
 * From a method and a path to a target.
 *
 * <p>Where several templates match a path, the most specific one that has the method wins, compared segment by segment from the left:
 * literals, then typed variables, then regexes, then variables with literals beside them (more literal characters first), then plain variables, then
 * the rest. The order of declaration never matters. A HEAD request goes to the GET of a template that has no HEAD of its own.
 *
 * <pre>{@code
 * var table = RouteTable.<String>builder(problems)
 *         .add(Method.GET, "/items/{id}", "find", place)
 *         .build();
 * table.find(Method.GET, "/items/42");     // the RouteEntry, whose target is "find"
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

    /** A table to be filled; what is wrong with its templates and routes goes to the problems. */
    public static <T> Builder<T> builder(Problems problems) {
        return new Builder<>(problems);
    }

    /**
     * The route for a request. Allocates nothing where there is one and the path is plain, unless a regex or the
     * decoding of a constrained variable has to.
     *
     * <p>A path that others may read in another way (an encoded slash, an empty segment, a dot segment: {@link
     * PathReading}) has no route where that makes a difference: where a route or a guard would match what they read,
     * but doesn't match the path.
     *
     * @param path the encoded path; one that doesn't begin with a slash, such as {@code *}, is not found
     * @throws dev.bistro.http.BadRequestException if the path can't be percent-decoded to UTF-8, whether there is a route or not
     */
    public Match<T> find(Method method, String path) {
        if (!path.startsWith("/")) {
            return notFound;
        }
        if (!PathReading.isPlain(path) && !hasOneMeaning(path)) {
            return notFound;
        }
        RouteEntry<T> route = root.find(method, path, 1);
        return route == null ? missed(path) : route;
    }

    private boolean hasOneMeaning(String path) {
        String other = PathReading.other(path);
        return other == null || matchesNoMore(other, path) && matchesNoMore(PathReading.withoutSlashAtEnd(other), path);
    }

    /** Whether there is nothing that matches the other path and doesn't match the path. */
    private boolean matchesNoMore(String other, String path) {
        return guards.havePassed(path, other)
                && matching(other).stream().allMatch(route -> route.template().matches(path));
    }

    private Match<T> missed(String path) {
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

    /** All routes whose templates match a path, whatever their methods, the most specific first: for messages. */
    public List<RouteEntry<T>> matching(String path) {
        var matching = new ArrayList<RouteEntry<T>>();
        if (path.startsWith("/")) {
            root.addRoutes(path, 1, matching);
        }
        return matching;
    }

    /** All routes, ordered by their templates' text, then by the methods' names. */
    public List<RouteEntry<T>> routes() {
        return routes;
    }

    /** Collects the routes of a table. Used once, by one thread. */
    public static final class Builder<T> {
        private final Problems problems;
        private final List<RouteEntry<T>> routes = new ArrayList<>();
        private PathGuards guards = PathGuards.NONE;

        private Builder(Problems problems) {
            this.problems = problems;
        }

        /** Adds a route; with a template that isn't valid, a problem. */
        public Builder<T> add(Method method, String template, T target, Place place) {
            PathTemplate.parse(template, place, problems).ifPresent(parsed -> add(method, parsed, target, place));
            return this;
        }

        /** Adds a route. */
        public Builder<T> add(Method method, PathTemplate template, T target, Place place) {
            routes.add(new RouteEntry<>(method, template, target, place));
            return this;
        }

        /** Says what stands before the routes. */
        public Builder<T> guardedBy(PathGuards all) {
            guards = all;
            return this;
        }

        /** The table; routes that are duplicates, ambiguous or unreachable are problems now. */
        public RouteTable<T> build() {
            new RouteAudit<>(routes, problems).check();
            return new RouteTable<>(routes, guards);
        }
    }
}
