package dev.bistro.body.json;

import dev.bistro.body.BodyReader;
import dev.bistro.http.MediaType;
import dev.bistro.json.generated.JsonInput;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads values of a type by generated code. Where a body isn't written as that expects it, or isn't right, Jackson
 * reads it from the beginning, so that values and messages are always its own.
 */
final class GeneratedReader implements BodyReader {
    private final GeneratedTypes types;
    private final Function<JsonInput, Object> reader;
    private final Supplier<BodyReader> jackson; // which many applications never need

    GeneratedReader(GeneratedTypes types, Type type, Supplier<BodyReader> jackson) {
        this.types = types;
        this.reader = types.reader(type);
        this.jackson = jackson;
    }

    @Override
    public Object read(byte[] body, MediaType mediaType) {
        if (!mediaType.parameters().isEmpty()) {
            return jackson.get().read(body, mediaType); // perhaps a charset that isn't read
        }
        try {
            var in = new JsonInput(types, body);
            Object value = reader.apply(in);
            in.end();
            if (!in.isAscii()) {
                InteroperableJson.check(body);
            }
            return value;
        } catch (RuntimeException | LinkageError | StackOverflowError unusual) {
            return jackson.get().read(body, mediaType);
        }
    }

    @Override
    public Optional<String> nameOf(Class<?> owner, String property) {
        return jackson.get().nameOf(owner, property);
    }
}
