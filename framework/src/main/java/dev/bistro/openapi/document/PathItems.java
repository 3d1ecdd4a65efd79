package dev.bistro.openapi.document;

import dev.bistro.description.DescribedAccess;
import dev.bistro.description.DescribedPath;
import dev.bistro.description.DescribedRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operations by path and method. Paths that differ in the names of their variables alone are one path in OpenAPI,
 * and handlers that are chosen by media types are one operation. Left out are files, and what nobody may call.
 */
final class PathItems {
    private static final Set<String> METHODS =
            Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE");
    private static final String ADDITIONAL = "additionalOperations";

    private final OpenApiVersion version;
    private final Map<String, DescribedPath> shown = new HashMap<>();
    private final Map<String, Object> paths = new LinkedHashMap<>();

    PathItems(OpenApiVersion version) {
        this.version = version;
    }

    /** Whether a route is described. */
    static boolean isShown(DescribedRoute route) {
        return route.kind() != DescribedRoute.Kind.FILES && route.access().who() != DescribedAccess.Who.NOBODY;
    }

    void add(DescribedRoute route, Operations operations) {
        DescribedPath path =
                shown.computeIfAbsent(route.path().plain().replaceAll("\\{[^}]*}", "{}"), none -> route.path());
        Map<String, Object> item = Tree.at(paths, path.plain());
        String method = route.method().name();
        Map<String, Object> group = item;
        String key = method.toLowerCase(Locale.ROOT);
        if (version.hasQueryAndItems() && !METHODS.contains(method) && !method.equals("QUERY")) {
            group = Tree.at(item, ADDITIONAL);
            key = method;
        } else if (!version.hasQueryAndItems() && !METHODS.contains(method)) {
            group = Tree.at(item, "x-" + ADDITIONAL);
            key = method;
        }
        Map<String, Object> operation = operations.of(route, path);
        group.merge(key, operation, PathItems::merged);
    }

    Map<String, Object> all() {
        return paths;
    }

    /** One operation of two, either of which may answer. */
    @SuppressWarnings("unchecked") // operations are maps
    private static Object merged(Object one, Object other) {
        var merged = new LinkedHashMap<>((Map<String, Object>) one);
        var more = (Map<String, Object>) other;
        merged.put("parameters", parameters((Map<String, Object>) one, more));
        if (((List<?>) merged.get("parameters")).isEmpty()) {
            merged.remove("parameters");
        }
        if (more.get("requestBody") instanceof Map<?, ?> body) {
            merged.merge("requestBody", body, PathItems::union);
        }
        merged.put("responses", new TreeMap<>((Map<String, Object>)
                union(merged.get("responses"), more.get("responses"))));
        return merged;
    }

    /** All parameters; required are those that both require. */
    @SuppressWarnings("unchecked") // parameters are lists of maps
    private static List<Object> parameters(Map<String, Object> one, Map<String, Object> other) {
        var all = new ArrayList<Object>();
        List<Map<String, Object>> first = (List<Map<String, Object>>) one.getOrDefault("parameters", List.of());
        List<Map<String, Object>> second = (List<Map<String, Object>>) other.getOrDefault("parameters", List.of());
        first.forEach(parameter -> all.add(isSame(second, parameter, true) ? parameter : optional(parameter)));
        second.stream()
                .filter(parameter -> !isSame(first, parameter, false))
                .forEach(parameter -> all.add(optional(parameter)));
        return all;
    }

    private static boolean isSame(List<Map<String, Object>> all, Map<String, Object> parameter, boolean required) {
        return all.stream()
                .anyMatch(one -> one.get("name").equals(parameter.get("name"))
                        && one.get("in").equals(parameter.get("in"))
                        && (!required || Objects.equals(one.get("required"), parameter.get("required"))));
    }

    private static Map<String, Object> optional(Map<String, Object> parameter) {
        var optional = new LinkedHashMap<>(parameter);
        if (!"path".equals(parameter.get("in"))) {
            optional.remove("required");
        }
        return optional;
    }

    /** Both trees; where both have a value, that of the first. */
    @SuppressWarnings("unchecked") // trees are maps
    private static Object union(Object one, Object other) {
        if (!(one instanceof Map) || !(other instanceof Map)) {
            return one;
        }
        var union = new LinkedHashMap<>((Map<String, Object>) one);
        ((Map<String, Object>) other).forEach((key, value) -> union.merge(key, value, PathItems::unionOfContent));
        return union;
    }

    /** Schemas are alternatives and not mixed. */
    private static Object unionOfContent(Object one, Object other) {
        boolean isMedia = one instanceof Map<?, ?> media && (media.containsKey("schema") || media.containsKey("type"));
        if (!isMedia || one.equals(other)) {
            return union(one, other);
        }
        Object first = ((Map<?, ?>) one).get("schema");
        Object second = other instanceof Map<?, ?> media ? media.get("schema") : null;
        return first == null || second == null || first.equals(second)
                ? one
                : Tree.of("schema", Tree.of("anyOf", List.of(first, second)));
    }
}
