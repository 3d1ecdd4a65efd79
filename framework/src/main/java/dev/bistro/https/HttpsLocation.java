package dev.bistro.https;

import dev.bistro.http.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a request under HTTPS. The host is the one that the client asked for, so that a link can lead it to no
 * other; and nothing is taken into the header field that could end it or change the address's host.
 */
final class HttpsLocation {
    private static final int USUAL_PORT = 443;

    /** A name of letters, digits, dots, hyphens and underscores, or an address; stricter than RFC 3986. */
    private static final Pattern AUTHORITY = Pattern.compile("([0-9A-Za-z._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]*)?");

    /** Visible ASCII without what would begin a fragment. */
    private static final Pattern PATH_AND_QUERY = Pattern.compile("(?:/[!-~&&[^#]]*|\\?[!-~&&[^#]]*)?");

    private HttpsLocation() {}

    /**
     * The address, as it is in {@code Location}: {@code https://shop.example:8443/cart?id=7}. Empty if the request has
     * no authority, or one that isn't a host that browsers know, or a path that can't be part of an address.
     */
    static Optional<String> of(Request request, int port) {
        String path = path(request);
        return request.authority()
                .map(AUTHORITY::matcher)
                .filter(authority -> authority.matches())
                .map(authority -> "https://" + authority.group(1) + (port == USUAL_PORT ? "" : ":" + port) + path)
                .filter(location -> PATH_AND_QUERY.matcher(path).matches());
    }

    /** {@code OPTIONS *} is for the server as a whole, whose address has no path (RFC 9112, section 3.2.4). */
    private static String path(Request request) {
        String path = request.path().equals("*") ? "" : request.pathPrefix() + request.path();
        return path + request.query().map(query -> "?" + query).orElse("");
    }
}
