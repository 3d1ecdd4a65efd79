package dev.bistro.openapi.schema;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of Jackson's trees, which are JSON themselves. */
final class JsonTrees {
    private JsonTrees() {}

    /** The schema of a class of such trees; empty for other classes. */
    static Optional<Map<String, Object>> schema(Class<?> type) {
        if (!JsonNode.class.isAssignableFrom(type)) {
            return Optional.empty();
        }
        if (ObjectNode.class.isAssignableFrom(type)) {
            return Optional.of(Trees.of("type", "object"));
        }
        return Optional.of(ArrayNode.class.isAssignableFrom(type) ? Trees.of("type", "array") : Trees.of());
    }
}
