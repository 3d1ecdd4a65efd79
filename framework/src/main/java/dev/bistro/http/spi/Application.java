package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.List;

/**
 * What a transport needs of an application: who answers a request, known from its head alone, before the body is read. Asked on the
 * event loop, so nothing here may wait.
 */
public interface Application {
    /** Who answers this request; for one that nothing was written for, a target that answers 404 or 405. */
    Target find(ServerRequest request);

    /** All targets that {@link #find} can give. */
    List<Target> targets();

    /** The answer to bytes that are no request: an error body for the status, with a text that the client may see. */
    Response<Payload> refuse(Status status, String detail);

    /**
     * The answer to a request that the transport turns down (too large, too slow) or that failed in its hands: an error body that is of
     * this request, for the status, with a text that the client may see.
     */
    Response<Payload> refuse(Request request, Status status, String detail);
}
