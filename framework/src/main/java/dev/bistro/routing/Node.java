package dev.bistro.routing;

import dev.bistro.http.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of the segment tree: what may follow after some segments. The most specific edge is tried first; if it leads
 * to no route, the next one is tried. Each segment of a template takes exactly one segment of the path, so there is one
 * way to each node, and a lookup sees no node twice: whatever the path, its work is bounded by the number of templates.
 */
final class Node<T> {
    private final Leaf<T> leaf;
    private final LiteralTable<T> literals;
    private final List<Edge<T>> variables;
    private final Leaf<T> rest;

    /** A segment of one shape, and what may follow it. */
    record Edge<T>(Segment segment, Node<T> node) {}

    /**
     * The node after some segments.
     *
     * @param routes those whose first segments have the same shapes
     * @param depth how many segments these are
     */
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
            // "/" for a template that ends: the only slashes in shapes are those of regexes, in braces
            String shape = depth < segments.size() ? segments.get(depth).shape() : "/";
            groups.computeIfAbsent(shape, key -> new ArrayList<>()).add(route);
        }
        return groups;
    }

    private static <T> List<Segment> segments(List<RouteEntry<T>> group) {
        return group.get(0).template().segments();
    }

    /** The most specific route for the path from an index on, where a segment begins; null if there is none. */
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

    /** Adds all routes that match the path from an index on, the most specific first. */
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
