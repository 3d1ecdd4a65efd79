package dev.bistro.openapi.document;

import dev.bistro.description.DescribedBody;
import dev.bistro.description.DescribedMessage;
import dev.bistro.description.DescribedResponse;
import dev.bistro.http.MediaType;
import dev.bistro.openapi.schema.Schemas;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** What bodies of a media type look like. */
record MediaContent(Schemas schemas, OpenApiVersion version) {
    private static final String ITEM_SCHEMA = "itemSchema";

    /** Bytes, of which no schema says more. */
    static Map<String, Object> bytes() {
        return Tree.of("type", "string", "format", "binary");
    }

    /** A value that is read. */
    Map<String, Object> input(DescribedBody body, MediaType type) {
        boolean isKnown = !body.byApplication().contains(type);
        return isKnown && type.isJson() && !isRaw(body.type())
                ? Tree.of("schema", schemas.input(body.type()))
                : text(type, body.type());
    }

    /** What is answered. */
    Map<String, Object> output(DescribedResponse response, MediaType type) {
        Type value = response.type();
        boolean isJson = type.isJson() && !response.byApplication() && !isRaw(value);
        return switch (response.content()) {
            case VALUE -> isJson ? Tree.of("schema", schemas.output(value)) : text(type, value);
            case ARRAY -> Tree.of("schema", Tree.of("type", "array", "items", one(response)));
            case LINES -> items(isRaw(value) ? Tree.of() : one(response));
            case FEED_PAGE -> Tree.of("schema", page(one(response)));
            case FEED_EVENTS -> items(event(one(response)));
            case FEED_LINES -> items(item(one(response)));
            case CONCATENATION, BYTES, FILE -> text(type, value);
            default -> Tree.of();
        };
    }

    /** A message of a WebSocket. */
    Map<String, Object> message(DescribedMessage message) {
        Type type = message.type();
        if (type == String.class) {
            return Tree.of("type", "string");
        }
        if (type == byte[].class || type == ByteBuffer.class) {
            return bytes();
        }
        return message.byApplication() ? Tree.of() : message.isReceived() ? schemas.input(type) : schemas.output(type);
    }

    /** One of several values; nothing is known of it where a codec of the application writes it. */
    private Map<String, Object> one(DescribedResponse response) {
        return response.byApplication() ? Tree.of() : schemas.output(response.type());
    }

    /** Whether a value is the body itself, whichever media type it has. */
    private static boolean isRaw(Type value) {
        return value == String.class || value == byte[].class;
    }

    /** A body that no schema of a value describes; of JSON that the application writes or reads itself, none does. */
    private static Map<String, Object> text(MediaType type, Type value) {
        boolean isText = type.type().equals("text") || value == String.class;
        Map<String, Object> schema = isText ? Tree.of("type", "string") : bytes();
        return type.isJson() ? Tree.of() : Tree.of("schema", schema);
    }

    /** A body of items that follow each other: OpenAPI 3.1 can't say that, and is told it as an extension. */
    private Map<String, Object> items(Map<String, Object> item) {
        return Tree.of(version.hasQueryAndItems() ? ITEM_SCHEMA : "x-" + ITEM_SCHEMA, item);
    }

    // ---- feeds

    private static Map<String, Object> page(Map<String, Object> data) {
        Map<String, Object> next =
                Tree.of("type", "string", "description", "The position to ask for what comes after.");
        Map<String, Object> reset = Tree.of(
                "type",
                "boolean",
                "description",
                "Whether the position that was asked for is no longer known, so that items may be missing.");
        return object(
                Tree.of("items", Tree.of("type", "array", "items", item(data)), "next", next, "reset", reset),
                List.of("items", "next", "reset"));
    }

    private static Map<String, Object> item(Map<String, Object> data) {
        Map<String, Object> properties = Tree.of("id", Tree.of("type", "string"), "event", Tree.of("type", "string"));
        properties.put("data", data);
        return object(properties, List.of("id", "event", "data"));
    }

    private static Map<String, Object> event(Map<String, Object> data) {
        Map<String, Object> json = Tree.of("type", "string", "contentMediaType", "application/json");
        json.put("contentSchema", data);
        return object(
                Tree.of("id", Tree.of("type", "string"), "event", Tree.of("type", "string"), "data", json),
                List.of("data"));
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        return Tree.of("type", "object", "properties", properties, "required", required);
    }
}
