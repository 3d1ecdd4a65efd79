package dev.bistro.http;

/** 403: the client isn't allowed to do this. */
public class ForbiddenException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public ForbiddenException(String detail) {
        super(Status.FORBIDDEN, detail);
    }
}
