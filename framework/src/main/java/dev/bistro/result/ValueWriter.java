package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** Makes a response of values of one kind. */
@FunctionalInterface
interface ValueWriter {
    /**
     * Writes a value.
     *
     * @param request what is answered
     * @param status the response's status
     * @param own headers that the value came with; they replace others of the same name
     */
    Response<Payload> write(Request request, Status status, Headers own, Object value);

    /** What values are written as; empty where that is known only when there is one. */
    default Optional<MediaType> mediaType() {
        return Optional.empty();
    }
}
