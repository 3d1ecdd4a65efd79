package dev.bistro.result;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;

/** Makes a response of what a controller's method returned. There is one for each method, chosen at startup; it is used by all requests at once. */
@FunctionalInterface
public interface ResultWriter {
    /**
     * Writes a result.
     *
     * @param result what the method returned, null for {@code void}
     * @throws dev.bistro.http.NotFoundException if it is an empty {@link java.util.Optional}
     * @throws IllegalStateException if it is a null that nothing is said about
     */
    Response<Payload> write(Request request, Object result);
}
