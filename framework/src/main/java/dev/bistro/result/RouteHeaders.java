package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;

/**
 * The headers that a route adds to its responses, built before the first request: those of its annotations, which are
 * for success only, and the content type, which every response with a body has.
 */
final class RouteHeaders {
    private final Headers success;
    private final Headers error;

    private RouteHeaders(Headers success, Headers error) {
        this.success = success;
        this.error = error;
    }

    /** For responses without a body. */
    static RouteHeaders of(Headers annotated) {
        return new RouteHeaders(annotated, Headers.empty());
    }

    /** For responses with a body of that type. */
    static RouteHeaders of(Headers annotated, MediaType contentType) {
        String value = contentType.toString();
        return new RouteHeaders(annotated.plus("Content-Type", value), Headers.of("Content-Type", value));
    }

    /** These headers and the response's own, which replace those of the same name. */
    Headers with(Status status, Headers own) {
        return (status.isError() ? error : success).with(own);
    }
}
