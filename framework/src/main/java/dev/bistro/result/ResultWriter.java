package dev.bistro.result;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;

/**
 * Makes a response of what a controller's method returned. Each method has one for each media type that it writes,
 * chosen at startup and used by many threads at once; filters and exception handlers have theirs.
 */
@FunctionalInterface
public interface ResultWriter {
    /**
     * Writes a result.
     *
     * @param result what the method returned, null for {@code void}
     * @throws dev.bistro.http.NotFoundException if it is an empty {@link java.util.Optional}
     * @throws IllegalStateException if it is null and the method isn't {@code void}
     */
    Response<Payload> write(Request request, Object result);
}
