package dev.bistro.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie for a client to keep. By default it is for the whole site ({@code Path=/}), hidden from scripts
 * ({@code HttpOnly}), not sent with requests that other sites post here ({@code SameSite=Lax}), sent back over TLS only
 * if it was set over TLS ({@code Secure}), and forgotten when the browser is closed. Immutable: {@link #withPath} and
 * the like return a copy.
 *
 * <pre>{@code
 * return Response.ok(page).withCookie(Cookie.of("theme", "dark").withMaxAge(Duration.ofDays(30)));
 * // Set-Cookie: theme=dark; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.1">RFC 6265, section 4.1</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1">RFC 6265bis, section
 *     4.1, for SameSite and the prefixes</a>
 */
public final class Cookie {
    /** Whether a cookie is sent with requests that another site makes the browser send. */
    public enum SameSite {
        /** Never. */
        STRICT("Strict"),
        /** Only when the user follows a link to here. */
        LAX("Lax"),
        /** Always; browsers take such a cookie only if it is {@code Secure}. */
        NONE("None");

        private final String word;

        SameSite(String word) {
            this.word = word;
        }

        /** The word as it stands in a header: {@code "Lax"}. */
        @Override
        public String toString() {
            return word;
        }
    }

    private final String name;
    private final String value;
    private final String path;
    private final String domain;
    private final Duration maxAge;
    private final boolean secure;
    private final boolean httpOnly;
    private final SameSite sameSite;

    private Cookie(
            String name,
            String value,
            String path,
            String domain,
            Duration maxAge,
            boolean secure,
            boolean httpOnly,
            SameSite sameSite) {
        this.name = name;
        this.value = value;
        this.path = path;
        this.domain = domain;
        this.maxAge = maxAge;
        this.secure = secure;
        this.httpOnly = httpOnly;
        this.sameSite = sameSite;
        CookieRules.check(this);
    }

    /**
     * A cookie with the default attributes. If its name begins with {@code __Secure-} or {@code __Host-}, it is
     * {@code Secure} too, as those prefixes require.
     *
     * @throws IllegalArgumentException if the name is not a token, if the value has a control character, white space,
     *     or one of {@code " , ; \}, or a character outside ASCII, or if both together are longer than the 4096
     *     characters that browsers keep
     */
    public static Cookie of(String name, String value) {
        return new Cookie(name, value, "/", null, null, CookieRules.demandsSecure(name), true, SameSite.LAX);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The value. */
    public String value() {
        return value;
    }

    /** The path under which it is sent back. */
    public String path() {
        return path;
    }

    /** The domain whose hosts it is sent back to; empty for just the host that set it. */
    public Optional<String> domain() {
        return Optional.ofNullable(domain);
    }

    /** How long it is kept; empty if it is kept until the browser is closed. */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    /** Whether it is sent back over TLS only. */
    public boolean isSecure() {
        return secure;
    }

    /** Whether it is hidden from scripts. */
    public boolean isHttpOnly() {
        return httpOnly;
    }

    /** Whether it is sent with other sites' requests. */
    public SameSite sameSite() {
        return sameSite;
    }

    /**
     * This cookie with another value.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public Cookie withValue(String other) {
        return new Cookie(name, other, path, domain, maxAge, secure, httpOnly, sameSite);
    }

    /**
     * This cookie, sent back only under a path: {@code withPath("/shop")}.
     *
     * @throws IllegalArgumentException if the path doesn't begin with a slash, or has a semicolon, a control character
     *     or one outside ASCII; or if it isn't {@code /} for a {@code __Host-} cookie
     */
    public Cookie withPath(String other) {
        return new Cookie(name, value, other, domain, maxAge, secure, httpOnly, sameSite);
    }

    /**
     * This cookie, sent back to all hosts of a domain: {@code withDomain("example.com")} goes to
     * {@code www.example.com} as well.
     *
     * @throws IllegalArgumentException if it isn't a domain name (write an international one in its {@code xn--} form,
     *     and none with a leading dot), or for a {@code __Host-} cookie
     */
    public Cookie withDomain(String other) {
        return new Cookie(name, value, path, other, maxAge, secure, httpOnly, sameSite);
    }

    /**
     * This cookie, kept for so long. Zero makes the browser delete the cookie that it has of this name, path and
     * domain. Parts of a second are rounded up.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Cookie withMaxAge(Duration other) {
        return new Cookie(name, value, path, domain, other, secure, httpOnly, sameSite);
    }

    /**
     * This cookie, sent back over TLS only ({@code true}) or not only ({@code false}). A response over TLS makes each
     * cookie secure anyway.
     *
     * @throws IllegalArgumentException if it is false where the name's prefix or {@link SameSite#NONE} requires true
     */
    public Cookie withSecure(boolean other) {
        return new Cookie(name, value, path, domain, maxAge, other, httpOnly, sameSite);
    }

    /** This cookie, hidden from scripts or not. */
    public Cookie withHttpOnly(boolean other) {
        return new Cookie(name, value, path, domain, maxAge, secure, other, sameSite);
    }

    /** This cookie with another rule for other sites' requests; {@link SameSite#NONE} makes it secure too. */
    public Cookie withSameSite(SameSite other) {
        return new Cookie(name, value, path, domain, maxAge, secure || other == SameSite.NONE, httpOnly, other);
    }

    /** The cookie as it stands in a {@code Set-Cookie} header: {@code theme=dark; Path=/; HttpOnly; SameSite=Lax}. */
    public String headerValue() {
        return name + "=" + value + attributes();
    }

    private String attributes() {
        var text = new StringBuilder("; Path=").append(path);
        if (domain != null) {
            text.append("; Domain=").append(domain);
        }
        if (maxAge != null) {
            text.append("; Max-Age=").append(roundedUp(maxAge));
        }
        if (secure) {
            text.append("; Secure");
        }
        if (httpOnly) {
            text.append("; HttpOnly");
        }
        return text.append("; SameSite=").append(sameSite).toString();
    }

    private static long roundedUp(Duration age) {
        boolean whole = age.getNano() == 0 || age.getSeconds() == Long.MAX_VALUE;
        return whole ? age.getSeconds() : age.getSeconds() + 1;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Cookie cookie && headerValue().equals(cookie.headerValue());
    }

    @Override
    public int hashCode() {
        return headerValue().hashCode();
    }

    /** The cookie without its value, which may be a secret. */
    @Override
    public String toString() {
        return name + "=..." + attributes();
    }
}
