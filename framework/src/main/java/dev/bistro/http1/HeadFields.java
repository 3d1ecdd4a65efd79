package dev.bistro.http1;

import dev.bistro.http.Status;

/**
 * The header fields of a request's head as they came, and what they say of the message itself: host, framing, and the
 * connection. All of that is decided once: a client sends the same fields with many requests, of which {@link
 * RequestParser} gives the same object.
 *
 * <p>Owner of the fields: the connection's owner. They are written once, and what is written follows from the fields.
 */
final class HeadFields {
    private final FieldLines lines;
    private final int minorVersion;
    private final boolean tellsOfClient;
    private String host; // null until it is checked; empty if there is none
    private BodyFraming framing; // null until it is decided
    private Boolean expectsContinue; // null until it is decided
    private Boolean keepsAlive; // null until it is decided

    HeadFields(FieldLines lines, int minorVersion) {
        this.lines = lines;
        this.minorVersion = minorVersion;
        this.tellsOfClient = lines.hasForwarded();
    }

    FieldLines lines() {
        return lines;
    }

    int minorVersion() {
        return minorVersion;
    }

    /** Whether there is a field in which proxies tell what they know of the client. */
    boolean tellsOfClient() {
        return tellsOfClient;
    }

    /** The value of the Host field, empty if there is none. Rejects fields that contradict each other, or the rules. */
    String checkedHost() throws Rejection {
        if (host == null) {
            String value = host();
            checkContentType();
            host = value;
        }
        return host;
    }

    /**
     * A request of HTTP/1.1 has Host, none has it twice, and its value is empty or a host with an optional port (RFC
     * 9112, section 3.2).
     */
    private String host() throws Rejection {
        int index = lines.indexOf("Host", 0);
        if (index < 0 ? minorVersion > 0 : lines.indexOf("Host", index + 1) >= 0) {
            throw Rejection.badRequest("A request has exactly one Host header field.");
        }
        String value = index < 0 ? "" : lines.value(index);
        if (!value.isEmpty() && !Authority.isValid(value)) {
            throw Rejection.badRequest("The Host header field isn't a host, or a host, a colon and a port.");
        }
        return value;
    }

    /**
     * Rejects Content-Type fields that differ, since other readers of the request may use another one (RFC 9110,
     * section 8.3).
     */
    private void checkContentType() throws Rejection {
        int first = lines.indexOf("Content-Type", 0);
        for (int i = first; i >= 0; i = lines.indexOf("Content-Type", i + 1)) {
            if (!lines.value(i).equals(lines.value(first))) {
                throw Rejection.badRequest(
                        "A request has one Content-Type header field, or several that are the same.");
            }
        }
    }

    /** How long the body is. */
    BodyFraming framing() throws Rejection {
        if (framing == null) {
            framing = BodyFraming.of(lines, minorVersion);
        }
        return framing;
    }

    /** Whether the client wants the connection to stay open (RFC 9112, section 9.3). */
    boolean keepsAlive() {
        if (keepsAlive == null) {
            keepsAlive = (minorVersion > 0 || hasConnectionOption("keep-alive")) && !hasConnectionOption("close");
        }
        return keepsAlive;
    }

    private boolean hasConnectionOption(String option) {
        for (int i = lines.indexOf("Connection", 0); i >= 0; i = lines.indexOf("Connection", i + 1)) {
            String value = lines.value(i);
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
        if (expectsContinue == null) {
            expectsContinue = readExpectations();
        }
        return expectsContinue;
    }

    private boolean readExpectations() throws Rejection {
        int index = minorVersion == 0 ? -1 : lines.indexOf("Expect", 0);
        boolean expects = false;
        for (; index >= 0; index = lines.indexOf("Expect", index + 1)) {
            for (String expectation : lines.value(index).split(",")) {
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
