package dev.bistro.body;

import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** Reads the body of a request as values of one type, by its {@code Content-Type}. */
@FunctionalInterface
public interface RequestReader {
    /**
     * Reads the body.
     *
     * @throws dev.bistro.http.UnsupportedMediaTypeException if its media type, charset or content coding isn't
     *     supported
     * @throws dev.bistro.http.BadRequestException if it isn't what its media type says
     * @throws dev.bistro.http.UnprocessableContentException if it doesn't fit the type
     */
    Object read(Request request);

    /** The name that the body of a request has for a property; see {@link BodyReader#nameOf}. */
    default Optional<String> nameOf(Request request, Class<?> owner, String property) {
        return Optional.of(property);
    }

    /** The media types or ranges that it reads; empty for any. */
    default List<MediaType> mediaTypes() {
        return List.of();
    }

    /** Those of the {@link #mediaTypes} that a codec of the application, or of a library, reads. */
    default List<MediaType> broughtTypes() {
        return List.of();
    }
}
