package dev.bistro.http;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A fault that the client is told about: a status, and a text that may be shown to anybody. It is answered as
 * {@code application/problem+json}, or as an HTML page to a browser. More of the answer is said where it is thrown;
 * each of these methods returns a copy of the same class, so that one object can be thrown for many requests:
 *
 * <pre>{@code
 * throw new ConflictException("The balance is 30, but it costs 50")
 *         .withType(URI.create("https://example.org/problems/out-of-credit"))
 *         .withMember("balance", 30)
 *         .withHeader("Retry-After", "3600");
 *
 * throw new BadRequestException("The file is no image").withCause(e);    // the log has the cause, the client doesn't
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public class HttpException extends RuntimeException implements Cloneable {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final transient List<InvalidValue> errors;
    // of a copy, they are set before anybody else has it
    private transient Headers headers;
    private transient String type = ProblemDetail.NO_TYPE;
    private transient Map<String, Object> members = Map.of();
    // not that of Throwable, which is set for good once, and would make a copy's cause the exception it is a copy of
    private Throwable cause;

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

    /** The URI that names the kind of problem; {@code about:blank} where the status says enough. */
    public String type() {
        return type;
    }

    /** Further members of the problem, in their order. */
    public Map<String, Object> members() {
        return members;
    }

    /**
     * A copy with a header for the response, in the place of those of this name: {@code withHeader("Retry-After",
     * "120")}. A {@code Content-Type} isn't sent, since the body is a problem or a page.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public HttpException withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /**
     * A copy with one more header for the response: {@code plusHeader("WWW-Authenticate", "Bearer")}.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public HttpException plusHeader(String name, String value) {
        return withHeaders(headers.plus(name, value));
    }

    private HttpException withHeaders(Headers others) {
        HttpException copy = copy();
        copy.headers = others;
        return copy;
    }

    /**
     * A copy with a URI that names the kind of problem, at best the address of its description. A client tells problems
     * of the same status apart by it.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1">RFC 9457, section 3.1.1</a>
     */
    public HttpException withType(URI kind) {
        HttpException copy = copy();
        copy.type = kind.toASCIIString();
        return copy;
    }

    /**
     * A copy with a further member of the problem, in the place of one of this name: {@code withMember("balance", 30)}
     * is {@code "balance":30} in the JSON. The page for browsers doesn't show it, nor does the answer of a 500.
     *
     * @param value anything that can be written as JSON
     * @throws IllegalArgumentException if the name isn't a letter and then letters, digits and underscores, or is that
     *     of a member which problems have anyway: {@code type}, {@code title}, {@code status}, {@code detail},
     *     {@code instance}, {@code requestId}, {@code errors}, {@code development}
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3.2">RFC 9457, section 3.2</a>
     */
    public HttpException withMember(String name, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(ProblemDetail.requireExtension(name), Objects.requireNonNull(value, name));
        HttpException copy = copy();
        copy.members = Collections.unmodifiableMap(more);
        return copy;
    }

    /** A copy with the exception that led to it: for the log, never for the client. */
    public HttpException withCause(Throwable reason) {
        HttpException copy = copy();
        copy.cause = reason;
        return copy;
    }

    private HttpException copy() {
        try {
            return (HttpException) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("It is Cloneable", e);
        }
    }

    /** The exception that led to it, or null. */
    @Override
    public synchronized Throwable getCause() {
        return cause;
    }

    /**
     * Sets the cause of this exception itself, which can be done once; {@link #withCause} makes a copy.
     *
     * @throws IllegalStateException if it has a cause already
     */
    @Override
    public synchronized Throwable initCause(Throwable reason) {
        if (cause != null) {
            throw new IllegalStateException("The cause is set already", this);
        }
        if (reason == this) {
            throw new IllegalArgumentException("It can't be its own cause", this);
        }
        cause = reason;
        return this;
    }
}
