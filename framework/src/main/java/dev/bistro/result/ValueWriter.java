package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/**
 * Makes responses of the values of one type.
 *
 * @param mediaType what values are written as; empty where only the value itself decides that
 * @param function does it
 * @param described what it answers with
 */
record ValueWriter(Optional<MediaType> mediaType, Function function, ResultDescription described) {
    /** How a value becomes a response. */
    @FunctionalInterface
    interface Function {
        /**
         * Writes a value.
         *
         * @param request the request that is answered
         * @param status the response's status
         * @param own headers that the value came with; they replace others of the same name
         */
        Response<Payload> write(Request request, Status status, Headers own, Object value);
    }

    /** A writer whose media type depends on the value. */
    static ValueWriter of(ResultDescription described, Function function) {
        return new ValueWriter(Optional.empty(), function, described);
    }

    static ValueWriter of(MediaType mediaType, ResultDescription described, Function function) {
        return new ValueWriter(Optional.of(mediaType), function, described);
    }

    /** A writer of the same media type that does more: {@code content.wrappedIn((request, …) -> content.write(…))}. */
    ValueWriter wrappedIn(Function outer) {
        return new ValueWriter(mediaType, outer, described);
    }

    /** This with another description. */
    ValueWriter describedAs(ResultDescription other) {
        return new ValueWriter(mediaType, function, other);
    }

    /** See {@link Function#write}. */
    Response<Payload> write(Request request, Status status, Headers own, Object value) {
        return function.write(request, status, own, value);
    }
}
