package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.util.Optional;

/** Reads a body as an {@link Optional} that has a value. */
record HeldReader(BodyReader reader) implements BodyReader {
    @Override
    public Object read(byte[] body, MediaType mediaType) {
        return Optional.of(reader.read(body, mediaType));
    }

    @Override
    public Optional<String> nameOf(Class<?> owner, String property) {
        return reader.nameOf(owner, property);
    }
}
