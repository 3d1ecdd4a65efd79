package dev.bistro.openapi.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What has changed in the constraints of single values: whether fewer or more values are allowed.
 *
 * @param tell told whether a change narrows, and what it is
 * @param tellOther told of a change that is neither
 */
record ConstraintChanges(Direct tell, Consumer<String> tellOther) {
    private static final Set<String> LEAST =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains");
    private static final Set<String> MOST =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains");
    private static final Set<String> EXACT = Set.of(
            "pattern",
            "format",
            "multipleOf",
            "uniqueItems",
            "contentEncoding",
            "contentMediaType",
            "patternProperties",
            "not");
    private static final Set<String> VALUES = Set.of("enum", "const");

    /** Is told of changes. */
    @FunctionalInterface
    interface Direct {
        void change(boolean narrows, String what);
    }

    static boolean knows(String keyword) {
        return LEAST.contains(keyword) || MOST.contains(keyword) || EXACT.contains(keyword) || VALUES.contains(keyword);
    }

    void compare(Map<String, Object> one, Map<String, Object> other) {
        values(valuesOf(one), valuesOf(other));
        var keywords = new TreeSet<>(one.keySet());
        keywords.addAll(other.keySet());
        for (String keyword : keywords) {
            if (knows(keyword) && !VALUES.contains(keyword)) {
                compare(keyword, one, other);
            }
        }
    }

    private void compare(String keyword, Map<String, Object> one, Map<String, Object> other) {
        Object was = one.get(keyword);
        Object is = other.get(keyword);
        if (Json.isSame(was, is)) {
            return;
        }
        String what = DocumentWording.changed(keyword, one, other);
        if (was == null || is == null) {
            tell.change(is != null, what);
        } else if (LEAST.contains(keyword)) {
            tell.change(Json.number(is).compareTo(Json.number(was)) > 0, what);
        } else if (MOST.contains(keyword)) {
            tell.change(Json.number(is).compareTo(Json.number(was)) < 0, what);
        } else if (List.of(was, is).equals(List.of("int32", "int64"))) {
            tell.change(false, what);
        } else if (List.of(was, is).equals(List.of("int64", "int32"))) {
            tell.change(true, what);
        } else {
            tellOther.accept(what);
        }
    }

    /** The only values there are; null if there are others. */
    private static List<Object> valuesOf(Map<String, Object> schema) {
        if (schema.containsKey("const")) {
            var only = new ArrayList<Object>();
            only.add(schema.get("const"));
            return only;
        }
        return schema.containsKey("enum") ? Json.list(schema, "enum") : null;
    }

    private void values(List<Object> was, List<Object> is) {
        if (was == null && is != null) {
            tell.change(true, "is only one of " + Json.shown(is) + " now");
        } else if (was != null && is == null) {
            tell.change(false, "was one of " + Json.shown(was) + ", and can be another");
        } else if (was != null) {
            was.stream()
                    .filter(value -> !Json.has(is, value))
                    .forEach(gone -> tell.change(true, "can't be " + Json.shown(gone) + " any more"));
            is.stream()
                    .filter(value -> !Json.has(was, value))
                    .forEach(more -> tell.change(false, "can be " + Json.shown(more) + " too"));
        }
    }
}
