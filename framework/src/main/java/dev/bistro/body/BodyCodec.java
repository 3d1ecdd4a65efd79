package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * Converts between bodies of some media types and Java values. Implement it for a format that Bistro doesn't bring: a
 * class of the application that implements it is found at startup, and may have constructor parameters as any other.
 * Readers and writers are asked for at startup, one for each type that a controller takes or returns.
 *
 * <pre>{@code
 * class CsvCodec implements BodyCodec {
 *     public List<MediaType> mediaTypes() {
 *         return List.of(MediaType.of("text", "csv"));
 *     }
 *     ...
 * }
 * }</pre>
 */
public interface BodyCodec {
    /**
     * The media types or ranges that it reads and writes. The first is no range: it is the one that is written where
     * the application asks for none. Parameters that the application leaves out are taken from here: {@code text/html}
     * gets the charset of {@code text/*;charset=utf-8}.
     */
    List<MediaType> mediaTypes();

    /**
     * A reader of bodies as values of a type; empty if the codec can't make such values at all.
     *
     * @throws IllegalArgumentException if a default within the type is wrong, with a sentence for the startup report
     */
    Optional<BodyReader> reader(Type type);

    /**
     * A writer of values of a type as one of its media types, with parameters such as a charset; empty if it can't
     * write them.
     */
    Optional<BodyWriter> writer(Type type, MediaType mediaType);
}
