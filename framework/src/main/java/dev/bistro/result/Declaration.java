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
 * @param produces of {@code @Produces}, its own or its class's; the first, if there are several
 */
record Declaration(ResultOrigin source, Optional<Status> status, Headers headers, Optional<MediaType> produces) {
    /** This declaration once for each media type that is produced; as it is, if none is named. */
    List<Declaration> each(List<MediaType> mediaTypes) {
        return mediaTypes.isEmpty()
                ? List.of(this)
                : mediaTypes.stream()
                        .map(mediaType -> new Declaration(source, status, headers, Optional.of(mediaType)))
                        .toList();
    }

    /** The media types to ask a codec for. */
    List<MediaType> wanted() {
        return produces.map(List::of).orElse(List.of());
    }
}
