package dev.bistro.http1;

/**
 * A header field in which a proxy tells what it knows of the client.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239</a>
 */
public enum ForwardedHeader {
    /** The addresses that the proxies were reached from, the client's first. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** {@code http} or {@code https}. */
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    /** The host that the client asked for, with a port or without. */
    X_FORWARDED_HOST("X-Forwarded-Host"),
    /** The port that the client asked for. */
    X_FORWARDED_PORT("X-Forwarded-Port"),
    /** What the proxy has taken off the beginning of the path. */
    X_FORWARDED_PREFIX("X-Forwarded-Prefix"),
    /** Addresses, scheme and host in one field. */
    FORWARDED("Forwarded");

    private final String fieldName;

    ForwardedHeader(String fieldName) {
        this.fieldName = fieldName;
    }

    String fieldName() {
        return fieldName;
    }
}
