package dev.bistro.openapi.check;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a document says to people, which no client depends on. */
final class DocumentWording {
    static final Set<String> KEYWORDS = Set.of(
            "title",
            "summary",
            "description",
            "externalDocs",
            "example",
            "examples",
            "deprecated",
            "tags",
            "operationId",
            "readOnly",
            "writeOnly",
            "xml",
            "$comment");

    private DocumentWording() {}

    /** What has become of what a key says. */
    static String changed(String key, Map<String, Object> before, Map<String, Object> after) {
        if (key.equals("deprecated")) {
            return Boolean.TRUE.equals(after.get(key)) ? "is deprecated now" : "is no longer deprecated";
        }
        if (!before.containsKey(key)) {
            return "has the " + key + " " + Json.shown(after.get(key)) + " now";
        }
        if (!after.containsKey(key)) {
            return "has no " + key + " any more, which was " + Json.shown(before.get(key));
        }
        return "its " + key + " was " + Json.shown(before.get(key)) + ", and is " + Json.shown(after.get(key));
    }

    /** Tells of all words that have changed. */
    static void compare(Map<String, Object> before, Map<String, Object> after, String where, Changes changes) {
        for (String key : new TreeSet<>(union(before, after))) {
            boolean isWords = KEYWORDS.contains(key) || key.startsWith("x-");
            if (isWords && !Json.isSame(before.get(key), after.get(key))) {
                changes.harmless(where, changed(key, before, after));
            }
        }
    }

    private static Set<String> union(Map<String, Object> one, Map<String, Object> other) {
        var all = new HashSet<>(one.keySet());
        all.addAll(other.keySet());
        return all;
    }
}
