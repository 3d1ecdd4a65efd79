package dev.bistro.openapi.schema;

import dev.bistro.openapi.schema.ScalarSchemas.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationContextExt;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which single values a deserializer reads, found out by having it read some: nothing else tells. Of several kinds, the
 * usual one of the type is described, since a client needs one way that is right.
 */
final class ReadScalars {
    private static final Map<Kind, Object> SAMPLES = new LinkedHashMap<>();

    static {
        SAMPLES.put(Kind.BOOLEAN, true);
        SAMPLES.put(Kind.INTEGER, 1);
        SAMPLES.put(Kind.NUMBER, 1.5);
    }

    private final JsonMapper mapper;

    ReadScalars(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The schema of the values that are read. */
    Map<String, Object> of(JavaType type, ValueDeserializer<?> deserializer, BeanProperty property) {
        Class<?> raw = type.getRawClass();
        Kind usual = ScalarSchemas.kind(raw);
        boolean isText = usual == Kind.STRING && !(deserializer instanceof BeanDeserializerBase);
        boolean reads = SAMPLES.containsKey(usual) && reads(deserializer, SAMPLES.get(usual));
        Kind kind = isText || reads ? usual : first(deserializer).orElse(Kind.STRING);
        boolean hasPattern = property != null
                && property.findPropertyFormat(mapper.deserializationConfig(), raw)
                        .hasPattern();
        return hasPattern ? Trees.of("type", kind.type()) : ScalarSchemas.of(kind, raw);
    }

    private Optional<Kind> first(ValueDeserializer<?> deserializer) {
        return SAMPLES.entrySet().stream()
                .filter(sample -> reads(deserializer, sample.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A value as it is written. */
    Object written(Object value) {
        return Trees.plain(mapper.valueToTree(value));
    }

    /** Whether a deserializer reads a value of JSON. */
    boolean reads(ValueDeserializer<?> deserializer, Object value) {
        JsonNode node = mapper.valueToTree(value);
        DeserializationContextExt context = mapper._deserializationContext();
        try (JsonParser parser = mapper.treeAsTokens(node)) {
            context.assignParser(parser);
            parser.nextToken();
            return deserializer.deserialize(parser, context) != null;
        } catch (RuntimeException unfit) {
            return false;
        }
    }
}
