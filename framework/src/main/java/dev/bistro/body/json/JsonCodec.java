package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.Texts;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.impl.UnknownSerializer;

/**
 * JSON, by Jackson; no other class knows of it. What is strict here and what isn't, and why, is in the decision record
 * {@code json.md}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonCodec implements BodyCodec {
    private static final List<MediaType> MEDIA_TYPES = List.of(MediaType.JSON, MediaType.of("application", "*+json"));
    private final JsonMapper mapper = JsonMapping.mapper();

    /** The codec. */
    public JsonCodec() {}

    /** The module that looks into an application's classes to read and write them: one that is a module opens its packages to it. */
    public static Module module() {
        return JsonMapper.class.getModule();
    }

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    // ---- reading

    @Override
    public Optional<BodyReader> reader(Type type) {
        JavaType javaType = mapper.constructType(type);
        if (!canMake(javaType)) {
            return Optional.empty();
        }
        JsonMapper fitting = JsonMapping.acceptsNullContent(javaType)
                ? mapper.rebuild()
                        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.SET))
                        .build()
                : mapper;
        ObjectReader reader = fitting.readerFor(javaType);
        return Optional.of((body, mediaType) -> {
            requireUtf8(mediaType);
            InteroperableJson.check(body);
            try {
                return read(reader, javaType.getRawClass(), body);
            } catch (UnfitBodyException first) {
                throw JsonFaults.all(first, fitting, javaType, body);
            }
        });
    }

    private static void requireUtf8(MediaType mediaType) {
        if (!Texts.isUtf8(mediaType)) {
            throw new UnsupportedMediaTypeException("JSON is read as UTF-8 only; send it so, without a charset");
        }
    }

    private static Object read(ObjectReader reader, Class<?> type, byte[] body) {
        try (JsonParser parser = reader.createParser(body)) {
            try {
                if (parser.nextToken() == null) {
                    throw new BadRequestException("A JSON body is required");
                }
                Object value = reader.readValue(parser);
                if (parser.nextToken() != null) {
                    throw JsonWords.somethingFollows(parser);
                }
                if (value == null) {
                    throw JsonWords.unfit("", "expected " + JsonShape.of(type).words() + ", but was null");
                }
                return value;
            } catch (RuntimeException e) {
                throw JsonWords.fault(e, parser);
            }
        }
    }

    // ---- what can be read at all

    private boolean canMake(JavaType type) {
        try (JsonParser none = mapper.createParser("null")) {
            DeserializationContext context = mapper._deserializationContext().assignParser(none);
            return new JsonReadability(context).canMake(type);
        } catch (JacksonException noDeserializer) {
            return false;
        }
    }

    // ---- writing

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        JavaType javaType = mapper.constructType(type);
        if (isOpaque(javaType)) {
            return Optional.empty();
        }
        // A value (or an element) of a class that can be extended is written as what it is, not as what it was declared
        // to be.
        ObjectWriter writer = isExact(javaType) ? mapper.writerFor(javaType) : mapper.writer();
        return Optional.of(writer::writeValueAsBytes);
    }

    private static boolean isExact(JavaType type) {
        return type.getContentType() == null ? type.isFinal() : isExact(type.getContentType());
    }

    /** Whether nothing of such a value, or of its elements, can be seen: it would always be {@code {}}. */
    private boolean isOpaque(JavaType type) {
        JavaType seen = type.getContentType() == null ? type : type.getContentType();
        boolean known = !seen.isAbstract() && !seen.isJavaLangObject();
        return known
                && mapper._serializationContext().findTypedValueSerializer(seen, true) instanceof UnknownSerializer;
    }
}
