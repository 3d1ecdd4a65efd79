package dev.bistro.routing;

import dev.bistro.http.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of the segment tree: what may follow after some segments. The more specific is tried first; what leads to no route is left again,
 * and the next one tried. A template's segment takes exactly one segment of the path, so that there is one way to each node, and no lookup
 * sees a node twice: however a path looks, the work is bounded by the number of templates.
 */
final class Node<T> {
    private final Leaf<T> leaf;
    private final LiteralTable<T> literals;
    private final List<Edge<T>> variables;
    private final Leaf<T> rest;

    /** One kind of segment, and what may follow it. */
    record Edge<T>(Segment segment, Node<T> node) {}

    /** The node after the first segments, which are of the same shape in all of these routes. */
    Node(List<RouteEntry<T>> routes, int depth) {
        var edges = new ArrayList<Edge<T>>();
        var ends = new ArrayList<RouteEntry<T>>();
        var rests = new ArrayList<RouteEntry<T>>();
        for (List<RouteEntry<T>> group : byShape(routes, depth).values()) {
            Segment segment = depth < segments(group).size() ? segments(group).get(depth) : null;
            if (segment == null) {
                ends.addAll(group);
            } else if (segment instanceof RestSegment) {
                rests.addAll(group);
            } else {
                edges.add(new Edge<>(segment, new Node<>(group, depth + 1)));
            }
        }
        edges.sort(Comparator.comparing((Edge<T> edge) -> edge.segment().specificity())
                .thenComparing(edge -> edge.segment().shape()));
        leaf = new Leaf<>(ends);
        rest = new Leaf<>(rests);
        literals = new LiteralTable<>(edges.stream()
                .filter(edge -> edge.segment() instanceof LiteralSegment)
                .toList());
        variables = edges.stream()
                .filter(edge -> edge.segment() instanceof VariableSegment)
                .toList();
    }

    private static <T> Map<String, List<RouteEntry<T>>> byShape(List<RouteEntry<T>> routes, int depth) {
        var groups = new LinkedHashMap<String, List<RouteEntry<T>>>();
        for (RouteEntry<T> route : routes) {
            List<Segment> segments = route.template().segments();
            // No segment has a slash in its shape unless it is a regex in braces.
            String shape = depth < segments.size() ? segments.get(depth).shape() : "/";
            groups.computeIfAbsent(shape, key -> new ArrayList<>()).add(route);
        }
        return groups;
    }

    private static <T> List<Segment> segments(List<RouteEntry<T>> group) {
        return group.get(0).template().segments();
    }

    /** The most specific route for what the path has from an index on, where a segment begins; null if there is none. */
    RouteEntry<T> find(Method method, String path, int start) {
        if (start > path.length()) {
            return leaf.find(method);
        }
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        Node<T> literal = literals.get(path, start, end);
        RouteEntry<T> route = literal == null ? null : literal.find(method, path, end + 1);
        for (int i = 0; route == null && i < variables.size(); i++) {
            Edge<T> edge = variables.get(i);
            if (edge.segment().matches(path, start, end)) {
                route = edge.node().find(method, path, end + 1);
            }
        }
        return route == null ? rest.find(method) : route;
    }

    /** Adds all routes that match what the path has from an index on. */
    void addRoutes(String path, int start, List<RouteEntry<T>> routes) {
        if (start > path.length()) {
            leaf.addRoutes(routes);
            return;
        }
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        Node<T> literal = literals.get(path, start, end);
        if (literal != null) {
            literal.addRoutes(path, end + 1, routes);
        }
        for (Edge<T> edge : variables) {
            if (edge.segment().matches(path, start, end)) {
                edge.node().addRoutes(path, end + 1, routes);
            }
        }
        rest.addRoutes(routes);
    }
}
