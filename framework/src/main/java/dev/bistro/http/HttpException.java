package dev.bistro.http;

import java.util.List;
import java.util.Objects;

/**
 * A fault that the client is told of: a status, and a text that we are willing to show. It is answered as
 * {@code application/problem+json}, or as HTML to a browser.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final transient Headers headers;
    private final transient List<InvalidValue> errors;

    /** A fault with a text for the client. */
    public HttpException(Status status, String detail) {
        this(status, detail, Headers.empty(), List.of());
    }

    /**
     * A fault with a text for the client, headers for the response, and the values that are wrong one by one. Without a text it has the
     * status's reason, so that another exception's message, which may be missing, can be passed on.
     */
    public HttpException(Status status, String detail, Headers headers, List<InvalidValue> errors) {
        super(Objects.requireNonNullElse(detail, status.reason()));
        this.status = status;
        this.headers = headers;
        this.errors = List.copyOf(errors);
    }

    /** The response's status. */
    public Status status() {
        return status;
    }

    /** The text for the client. */
    public String detail() {
        return getMessage();
    }

    /** Headers for the response, such as {@code Allow} of a 405. */
    public Headers headers() {
        return headers;
    }

    /** The values that are wrong, if it is about values. */
    public List<InvalidValue> errors() {
        return errors;
    }
}
