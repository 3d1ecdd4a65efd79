package dev.bistro.security;

import dev.bistro.http.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a page: {@code https://shop.example:8443}.
 *
 * <pre>
 * origin = scheme "://" host [ ":" port ]        RFC 6454, section 6.2
 * </pre>
 *
 * @param scheme in small letters
 * @param host in small letters; an address of IPv6 in brackets
 * @param port the usual one of the scheme if none is written; -1 if the scheme has none
 */
record Origin(String scheme, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._~%-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");
    private static final int MAX_PORT = 65_535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** The origin that a text stands for; empty if it is none, as {@code null} is of pages without one. */
    static Optional<Origin> parse(String text) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1);
        int port = parts.group(3) == null ? usualPort(scheme) : Integer.parseInt(parts.group(3));
        return port > MAX_PORT ? Optional.empty() : Optional.of(new Origin(scheme, parts.group(2), port));
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> HTTP_PORT;
            case "https" -> HTTPS_PORT;
            default -> -1;
        };
    }

    /**
     * Whether a request goes to this origin, by host and port. One that is known to have come over TLS is for pages
     * that did as well. One that isn't may be for either, since a proxy that we don't know of may have removed TLS;
     * then a host without a port has the usual one of the page's scheme.
     */
    boolean isOf(Request request) {
        if (usualPort(scheme) < 0
                || request.isSecure() && !scheme.equals("https")
                || !host.equals(request.host().orElse("").toLowerCase(Locale.ROOT))) {
            return false;
        }
        return port == request.port() || port == usualPort(scheme) && !request.isSecure() && hasNoPort(request);
    }

    private static boolean hasNoPort(Request request) {
        return request.port() == HTTP_PORT && request.authority().equals(request.host());
    }
}
