package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Status;
import dev.bistro.http.Tokens;

/**
 * How long a request's body is. This is the only place that decides it: where two readers of one request decide
 * differently, a request can be smuggled past one of them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section 6.3</a>
 */
sealed interface BodyFraming {
    /** There is no body. */
    record None() implements BodyFraming {}

    /** The body has this many bytes, at least one. */
    record Length(long bytes) implements BodyFraming {}

    /** The body comes in chunks. */
    record Chunked() implements BodyFraming {}

    /** The most digits that a length may have, so that none overflows (RFC 9112, section 6.3). */
    int MAX_LENGTH_DIGITS = 18;

    BodyFraming NONE = new None();
    BodyFraming CHUNKED = new Chunked();

    /** Decides by the header fields; rejects what is ambiguous or not in the grammar. */
    static BodyFraming of(Headers headers, int minorVersion) throws Rejection {
        int transferEncoding = headers.indexOf("Transfer-Encoding", 0);
        int contentLength = headers.indexOf("Content-Length", 0);
        if (transferEncoding < 0) {
            return contentLength < 0 ? NONE : length(headers, contentLength);
        }
        if (contentLength >= 0) {
            throw Rejection.badRequest("A request may not have both Transfer-Encoding and Content-Length.");
        }
        if (minorVersion == 0) {
            throw Rejection.badRequest("A request of HTTP/1.0 may not have Transfer-Encoding.");
        }
        if (headers.indexOf("Transfer-Encoding", transferEncoding + 1) >= 0) {
            throw Rejection.badRequest("A request may not have Transfer-Encoding twice.");
        }
        String codings = headers.value(transferEncoding);
        if (!codings.equalsIgnoreCase("chunked")) {
            throw unreadable(codings);
        }
        return CHUNKED;
    }

    /**
     * Why codings other than {@code chunked} alone can't be read (RFC 9112, sections 6.1 and 6.3). A coding before
     * {@code chunked} isn't implemented; where {@code chunked} isn't last, or is there twice, the body's end is
     * unknown.
     */
    private static Rejection unreadable(String value) {
        String[] codings = value.split(",", -1);
        int last = codings.length - 1;
        boolean endsInChunked = codings[last].strip().equalsIgnoreCase("chunked");
        for (int i = 0; i < last; i++) {
            String name = codings[i].split(";", -1)[0].strip();
            endsInChunked &= Tokens.isToken(name) && !name.equalsIgnoreCase("chunked");
        }
        return endsInChunked
                ? new Rejection(Status.NOT_IMPLEMENTED, "The one transfer coding that is read here is chunked.")
                : Rejection.badRequest("Transfer-Encoding doesn't end in chunked, or has it twice.");
    }

    private static BodyFraming length(Headers headers, int index) throws Rejection {
        if (headers.indexOf("Content-Length", index + 1) >= 0) {
            throw Rejection.badRequest("A request may not have Content-Length twice.");
        }
        String value = headers.value(index);
        if (value.isEmpty()
                || value.length() > MAX_LENGTH_DIGITS
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Rejection.badRequest("Content-Length isn't a number of bytes.");
        }
        long bytes = Long.parseLong(value);
        return bytes == 0 ? NONE : new Length(bytes);
    }
}
