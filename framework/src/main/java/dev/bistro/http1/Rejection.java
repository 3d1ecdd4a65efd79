package dev.bistro.http1;

import dev.bistro.http.Status;

/** A request that is answered with an error before it reaches the application, after which the connection is closed. */
final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;

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

    Status status() {
        return status;
    }
}
