package dev.bistro.openapi.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has changed from one document to another, and what of it breaks clients: those that send what was allowed, or
 * read what was said.
 *
 * <pre>{@code
 * DocumentChanges.between(before, after).text();
 * // These break clients:
 * //   - GET /items, query parameter limit: is required now
 * // These don't:
 * //   - schema Item/price in answers: is new
 * }</pre>
 */
public final class DocumentChanges {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
    private static final List<String> FURTHER = List.of("additionalOperations", "x-additionalOperations");

    private final Map<String, Object> before;
    private final Map<String, Object> after;
    private final Changes changes = new Changes();

    private DocumentChanges(Map<String, Object> before, Map<String, Object> after) {
        this.before = before;
        this.after = after;
    }

    /** The changes from one document to another. */
    public static DocumentChanges between(Map<String, Object> before, Map<String, Object> after) {
        var between = new DocumentChanges(Json.plain(before), Json.plain(after));
        between.compare();
        return between;
    }

    /** All of them. */
    public List<Change> all() {
        return changes.all();
    }

    /** The changes in words, those that break clients first; empty if there are none. */
    public String text() {
        String breaking = list("These break clients:", true);
        String others = list(breaking.isEmpty() ? "No client is broken by these:" : "These don't:", false);
        return breaking + others;
    }

    private String list(String title, boolean breaking) {
        String lines = all().stream()
                .filter(change -> change.breaks() == breaking)
                .map(change -> "  - " + change + "\n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : title + "\n" + lines;
    }

    private void compare() {
        words(before, after, "the document");
        words(Json.map(before, "info"), Json.map(after, "info"), "info");
        if (!Json.isSame(before.get("openapi"), after.get("openapi"))) {
            changes.harmless("the document", DocumentWording.changed("openapi", before, after));
        }
        if (!Json.isSame(
                Json.map(before, "info").get("version"), Json.map(after, "info").get("version"))) {
            changes.harmless(
                    "info", DocumentWording.changed("version", Json.map(before, "info"), Json.map(after, "info")));
        }
        servers();
        paths();
        securitySchemes();
        if (changes.isEmpty() && !Json.isSame(before, after)) {
            changes.harmless(
                    "the document",
                    "has other names, or differs in what nothing uses, first at " + place(before, after, ""));
        }
    }

    private void words(Map<String, Object> one, Map<String, Object> other, String where) {
        DocumentWording.compare(one, other, where, changes);
    }

    /** The first place where two trees differ, as a JSON pointer. */
    private static String place(Object one, Object other, String at) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
            var names = new TreeSet<String>(Json.map(map).keySet());
            names.addAll(Json.map(others).keySet());
            for (String name : names) {
                if (!Json.isSame(map.get(name), others.get(name))) {
                    return place(map.get(name), others.get(name), at + Json.step(name));
                }
            }
        }
        return at;
    }

    private void servers() {
        Set<Object> was = urls(before);
        Set<Object> is = urls(after);
        was.stream().filter(url -> !is.contains(url)).forEach(url -> changes.breaking("servers", url + " is gone"));
        is.stream().filter(url -> !was.contains(url)).forEach(url -> changes.harmless("servers", url + " is new"));
    }

    private static Set<Object> urls(Map<String, Object> document) {
        return Json.list(document, "servers").stream()
                .map(server -> Json.map(server).get("url"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void securitySchemes() {
        Map<String, Object> was = Json.map(Json.map(before, "components"), "securitySchemes");
        Map<String, Object> is = Json.map(Json.map(after, "components"), "securitySchemes");
        was.forEach((name, scheme) -> {
            if (is.containsKey(name) && !Json.isSame(scheme, is.get(name))) {
                changes.breaking("login " + name, "was " + Json.shown(scheme) + ", and is " + Json.shown(is.get(name)));
            }
        });
    }

    // ---- paths and methods

    private record Operation(String path, Map<String, Object> tree) {}

    private void paths() {
        Map<String, Operation> was = operations(before);
        Map<String, Operation> is = operations(after);
        var operations = new OperationChanges(new References(before), new References(after), changes);
        was.forEach((key, operation) -> {
            Operation now = is.get(key);
            String where = key.split(" ", 2)[0] + " ";
            if (now == null) {
                changes.breaking(where + operation.path, "is gone");
            } else {
                operations.compare(operation.tree, now.tree, where + now.path);
            }
        });
        is.forEach((key, operation) -> {
            if (!was.containsKey(key)) {
                changes.harmless(key.split(" ", 2)[0] + " " + operation.path, "is new");
            }
        });
    }

    /** All operations by method and path, whatever its variables are called; each with the parameters of its path. */
    private static Map<String, Operation> operations(Map<String, Object> document) {
        var all = new LinkedHashMap<String, Operation>();
        var references = new References(document);
        Json.map(document, "paths").forEach((path, value) -> {
            Map<String, Object> item = references.map(value);
            item.forEach((key, operation) -> {
                if (METHODS.contains(key)) {
                    add(document, item, path, key.toUpperCase(Locale.ROOT), operation, all);
                }
            });
            FURTHER.forEach(group -> Json.map(item, group)
                    .forEach((method, operation) -> add(document, item, path, method, operation, all)));
        });
        return all;
    }

    private static void add(
            Map<String, Object> document,
            Map<String, Object> item,
            String path,
            String method,
            Object operation,
            Map<String, Operation> all) {
        var whole = new LinkedHashMap<>(Json.map(operation));
        var parameters = new LinkedHashSet<Object>(Json.list(item, "parameters"));
        parameters.addAll(Json.list(operation, "parameters"));
        whole.put("parameters", OperationChanges.numbered(path, List.copyOf(parameters), new References(document)));
        if (!whole.containsKey("security") && document.containsKey("security")) {
            whole.put("security", document.get("security"));
        }
        all.put(method + " " + path.replaceAll("\\{[^}]*}", "{}"), new Operation(path, whole));
    }
}
