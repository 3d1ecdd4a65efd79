package dev.bistro.websocket.protocol;

import dev.bistro.http.Request;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides which web pages may connect. A browser sends cookies with every WebSocket handshake, whatever page asks for
 * it, and the same-origin policy doesn't apply. By default only pages of the request's own host and port may connect;
 * programs, which send no {@code Origin}, may always.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-6">RFC 6454, section 6</a>
 */
final class OriginRule {
    private static final String ANY = "*";

    private final List<String> allowed;

    OriginRule(List<String> allowed) {
        this.allowed = allowed.stream().map(OriginRule::normal).toList();
    }

    boolean allows(Request request) {
        List<String> origins = request.headers().all("Origin");
        if (origins.isEmpty() || allowed.contains(ANY)) {
            return true;
        }
        String origin = normal(origins.get(0));
        return origins.size() == 1 && (allowed.contains(origin) || isSame(origin, request));
    }

    private static String normal(String origin) {
        return origin.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Compares host and port. A request that is known to have come over TLS is for pages that did as well; one that
     * isn't may be for either, since a proxy in front of us may have removed TLS.
     */
    private static boolean isSame(String origin, Request request) {
        Optional<String> authority = request.authority();
        try {
            URI uri = URI.create(origin);
            if (uri.getScheme() == null || uri.getRawAuthority() == null || authority.isEmpty()) {
                return false;
            }
            if (request.isSecure() && !uri.getScheme().equals("https")) {
                return false;
            }
            String port = uri.getScheme().equals("https") ? ":443" : ":80";
            return withPort(uri.getRawAuthority(), port).equals(withPort(normal(authority.get()), port));
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private static String withPort(String authority, String port) {
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return hasPort ? authority : authority + port;
    }
}
