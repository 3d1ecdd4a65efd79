package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Optional;

/**
 * What a method's annotations say about its successful answers.
 *
 * @param source the method
 * @param status of {@code @Status}
 * @param headers of each {@code @Header}
 * @param produces of {@code @Produces}, its own or its class's
 */
record Declaration(Source source, Optional<Status> status, Headers headers, Optional<MediaType> produces) {
    /** The media types to ask a codec for. */
    List<MediaType> wanted() {
        return produces.map(List::of).orElse(List.of());
    }
}
