package dev.bistro.http1;

import dev.bistro.http.Method;
import dev.bistro.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A complete request head, and the rules for what is in its first line; those for its fields are in {@link HeadFields}.
 * It is immutable once it is {@linkplain #check checked}, except where {@link #setHeaders} takes fields off.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3">RFC 9112, section 3</a>
 */
final class RequestHead {
    private static final String HTTP_11 = "HTTP/1.1";
    private static final byte[] GET = "GET".getBytes(StandardCharsets.US_ASCII);

    private final HeadFields fields;
    private final Method method;
    private final String target;
    private FieldLines headers;
    private String path;
    private String query;
    private String authority;

    /**
     * A head that isn't checked yet.
     *
     * @param line method and target, each with its space
     */
    RequestHead(byte[] line, int methodEnd, HeadFields fields) {
        this.fields = fields;
        this.method = method(line, methodEnd);
        this.target = new String(line, methodEnd + 1, line.length - methodEnd - 2, StandardCharsets.ISO_8859_1);
        this.headers = fields.lines();
    }

    private static Method method(byte[] line, int end) {
        boolean get = Arrays.equals(line, 0, end, GET, 0, GET.length);
        return get ? Method.GET : Method.of(new String(line, 0, end, StandardCharsets.ISO_8859_1));
    }

    /** Checks the head against the rules; the authority of an absolute target takes precedence over Host. */
    RequestHead check() throws Rejection {
        if (path == null) {
            readTarget();
            String host = fields.checkedHost();
            authority = authority == null && !host.isEmpty() ? host : authority;
        }
        return this;
    }

    /** Reads the target, which has one of four forms (RFC 9112, section 3.2). */
    private void readTarget() throws Rejection {
        if (method.equals(Method.CONNECT)) {
            throw new Rejection(Status.NOT_IMPLEMENTED, "This server is no proxy.");
        }
        if (target.charAt(0) == '/') {
            splitTarget(0);
        } else if (target.equals("*") && method.equals(Method.OPTIONS)) {
            path = target;
        } else {
            readAbsoluteForm();
        }
    }

    private void readAbsoluteForm() throws Rejection {
        String lower = target.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (start < 0) {
            throw Rejection.badRequest("The request target is neither a path nor an http address.");
        }
        int end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        authority = target.substring(start, end);
        if (!Authority.isValid(authority)) {
            throw Rejection.badRequest("The request target's host isn't valid.");
        }
        if (end == target.length() && method.equals(Method.OPTIONS)) {
            path = "*"; // RFC 9112, section 3.2.4
        } else {
            splitTarget(end);
        }
    }

    private void splitTarget(int from) throws Rejection {
        int question = target.indexOf('?', from);
        int end = question < 0 ? target.length() : question;
        path = end == from ? "/" : target.substring(from, end);
        query = question < 0 ? null : target.substring(question + 1);
        if (path.indexOf('\\') >= 0) {
            throw Rejection.badRequest("A path may not have a backslash, which others read as a slash.");
        }
    }

    Method method() {
        return method;
    }

    /** The target as it was sent. */
    String target() {
        return target;
    }

    /** The version of HTTP: {@code HTTP/1.1}. */
    String protocol() {
        return fields.minorVersion() == 1 ? HTTP_11 : "HTTP/1." + fields.minorVersion();
    }

    String path() {
        return path;
    }

    /** The query string, or null. */
    String query() {
        return query;
    }

    /** The host and port that the request is for, or null. */
    String authority() {
        return authority;
    }

    /** The header fields as they came. */
    HeadFields fields() {
        return fields;
    }

    FieldLines headers() {
        return headers;
    }

    /** Replaces the header fields by some of them. */
    void setHeaders(FieldLines fewer) {
        headers = fewer;
    }

    boolean isHttp10() {
        return fields.minorVersion() == 0;
    }
}
