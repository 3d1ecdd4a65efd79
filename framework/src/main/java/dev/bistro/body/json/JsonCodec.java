package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.MediaType;
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
 * JSON, by Jackson. The decision record {@code json.md} says what is strict and what isn't, and why.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonCodec implements BodyCodec {
    private static final List<MediaType> MEDIA_TYPES = List.of(MediaType.JSON, MediaType.of("application", "*+json"));
    private static final String ADJUSTED = "settings, modules or customizers change how JSON looks";
    private final JsonMapper mapper;
    private final boolean looksAhead;
    private final Optional<GeneratedTypes> generated;

    /** The usual codec. */
    public JsonCodec() {
        this(
                JsonMapperFactory.builder(JsonOptions.DEFAULTS).build(),
                false,
                Optional.of(new GeneratedTypes(List.of())));
    }

    /** The same without generated code, for applications of which it isn't known what they change of JSON. */
    public static JsonCodec byJackson() {
        return new JsonCodec(JsonMapperFactory.builder(JsonOptions.DEFAULTS).build(), false, Optional.empty());
    }

    /**
     * A codec that reads and writes by a mapper that was checked.
     *
     * @param looksAhead whether all that a type holds is looked at when its writer is made
     * @param generated the types that generated code writes; empty if the mapper writes in another way than the usual
     *     one
     */
    JsonCodec(JsonMapper mapper, boolean looksAhead, Optional<GeneratedTypes> generated) {
        this.mapper = mapper;
        this.looksAhead = looksAhead;
        this.generated = generated;
    }

    /**
     * The module that reads and writes the application's classes: an application that is a module opens its packages to
     * it.
     */
    public static Module module() {
        return JsonMapper.class.getModule();
    }

    /** What reads and writes, for whoever describes how values look in JSON. */
    public JsonMapper mapper() {
        return mapper;
    }

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    // ---- reading

    @Override
    public Optional<BodyReader> reader(Type type) {
        JavaType javaType = mapper.constructType(type);
        if (!canRead(javaType)) {
            return Optional.empty();
        }
        JsonMapper fitting = AnnotationRules.acceptsNullContent(javaType)
                ? mapper.rebuild()
                        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.SET))
                        .build()
                : mapper;
        var jackson = new JsonReader(fitting, javaType);
        return Optional.of(
                readingObstacle(type).isEmpty()
                        ? new GeneratedReader(generated.orElseThrow(), javaType.getRawClass(), jackson)
                        : jackson);
    }

    /** Why Jackson reads values of a type, and no generated code, for people; empty if generated code does. */
    public Optional<String> readingObstacle(Type type) {
        return generated.map(types -> types.readingObstacle(type)).orElse(Optional.of(ADJUSTED));
    }

    // ---- what can be read at all

    private boolean canRead(JavaType type) {
        try (JsonParser none = mapper.createParser("null")) {
            DeserializationContext context = mapper._deserializationContext().assignParser(none);
            return new JsonReadability(context).canRead(type);
        } catch (JacksonException noDeserializer) {
            return false;
        }
    }

    // ---- writing

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        JavaType javaType = mapper.constructType(type);
        if (hasNothingToWrite(javaType)) {
            return Optional.empty();
        }
        if (looksAhead) {
            new JsonWritability(mapper._serializationContext()).visit(javaType);
        }
        // A value (or an element) whose class can be extended is written by its own class, not by the declared one.
        ObjectWriter writer = isExact(javaType) ? mapper.writerFor(javaType) : mapper.writer();
        BodyWriter jackson = writer::writeValueAsBytes;
        return Optional.of(
                writingObstacle(type).isEmpty() ? new GeneratedWriter(generated.orElseThrow(), jackson) : jackson);
    }

    /** Why Jackson writes values of a type, and no generated code, for people; empty if generated code does. */
    public Optional<String> writingObstacle(Type type) {
        return generated
                .map(types -> types.obstacle(type))
                .orElse(Optional.of(ADJUSTED));
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
