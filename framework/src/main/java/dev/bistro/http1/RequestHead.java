package dev.bistro.http1;

import dev.bistro.http.Method;
import dev.bistro.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A complete request head, and the rules for what is in it. The body's framing is decided by {@link BodyFraming}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3">RFC 9112, section 3</a>
 */
final class RequestHead {
    private static final String HTTP_11 = "HTTP/1.1";
    private static final byte[] GET = "GET".getBytes(StandardCharsets.US_ASCII);

    private final int minorVersion;
    private final Method method;
    private FieldLines headers;
    private final String target;
    private String path;
    private String query;
    private String authority;

    RequestHead(byte[] bytes, int start, int methodEnd, int targetEnd, int minorVersion, FieldLines headers) {
        this.minorVersion = minorVersion;
        this.method = method(bytes, start, methodEnd);
        this.target = new String(bytes, methodEnd + 1, targetEnd - methodEnd - 1, StandardCharsets.ISO_8859_1);
        this.headers = headers;
    }

    private static Method method(byte[] bytes, int start, int end) {
        boolean get =
                end - start == 3 && bytes[start] == GET[0] && bytes[start + 1] == GET[1] && bytes[start + 2] == GET[2];
        return get ? Method.GET : Method.of(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
    }

    /** Checks the head against the rules. */
    RequestHead check() throws Rejection {
        readTarget();
        checkHost();
        checkContentType();
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

    /**
     * A request of HTTP/1.1 has Host, none has it twice, and its value is empty or a host with an optional port (RFC
     * 9112, section 3.2). The authority of an absolute target takes precedence.
     */
    private void checkHost() throws Rejection {
        int host = headers.indexOf("Host", 0);
        if (host < 0 ? minorVersion > 0 : headers.indexOf("Host", host + 1) >= 0) {
            throw Rejection.badRequest("A request has exactly one Host header field.");
        }
        String value = host < 0 ? "" : headers.value(host);
        if (value.isEmpty()) {
            return;
        }
        if (!Authority.isValid(value)) {
            throw Rejection.badRequest("The Host header field isn't a host, or a host, a colon and a port.");
        }
        if (authority == null) {
            authority = value;
        }
    }

    /**
     * Rejects Content-Type fields that differ, since other readers of the request may use another one (RFC 9110,
     * section 8.3).
     */
    private void checkContentType() throws Rejection {
        int first = headers.indexOf("Content-Type", 0);
        for (int i = first; i >= 0; i = headers.indexOf("Content-Type", i + 1)) {
            if (!headers.value(i).equals(headers.value(first))) {
                throw Rejection.badRequest(
                        "A request has one Content-Type header field, or several that are the same.");
            }
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
        return minorVersion == 1 ? HTTP_11 : "HTTP/1." + minorVersion;
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

    FieldLines headers() {
        return headers;
    }

    /** Replaces the header fields by some of them. */
    void setHeaders(FieldLines fewer) {
        headers = fewer;
    }

    boolean isHttp10() {
        return minorVersion == 0;
    }

    /** Whether the client wants the connection to stay open (RFC 9112, section 9.3). */
    boolean keepsAlive() {
        if (minorVersion > 0) {
            return !hasConnectionOption("close");
        }
        return hasConnectionOption("keep-alive") && !hasConnectionOption("close");
    }

    private boolean hasConnectionOption(String option) {
        for (int i = headers.indexOf("Connection", 0); i >= 0; i = headers.indexOf("Connection", i + 1)) {
            String value = headers.value(i);
            if (value.equalsIgnoreCase(option)) {
                return true;
            }
            if (value.indexOf(',') >= 0 && listContains(value, option)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listContains(String value, String option) {
        for (String item : value.split(",")) {
            if (item.strip().equalsIgnoreCase(option)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the client waits for 100 (Continue) before it sends the body (RFC 9110, section 10.1.1). The field is a
     * list, and there may be several; those of HTTP/1.0 are ignored.
     */
    boolean expectsContinue() throws Rejection {
        int index = minorVersion == 0 ? -1 : headers.indexOf("Expect", 0);
        boolean expects = false;
        for (; index >= 0; index = headers.indexOf("Expect", index + 1)) {
            for (String expectation : headers.value(index).split(",")) {
                expects |= isContinue(expectation.strip());
            }
        }
        return expects;
    }

    /** Whether this is {@code 100-continue}; false if it is empty, and rejected if it is anything else. */
    private static boolean isContinue(String expectation) throws Rejection {
        if (expectation.equalsIgnoreCase("100-continue")) {
            return true;
        }
        if (expectation.isEmpty()) {
            return false; // RFC 9110, section 5.6.1.2: empty elements of a list are ignored
        }
        throw new Rejection(Status.EXPECTATION_FAILED, "The one expectation that can be met is 100-continue.");
    }
}
