package dev.bistro.http;

import java.util.List;

/** 400: the request isn't valid. */
public class BadRequestException extends HttpException {
    private static final long serialVersionUID = 1L;

    /** A fault with a text for the client. */
    public BadRequestException(String detail) {
        this(detail, List.of());
    }

    /** A fault with a text for the client, and a list of the values that are wrong. */
    public BadRequestException(String detail, List<InvalidValue> errors) {
        super(Status.BAD_REQUEST, detail, Headers.empty(), errors);
    }
}
