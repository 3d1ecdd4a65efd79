package dev.bistro.openapi.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Trees of maps, lists and plain values, which are JSON before it is written. */
final class Trees {
    private static final String TYPE = "type";
    private static final String NULL = "null";

    private Trees() {}

    /** A map in this order: {@code of("type", "string", "format", "uuid")}. */
    static Map<String, Object> of(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** The schema of the same values and of null. */
    static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.isEmpty() || isNullable(schema)) {
            return schema;
        }
        if (schema.get(TYPE) instanceof String type && !schema.containsKey("const")) {
            var nullable = new LinkedHashMap<>(schema);
            nullable.put(TYPE, List.of(type, NULL));
            if (schema.get("enum") instanceof List<?> values) {
                var all = new ArrayList<Object>(values);
                all.add(null);
                nullable.put("enum", all);
            }
            return nullable;
        }
        return of("anyOf", List.of(schema, of(TYPE, NULL)));
    }

    private static boolean isNullable(Map<String, Object> schema) {
        return schema.get(TYPE) instanceof List<?> types && types.contains(NULL)
                || schema.get("anyOf") instanceof List<?> some && some.contains(of(TYPE, NULL));
    }

    /** Whether a schema is of values of a type, perhaps with null. */
    static boolean isOf(String type, Map<String, Object> schema) {
        return type.equals(schema.get(TYPE)) || schema.get(TYPE) instanceof List<?> types && types.contains(type);
    }

    /** A copy in which each leaf is replaced. */
    static Object map(Object tree, UnaryOperator<Object> leaves) {
        if (tree instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> copy.put((String) key, map(value, leaves)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            var copy = new ArrayList<Object>();
            list.forEach(value -> copy.add(map(value, leaves)));
            return copy;
        }
        return leaves.apply(tree);
    }

    /** A value of Jackson's tree as a plain value. */
    static Object plain(JsonNode node) {
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            node.properties().forEach(property -> map.put(property.getKey(), plain(property.getValue())));
            return map;
        }
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            node.forEach(each -> list.add(plain(each)));
            return list;
        }
        return scalar(node);
    }

    private static Object scalar(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isNull() || node.isMissingNode() ? null : node.asString();
    }
}
