package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * Turns bodies of some media types into values and back: the port for formats that Bistro doesn't bring. Readers and writers are asked for at startup,
 * one for each type that a controller takes or gives.
 */
public interface BodyCodec {
    /**
     * The media types or ranges that it reads and writes; the first is no range, and the one it writes where nothing else was asked for. What is
     * asked for without a parameter gets it from here: {@code text/html} from {@code text/*;charset=utf-8}.
     */
    List<MediaType> mediaTypes();

    /**
     * Reads bodies as values of a type; empty if it can't make such values at all.
     *
     * @throws IllegalArgumentException if a default within the type is wrong, with a sentence for the startup report
     */
    Optional<BodyReader> reader(Type type);

    /** Writes values of a type as one of its media types (with parameters, such as a charset); empty if it can't. */
    Optional<BodyWriter> writer(Type type, MediaType mediaType);
}
