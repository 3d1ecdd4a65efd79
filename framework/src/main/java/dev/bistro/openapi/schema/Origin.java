package dev.bistro.openapi.schema;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.util.TokenBuffer;

/** Whose a serializer or deserializer is: what an application's own does isn't known unless it tells. */
final class Origin {
    private static final String JACKSON = "tools.jackson.";
    private static final String BISTRO = "dev.bistro.body.json.";
    private static final ObjectMapper PLAIN = new JsonMapper();

    private Origin() {}

    static boolean isJacksons(ValueSerializer<?> serializer) {
        return isOf(JACKSON, serializer) || isOf(BISTRO, serializer);
    }

    static boolean isJacksons(ValueDeserializer<?> deserializer) {
        return isOf(JACKSON, deserializer) || isOf(BISTRO, deserializer);
    }

    /** Whether a deserializer is of those that Bistro adds. */
    static boolean isOurs(ValueDeserializer<?> deserializer) {
        return isOf(BISTRO, deserializer);
    }

    private static boolean isOf(String prefix, Object object) {
        return object.getClass().getName().startsWith(prefix);
    }

    /** Whether what a serializer tells is its own: Jackson says "a string" for whoever extends its classes. */
    static boolean tellsItsShape(ValueSerializer<?> serializer) {
        if (isJacksons(serializer)) {
            return true;
        }
        try {
            return !serializer
                    .getClass()
                    .getMethod("acceptJsonFormatVisitor", JsonFormatVisitorWrapper.class, JavaType.class)
                    .getDeclaringClass()
                    .getName()
                    .startsWith(JACKSON);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Each serializer has this method", e);
        }
    }

    /** Whether an object is written, or read, as an array of its properties' values. */
    static boolean isOfArrays(Object serializerOrDeserializer) {
        return isOf(JACKSON, serializerOrDeserializer)
                && serializerOrDeserializer.getClass().getSimpleName().contains("AsArray")
                && serializerOrDeserializer.getClass().getSimpleName().contains("Bean");
    }

    /** What was written to a buffer, as plain values. */
    static Object tree(TokenBuffer buffer) {
        try (JsonParser parser = buffer.asParser(ObjectReadContext.empty())) {
            return Trees.plain(PLAIN.readTree(parser));
        }
    }
}
