package dev.bistro.http;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A response: status, headers, and a body that is still a value of your own. Immutable; {@link #withHeader} and the
 * like return a copy.
 *
 * <pre>{@code
 * return Response.created("/api/products/" + added.id(), added);
 * return Response.ok(page).withHeader("Cache-Control", "no-store");
 * }</pre>
 *
 * @param <T> the type of the body
 */
public final class Response<T> {
    private final Status status; // null until the response is there
    private final FieldList headers;
    private final T body;

    /** The promise of a response that isn't there yet. Only Bistro makes these. */
    public interface Later {
        /** This promise with a change that is made when the response is there. */
        Later map(UnaryOperator<Response<Payload>> change);
    }

    private Response(Status status, Headers headers, T body) {
        this.status = status;
        this.headers = FieldList.copyOf(headers);
        this.body = body;
    }

    /**
     * A response of these parts.
     *
     * @throws IllegalArgumentException if the headers are of a class of your own, with a name or value that no header
     *     may have
     */
    public static <T> Response<T> of(Status status, Headers headers, T body) {
        return new Response<>(status, headers, body);
    }

    /** 200 with a body. */
    public static <T> Response<T> ok(T body) {
        return new Response<>(Status.OK, Headers.empty(), body);
    }

    /**
     * 201 with a body, and the address of what was created, which has to be percent-encoded where needed.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static <T> Response<T> created(String location, T body) {
        return new Response<>(Status.CREATED, Headers.of("Location", location), body);
    }

    /** 204, no body. */
    public static Response<Void> noContent() {
        return status(Status.NO_CONTENT);
    }

    /**
     * A status without a body: {@code Response.status(202)}. Where a method answers with a body otherwise, {@link
     * #withoutBody} makes it fit: {@code Response.status(304).withoutBody()}.
     *
     * @throws IllegalArgumentException if the code is not from 100 to 599
     */
    public static Response<Void> status(int code) {
        return status(Status.of(code));
    }

    /** A status without a body: {@code Response.status(Status.ACCEPTED)}. */
    public static Response<Void> status(Status status) {
        return new Response<>(status, Headers.empty(), null);
    }

    /**
     * 301: the resource has another address for good. Browsers go on with a GET, whatever the method was.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static Response<Void> movedPermanently(String location) {
        return redirect(Status.MOVED_PERMANENTLY, location);
    }

    /**
     * 302: the resource has another address for now. Browsers go on with a GET, whatever the method was.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static Response<Void> found(String location) {
        return redirect(Status.FOUND, location);
    }

    /**
     * 303: the client goes on with a GET of that address, so that a reload of the page doesn't send a form again. The
     * usual answer to a form's POST.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static Response<Void> seeOther(String location) {
        return redirect(Status.SEE_OTHER, location);
    }

    /**
     * 307: the client repeats the request, with its method and body, at another address for now.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static Response<Void> temporaryRedirect(String location) {
        return redirect(Status.TEMPORARY_REDIRECT, location);
    }

    /**
     * 308: the client repeats the request, with its method and body, at another address, which the resource has for
     * good.
     *
     * @throws IllegalArgumentException if the address has a character that no header may have
     */
    public static Response<Void> permanentRedirect(String location) {
        return redirect(Status.PERMANENT_REDIRECT, location);
    }

    private static Response<Void> redirect(Status status, String location) {
        return new Response<>(status, Headers.of("Location", location), null);
    }

    /**
     * A response that isn't there yet, as filters see it: it can be changed, which is done when it is there, but its
     * parts can't be read.
     */
    @SuppressWarnings("unchecked") // never read as a T: body() throws until the response is there
    public static <T> Response<T> later(Later pending) {
        return new Response<>(null, Headers.empty(), (T) pending);
    }

    /** The promise of this response, if it isn't there yet; empty if it is. */
    public Optional<Later> pending() {
        return isThere() ? Optional.empty() : Optional.of((Later) (Object) body);
    }

    private boolean isThere() {
        return status != null;
    }

    private void requireThere() {
        if (!isThere()) {
            throw new IllegalStateException(
                    "This response isn't there yet; to look into it when it is: chain.proceed(response -> …)");
        }
    }

    /**
     * The status.
     *
     * @throws IllegalStateException if the response isn't there yet, which a filter may meet: {@link Chain#proceed()}
     */
    public Status status() {
        requireThere();
        return status;
    }

    /**
     * The headers.
     *
     * @throws IllegalStateException if the response isn't there yet, which a filter may meet: {@link Chain#proceed()}
     */
    public Headers headers() {
        requireThere();
        return headers;
    }

    /**
     * The body.
     *
     * @throws IllegalStateException if the response isn't there yet, which a filter may meet: {@link Chain#proceed()}
     */
    public Optional<T> body() {
        requireThere();
        return Optional.ofNullable(body);
    }

    /**
     * This response with another status: {@code withStatus(202)}.
     *
     * @throws IllegalArgumentException if the code is not from 100 to 599
     */
    public Response<T> withStatus(int code) {
        return withStatus(Status.of(code));
    }

    /** This response with another status. */
    public Response<T> withStatus(Status other) {
        return isThere() ? new Response<>(other, headers, body) : whenThere(there -> there.withStatus(other));
    }

    /** This response with other headers. */
    public Response<T> withHeaders(Headers others) {
        return isThere() ? new Response<>(status, others, body) : whenThere(there -> there.withHeaders(others));
    }

    @SuppressWarnings("unchecked") // what is waited for may hold any body, since who made this response writes it then
    private <U> Response<U> whenThere(Function<Response<T>, Response<U>> change) {
        Later pending = pending().orElseThrow();
        return later(pending.map(there -> (Response<Payload>) change.apply((Response<T>) there)));
    }

    /**
     * This response with the header fields of this name replaced by one.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public Response<T> withHeader(String name, String value) {
        return isThere() ? withHeaders(headers.with(name, value)) : whenThere(there -> there.withHeader(name, value));
    }

    /**
     * This response with one more header field.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public Response<T> plusHeader(String name, String value) {
        return isThere() ? withHeaders(headers.plus(name, value)) : whenThere(there -> there.plusHeader(name, value));
    }

    /**
     * This response with one more cookie for the client to keep. It replaces a cookie of the same name, since a
     * response must not set a cookie twice (RFC 6265, section 4.1.1).
     */
    public Response<T> withCookie(Cookie cookie) {
        if (!isThere()) {
            return whenThere(there -> there.withCookie(cookie));
        }
        String same = cookie.name() + "=";
        return withHeaders(headers.keep(index -> !headers.name(index).equalsIgnoreCase("Set-Cookie")
                        || !headers.value(index).startsWith(same))
                .append("Set-Cookie", cookie.headerValue()));
    }

    /** This response with another body. */
    public <U> Response<U> withBody(U other) {
        return isThere() ? new Response<>(status, headers, other) : whenThere(there -> there.withBody(other));
    }

    /**
     * This response without its body, and of any type: {@code Response<Product> none =
     * Response.noContent().withoutBody()}.
     */
    public <U> Response<U> withoutBody() {
        return isThere() ? new Response<>(status, headers, null) : whenThere(Response::withoutBody);
    }

    @Override
    public String toString() {
        if (!isThere()) {
            return "not there yet";
        }
        return body == null ? status.toString() : status + ": " + body;
    }
}
