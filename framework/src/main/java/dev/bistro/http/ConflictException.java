package dev.bistro.http;

/** 409: the request conflicts with the state of things. */
public class ConflictException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public ConflictException(String detail) {
        super(Status.CONFLICT, detail);
    }
}
