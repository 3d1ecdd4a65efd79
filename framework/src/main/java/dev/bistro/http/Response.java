package dev.bistro.http;

import java.util.Optional;

/**
 * A response: status, headers, and a body that is still a value. Immutable; {@link #withHeader} and its kin return a copy.
 *
 * <pre>{@code
 * return Response.created("/api/products/" + added.id(), added);
 * return Response.ok(page).withHeader("Cache-Control", "no-store");
 * }</pre>
 *
 * @param <T> the type of the body
 */
public final class Response<T> {
    private final Status status;
    private final FieldList headers;
    private final T body;

    private Response(Status status, Headers headers, T body) {
        this.status = status;
        this.headers = FieldList.copyOf(headers);
        this.body = body;
    }

    /**
     * A response of these parts.
     *
     * @throws IllegalArgumentException if the headers aren't ours, and one of them couldn't be written
     */
    public static <T> Response<T> of(Status status, Headers headers, T body) {
        return new Response<>(status, headers, body);
    }

    /** 200 with a body. */
    public static <T> Response<T> ok(T body) {
        return new Response<>(Status.OK, Headers.empty(), body);
    }

    /**
     * 201 with a body and the address of what was created, percent-encoded where needed.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static <T> Response<T> created(String location, T body) {
        return new Response<>(Status.CREATED, Headers.of("Location", location), body);
    }

    /** 204, no body. */
    public static <T> Response<T> noContent() {
        return status(Status.NO_CONTENT);
    }

    /** A status without a body. */
    public static <T> Response<T> status(Status status) {
        return new Response<>(status, Headers.empty(), null);
    }

    /**
     * A status without a body: {@code Response.status(202)}.
     *
     * @throws IllegalArgumentException if the code is not from 100 to 599
     */
    public static <T> Response<T> status(int code) {
        return status(Status.of(code));
    }

    /**
     * 303: the client goes on with a GET of that address; what a form's POST is best answered with.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static <T> Response<T> seeOther(String location) {
        return Response.<T>status(Status.SEE_OTHER).withHeader("Location", location);
    }

    /** The status. */
    public Status status() {
        return status;
    }

    /** The headers. */
    public Headers headers() {
        return headers;
    }

    /** The body. */
    public Optional<T> body() {
        return Optional.ofNullable(body);
    }

    /** This response with another status. */
    public Response<T> withStatus(Status other) {
        return new Response<>(other, headers, body);
    }

    /** This response with other headers. */
    public Response<T> withHeaders(Headers others) {
        return new Response<>(status, others, body);
    }

    /**
     * This response with the header fields of this name replaced by one.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public Response<T> withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /**
     * This response with one more header field.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public Response<T> plusHeader(String name, String value) {
        return withHeaders(headers.plus(name, value));
    }

    /**
     * This response with one more cookie for the client to keep; it replaces one of the same name, since a response must not set a cookie
     * twice (RFC 6265, section 4.1.1).
     */
    public Response<T> withCookie(Cookie cookie) {
        String same = cookie.name() + "=";
        return withHeaders(headers.keep(index -> !headers.name(index).equalsIgnoreCase("Set-Cookie")
                        || !headers.value(index).startsWith(same))
                .append("Set-Cookie", cookie.headerValue()));
    }

    /** This response with another body. */
    public <U> Response<U> withBody(U other) {
        return new Response<>(status, headers, other);
    }

    @Override
    public String toString() {
        return body == null ? status.toString() : status + ": " + body;
    }
}
