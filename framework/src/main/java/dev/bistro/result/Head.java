package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;

/**
 * The headers that a route gives its answers, ready before the first request: those that its annotations ask for, which are for success
 * only, and the content type, which is for any answer with a body.
 */
final class Head {
    private final Headers success;
    private final Headers error;

    private Head(Headers success, Headers error) {
        this.success = success;
        this.error = error;
    }

    /** For answers without a body. */
    static Head of(Headers annotated) {
        return new Head(annotated, Headers.empty());
    }

    /** For answers with a body of that type. */
    static Head of(Headers annotated, MediaType contentType) {
        String value = contentType.toString();
        return new Head(annotated.plus("Content-Type", value), Headers.of("Content-Type", value));
    }

    /** These headers, where the response has none of the same name. */
    Headers with(Status status, Headers own) {
        Headers all = status.isError() ? error : success;
        for (int i = 0; i < own.size(); i++) {
            all = all.without(own.name(i));
        }
        for (int i = 0; i < own.size(); i++) {
            all = all.plus(own.name(i), own.value(i));
        }
        return all;
    }
}
