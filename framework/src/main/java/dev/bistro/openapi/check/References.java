package dev.bistro.openapi.check;

import java.util.Map;

/**
 * What {@code $ref} leads to within a document.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html#reference-object">Reference Object</a>
 */
record References(Map<String, Object> document) {
    private static final int MOST_HOPS = 50;

    /** What a tree is once its reference has been followed; itself without one, null if it leads nowhere. */
    Object resolve(Object tree) {
        Object at = tree;
        for (int hops = 0; at instanceof Map<?, ?> map && map.get("$ref") instanceof String reference; hops++) {
            if (hops == MOST_HOPS || !reference.startsWith("#/")) {
                return null;
            }
            at = document;
            for (String step : reference.substring(2).split("/")) {
                at = Json.map(at).get(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return at;
    }

    /** The same where it has to be a map; an empty one if it is none. */
    Map<String, Object> map(Object tree) {
        return Json.map(resolve(tree));
    }

    /** The name of the component that a tree refers to; empty if it refers to none. */
    static String name(Object tree) {
        return Json.map(tree).get("$ref") instanceof String reference
                ? reference.substring(reference.lastIndexOf('/') + 1)
                : "";
    }
}
