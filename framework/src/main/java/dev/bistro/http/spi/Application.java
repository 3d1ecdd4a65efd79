package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.List;

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
     * The response to bytes that aren't a valid request: an error body for the status, with a text that the client may
     * see.
     */
    Response<Payload> refuse(Status status, String detail);

    /**
     * The response to a request that the transport refuses (too large, too slow) or that failed in the transport: an
     * error body for this request and the status, with a text that the client may see.
     */
    Response<Payload> refuse(Request request, Status status, String detail);
}
