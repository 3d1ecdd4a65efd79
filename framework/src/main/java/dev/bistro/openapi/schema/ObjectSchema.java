package dev.bistro.openapi.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of an object, while its properties are found. */
final class ObjectSchema {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private Object others = true;

    /** Adds a property, or replaces one of the name; the one that says the type stays. */
    void add(String name, Map<String, Object> schema, boolean isRequired) {
        if (properties.get(name) instanceof Map<?, ?> before && before.containsKey("const")) {
            return;
        }
        properties.put(name, schema);
        if (isRequired && !required.contains(name)) {
            required.add(name);
        }
    }

    /** Adds the property that says the type. */
    void addType(String name, String id) {
        add(name, Trees.of("type", "string", "const", id), true);
    }

    /** Makes a property optional. */
    void relax(String name) {
        required.remove(name);
    }

    /** Adds those of another. */
    void addAll(ObjectSchema other) {
        properties.putAll(other.properties);
        other.required.stream().filter(name -> !required.contains(name)).forEach(required::add);
    }

    /** Has other properties be of a schema. */
    void allowOthers(Map<String, Object> schema) {
        others = schema;
    }

    /** Has other properties be refused. */
    void refuseOthers() {
        others = false;
    }

    Map<String, Object> schema() {
        Map<String, Object> schema = Trees.of("type", "object");
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!Boolean.TRUE.equals(others)) {
            schema.put("additionalProperties", others);
        }
        return schema;
    }
}
