package dev.bistro.http;

/**
 * A response status: {@code Status.of(404)} is {@link #NOT_FOUND}, its reason {@code "Not Found"}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15">RFC 9110, section 15</a>
 */
public final class Status {
    private static final Status[] BY_CODE = new Status[600];

    public static final Status CONTINUE = known(100, "Continue");
    public static final Status SWITCHING_PROTOCOLS = known(101, "Switching Protocols");
    public static final Status OK = known(200, "OK");
    public static final Status CREATED = known(201, "Created");
    public static final Status ACCEPTED = known(202, "Accepted");
    public static final Status NO_CONTENT = known(204, "No Content");
    public static final Status RESET_CONTENT = known(205, "Reset Content");
    public static final Status PARTIAL_CONTENT = known(206, "Partial Content");
    public static final Status MOVED_PERMANENTLY = known(301, "Moved Permanently");
    public static final Status FOUND = known(302, "Found");
    public static final Status SEE_OTHER = known(303, "See Other");
    public static final Status NOT_MODIFIED = known(304, "Not Modified");
    public static final Status TEMPORARY_REDIRECT = known(307, "Temporary Redirect");
    public static final Status PERMANENT_REDIRECT = known(308, "Permanent Redirect");
    public static final Status BAD_REQUEST = known(400, "Bad Request");
    public static final Status UNAUTHORIZED = known(401, "Unauthorized");
    public static final Status FORBIDDEN = known(403, "Forbidden");
    public static final Status NOT_FOUND = known(404, "Not Found");
    public static final Status METHOD_NOT_ALLOWED = known(405, "Method Not Allowed");
    public static final Status NOT_ACCEPTABLE = known(406, "Not Acceptable");
    public static final Status REQUEST_TIMEOUT = known(408, "Request Timeout");
    public static final Status CONFLICT = known(409, "Conflict");
    public static final Status GONE = known(410, "Gone");
    public static final Status LENGTH_REQUIRED = known(411, "Length Required");
    public static final Status PRECONDITION_FAILED = known(412, "Precondition Failed");
    public static final Status CONTENT_TOO_LARGE = known(413, "Content Too Large");
    public static final Status URI_TOO_LONG = known(414, "URI Too Long");
    public static final Status UNSUPPORTED_MEDIA_TYPE = known(415, "Unsupported Media Type");
    public static final Status RANGE_NOT_SATISFIABLE = known(416, "Range Not Satisfiable");
    public static final Status EXPECTATION_FAILED = known(417, "Expectation Failed");
    public static final Status UNPROCESSABLE_CONTENT = known(422, "Unprocessable Content");
    public static final Status UPGRADE_REQUIRED = known(426, "Upgrade Required");
    public static final Status PRECONDITION_REQUIRED = known(428, "Precondition Required");
    public static final Status TOO_MANY_REQUESTS = known(429, "Too Many Requests");
    public static final Status REQUEST_HEADER_FIELDS_TOO_LARGE = known(431, "Request Header Fields Too Large");
    public static final Status INTERNAL_SERVER_ERROR = known(500, "Internal Server Error");
    public static final Status NOT_IMPLEMENTED = known(501, "Not Implemented");
    public static final Status BAD_GATEWAY = known(502, "Bad Gateway");
    public static final Status SERVICE_UNAVAILABLE = known(503, "Service Unavailable");
    public static final Status GATEWAY_TIMEOUT = known(504, "Gateway Timeout");
    public static final Status HTTP_VERSION_NOT_SUPPORTED = known(505, "HTTP Version Not Supported");

    private static final String[] CLASSES = {"Informational", "Success", "Redirection", "Client Error", "Server Error"};

    static {
        known(102, "Processing");
        known(103, "Early Hints");
        known(203, "Non-Authoritative Information");
        known(207, "Multi-Status");
        known(208, "Already Reported");
        known(226, "IM Used");
        known(300, "Multiple Choices");
        known(305, "Use Proxy");
        known(402, "Payment Required");
        known(407, "Proxy Authentication Required");
        known(421, "Misdirected Request");
        known(423, "Locked");
        known(424, "Failed Dependency");
        known(425, "Too Early");
        known(451, "Unavailable For Legal Reasons");
        known(506, "Variant Also Negotiates");
        known(507, "Insufficient Storage");
        known(508, "Loop Detected");
        known(510, "Not Extended");
        known(511, "Network Authentication Required");
        for (int code = 100; code < BY_CODE.length; code++) {
            if (BY_CODE[code] == null) {
                BY_CODE[code] = new Status(code, CLASSES[code / 100 - 1]);
            }
        }
    }

    private final int code;
    private final String reason;

    private Status(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    private static Status known(int code, String reason) {
        return BY_CODE[code] = new Status(code, reason);
    }

    /**
     * The status of a code.
     *
     * @throws IllegalArgumentException if the code is not from 100 to 599
     */
    public static Status of(int code) {
        if (code < 100 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("Not a status code: " + code + " (they go from 100 to 599)");
        }
        return BY_CODE[code];
    }

    /** The three-digit code. */
    public int code() {
        return code;
    }

    /** The reason phrase; for an unregistered code, the name of its class: {@code "Client Error"}. */
    public String reason() {
        return reason;
    }

    /**
     * Whether responses with this status have no body, whatever the request was: 1xx, 204 and 304 (RFC 9110, section
     * 6.4.1).
     */
    public boolean forbidsBody() {
        return code < 200 || code == 204 || code == 304;
    }

    /** Whether the code is 400 or above. */
    public boolean isError() {
        return code >= 400;
    }

    @Override
    public String toString() {
        return code + " " + reason;
    }
}
