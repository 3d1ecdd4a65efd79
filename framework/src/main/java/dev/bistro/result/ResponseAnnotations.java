package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Optional;

/**
 * The annotations of a method that are about its successful responses.
 *
 * @param origin the method
 * @param status of {@code @Status}
 * @param headers of each {@code @Header}
 * @param produces of {@code @Produces} on the method or its class; the first, if there are several
 */
record ResponseAnnotations(
        ResultOrigin origin, Optional<Status> status, Headers headers, Optional<MediaType> produces) {
    /** These annotations once for each of the media types; unchanged if there are none. */
    List<ResponseAnnotations> forEach(List<MediaType> mediaTypes) {
        return mediaTypes.isEmpty()
                ? List.of(this)
                : mediaTypes.stream()
                        .map(mediaType -> new ResponseAnnotations(origin, status, headers, Optional.of(mediaType)))
                        .toList();
    }

    /** The media types to ask a codec for. */
    List<MediaType> wanted() {
        return produces.map(List::of).orElse(List.of());
    }
}
