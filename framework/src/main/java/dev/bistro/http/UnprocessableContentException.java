package dev.bistro.http;

import java.util.List;

/** 422: the request is well-formed, but can't be done. */
public class UnprocessableContentException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public UnprocessableContentException(String detail) {
        this(detail, List.of());
    }

    /** A fault with a text for the client, and a list of the values that are wrong. */
    public UnprocessableContentException(String detail, List<InvalidValue> errors) {
        super(Status.UNPROCESSABLE_CONTENT, detail, Headers.empty(), errors);
    }
}
