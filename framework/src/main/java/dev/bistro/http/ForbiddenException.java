package dev.bistro.http;

/** 403: who asks is not allowed to. */
public class ForbiddenException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public ForbiddenException(String detail) {
        super(Status.FORBIDDEN, detail);
    }
}
