package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.impl.UnknownSerializer;

/**
 * Makes what reads and writes by Jackson. A class of its own, so that Jackson's classes aren't loaded where only
 * generated code is used.
 *
 * @param looksAhead whether all that a type holds is looked at when its writer is made
 */
record JacksonCodec(JsonMapper mapper, boolean looksAhead) {
    private record Sample(String text, int number, List<String> texts) {}

    /** By the usual mapper, which has written one value: so the first request doesn't wait for its classes to load. */
    static JacksonCodec usual() {
        JsonMapper mapper = JsonMapperFactory.builder(JsonOptions.DEFAULTS).build();
        mapper.writeValueAsBytes(new Sample("a", 1, List.of("b")));
        return new JacksonCodec(mapper, false);
    }

    // ---- reading

    /** A reader of values of a type; empty if none can be made. */
    Optional<BodyReader> reader(Type type) {
        JavaType javaType = mapper.constructType(type);
        if (!canRead(javaType)) {
            return Optional.empty();
        }
        JsonMapper fitting = AnnotationRules.acceptsNullContent(javaType)
                ? mapper.rebuild()
                        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.SET))
                        .build()
                : mapper;
        return Optional.of(new JsonReader(fitting, javaType));
    }

    private boolean canRead(JavaType type) {
        try (JsonParser none = mapper.createParser("null")) {
            DeserializationContext context = mapper._deserializationContext().assignParser(none);
            return new JsonReadability(context).canRead(type);
        } catch (JacksonException noDeserializer) {
            return false;
        }
    }

    // ---- writing

    /** A writer of values of a type; empty if they have nothing to write. */
    Optional<BodyWriter> writer(Type type) {
        JavaType javaType = mapper.constructType(type);
        if (hasNothingToWrite(javaType)) {
            return Optional.empty();
        }
        if (looksAhead) {
            new JsonWritability(mapper._serializationContext()).visit(javaType);
        }
        // A value (or an element) whose class can be extended is written by its own class, not by the declared one.
        ObjectWriter writer = isExact(javaType) ? mapper.writerFor(javaType) : mapper.writer();
        return Optional.of(writer::writeValueAsBytes);
    }

    private static boolean isExact(JavaType type) {
        return type.getContentType() == null ? type.isFinal() : isExact(type.getContentType());
    }

    /** Whether such a value, or its elements, has nothing to write: it would always be {@code {}}. */
    private boolean hasNothingToWrite(JavaType type) {
        JavaType seen = type.getContentType() == null ? type : type.getContentType();
        boolean known = !seen.isAbstract() && !seen.isJavaLangObject();
        return known
                && mapper._serializationContext().findTypedValueSerializer(seen, true) instanceof UnknownSerializer;
    }
}
