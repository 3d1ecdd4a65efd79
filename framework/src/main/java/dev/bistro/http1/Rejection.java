package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.List;

/** A request that is answered with an error before it reaches the application, after which the connection is closed. */
final class Rejection extends Exception {
    static final String NO_ROOM = "The server has no room for the request's body now.";

    private static final long serialVersionUID = 1L;
    private static final Headers RETRY_AFTER = Headers.of("Retry-After", "1");

    private final transient Status status;

    /** A status, and a text that the client may see. */
    Rejection(Status status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    static Rejection badRequest(String detail) {
        return new Rejection(Status.BAD_REQUEST, detail);
    }

    static Rejection late() {
        return new Rejection(Status.REQUEST_TIMEOUT, "The request took too long to come.");
    }

    static Rejection noRoom() {
        return new Rejection(Status.SERVICE_UNAVAILABLE, NO_ROOM);
    }

    static Rejection stopping() {
        return new Rejection(Status.SERVICE_UNAVAILABLE, "The server is stopping.");
    }

    Status status() {
        return status;
    }

    private static boolean isForNow(Status status) {
        return status.equals(Status.SERVICE_UNAVAILABLE);
    }

    /** The same for the application, which has the request by now. */
    HttpException asException() {
        Headers headers = isForNow(status) ? RETRY_AFTER : Headers.empty();
        return new HttpException(status, getMessage(), headers, List.of());
    }

    /** A refusal; one that holds for now only says so (RFC 9110, section 10.2.3). */
    static Response<Payload> retried(Response<Payload> refusal) {
        return isForNow(refusal.status()) ? refusal.withHeader(RETRY_AFTER.name(0), RETRY_AFTER.value(0)) : refusal;
    }
}
