package dev.bistro.description;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;

/**
 * What is read of requests' bodies.
 *
 * @param kind how it is read
 * @param type what it is read as; {@code Object} for a form, whose fields are parameters, and for {@link Kind#ANY}
 * @param isRequired whether requests without a body are refused; false if only its content decides that
 * @param mediaTypes the media types or ranges that are read; empty for any
 * @param byApplication those of them that a codec of the application, or of a library, reads
 */
public record DescribedBody(
        Kind kind, Type type, boolean isRequired, List<MediaType> mediaTypes, List<MediaType> byApplication) {
    /** How a body is read. */
    public enum Kind {
        /** As one value, by a codec. */
        VALUE,
        /** As a form: parameters are its fields and files. */
        FORM,
        /** Byte by byte, while it comes. */
        STREAM,
        /** Perhaps, and as anything: the handler takes the request. */
        ANY
    }

    /** Copies the lists. */
    public DescribedBody {
        mediaTypes = List.copyOf(mediaTypes);
        byApplication = List.copyOf(byApplication);
    }
}
