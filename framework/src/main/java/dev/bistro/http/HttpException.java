package dev.bistro.http;

import java.util.List;
import java.util.Objects;

/**
 * A fault that the client is told about: a status, and a text that may be shown to anybody. It is answered as
 * {@code application/problem+json}, or as an HTML page to a browser.
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
     * A fault with a text for the client, headers for the response, and a list of the values that are wrong. If the
     * text is null, the status's reason takes its place, so that another exception's message, which may be missing, can
     * be passed on.
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

    /** The values that are wrong, if the fault is about values. */
    public List<InvalidValue> errors() {
        return errors;
    }
}
