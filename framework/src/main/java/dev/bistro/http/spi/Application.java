package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Optional;

/**
 * What a transport needs of an application: the target that answers a request, found by the request's head alone,
 * before the body is read. It is called on the event loop, so nothing here may wait.
 */
public interface Application {
    /** The target that answers this request; for a request without a route, one that answers 404 or 405. */
    Target find(ServerRequest request);

    /** All targets that {@link #find} can return. */
    List<Target> targets();

    /**
     * The response to a request that the transport refuses (too large, too slow) or that failed in the transport, and
     * to bytes that aren't a valid request: an error body.
     *
     * @param request empty if its head couldn't be read
     * @param detail a text that the client may see
     */
    Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail);

    /** What the transport calls for each answer, in this order. */
    List<ResponseDecorator> decorators();
}
