package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.List;

/**
 * A request that is answered with an error instead of by the application, or the part of a body that it can't have.
 * The connection is closed after the error response.
 */
final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Headers RETRY_AFTER = Headers.of("Retry-After", "1");

    private final transient Status status;
    private final boolean forMemory;

    /** Rejects with a status, and a text that the client may see. */
    Rejection(Status status, String detail) {
        this(status, detail, false);
    }

    private Rejection(Status status, String detail, boolean forMemory) {
        super(detail, null, false, false);
        this.status = status;
        this.forMemory = forMemory;
    }

    static Rejection badRequest(String detail) {
        return new Rejection(Status.BAD_REQUEST, detail);
    }

    static Rejection timeout() {
        return new Rejection(Status.REQUEST_TIMEOUT, "The request took too long to come.");
    }

    static Rejection noMemory() {
        return new Rejection(Status.SERVICE_UNAVAILABLE, "The server has no room for the request's body now.", true);
    }

    static Rejection stopping() {
        return new Rejection(Status.SERVICE_UNAVAILABLE, "The server is stopping.");
    }

    Status status() {
        return status;
    }

    /** Whether the server's memory for clients was used up. */
    boolean isForMemory() {
        return forMemory;
    }

    private static boolean isTemporary(Status status) {
        return status.equals(Status.SERVICE_UNAVAILABLE);
    }

    /** The exception for an application that is reading the body. */
    HttpException asException() {
        Headers headers = isTemporary(status) ? RETRY_AFTER : Headers.empty();
        return new HttpException(status, getMessage(), headers, List.of());
    }

    /** The error response, with {@code Retry-After} if its status is 503 (RFC 9110, section 10.2.3). */
    static Response<Payload> withRetryAfter(Response<Payload> refusal) {
        return isTemporary(refusal.status()) ? refusal.withHeader(RETRY_AFTER.name(0), RETRY_AFTER.value(0)) : refusal;
    }
}
