package dev.bistro.body.json;

import dev.bistro.body.BodyReader;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON as values of one type. */
final class JsonReader implements BodyReader {
    private final JsonMapper mapper;
    private final JavaType type;
    private final ObjectReader reader;

    JsonReader(JsonMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
        this.reader = mapper.readerFor(type);
    }

    @Override
    public Object read(byte[] body, MediaType mediaType) {
        requireUtf8(mediaType);
        InteroperableJson.check(body);
        try {
            return read(body);
        } catch (UnfitBodyException first) {
            throw JsonFaultFinder.all(first, mapper, type, body);
        }
    }

    private static void requireUtf8(MediaType mediaType) {
        if (!isUtf8(mediaType.parameter("charset").orElse("utf-8"))) {
            throw new UnsupportedMediaTypeException("JSON is read as UTF-8 only; send it so, without a charset");
        }
    }

    private static boolean isUtf8(String charset) {
        try {
            return Charset.forName(charset).equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private Object read(byte[] body) {
        try (JsonParser parser = reader.createParser(body)) {
            try {
                if (parser.nextToken() == null) {
                    throw new BadRequestException("A JSON body is required");
                }
                Object value = reader.readValue(parser);
                if (parser.nextToken() != null) {
                    throw JsonFaults.somethingFollows(parser);
                }
                if (value == null) {
                    String words = JsonShape.of(type.getRawClass()).words();
                    throw JsonFaults.unfit("", "expected " + words + ", but was null");
                }
                return value;
            } catch (RuntimeException e) {
                throw JsonFaults.fault(e, parser);
            }
        }
    }

    @Override
    public Optional<String> nameOf(Class<?> owner, String property) {
        return JsonNames.of(mapper, owner, property);
    }
}
