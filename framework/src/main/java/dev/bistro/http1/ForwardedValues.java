package dev.bistro.http1;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The rules for what proxies tell of a request besides addresses. */
final class ForwardedValues {
    private static final int MAX_PORT = 65_535;

    /** A leniency: some proxies name the scheme of a WebSocket's address (Traefik), which goes over http or https. */
    private static final Map<String, String> SCHEMES = Map.of(
            ClientSide.HTTP,
            ClientSide.HTTP,
            ClientSide.HTTPS,
            ClientSide.HTTPS,
            "ws",
            ClientSide.HTTP,
            "wss",
            ClientSide.HTTPS);

    /** The characters of a path without those that can be read in two ways: %, semicolon, backslash. */
    private static final IntPredicate PREFIX =
            c -> c < Characters.HOST_NAME.length && Characters.HOST_NAME[c] && c != ';' || "/:@".indexOf(c) >= 0;

    private ForwardedValues() {}

    static String scheme(String text) throws Rejection {
        return Optional.ofNullable(SCHEMES.get(text.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> malformed("scheme", "http or https"));
    }

    static String host(String text) throws Rejection {
        if (!Authority.isValid(text) || portOf(text) > MAX_PORT) {
            throw malformed("host", "a host, or a host, a colon and a port");
        }
        return text;
    }

    static int port(String text) throws Rejection {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw malformed("port", "a number from 1 to 65535");
        }
        return port;
    }

    /** The prefix without a slash at its end. */
    static String prefix(String text) throws Rejection {
        boolean isPath =
                text.startsWith("/") && !text.contains("//") && text.chars().allMatch(PREFIX);
        if (!isPath || (text + "/").contains("/./") || (text + "/").contains("/../")) {
            throw malformed("prefix", "a path that begins with a slash, in plain characters");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The port of a valid authority; 0 if it has none, and more than there are if it is too large. */
    static int portOf(String authority) {
        String port = authority
                .substring(Math.min(authority.length(), Authority.hostEnd(authority) + 1))
                .replaceFirst("^0+", "");
        if (port.length() > 5) {
            return Integer.MAX_VALUE;
        }
        return port.isEmpty() ? 0 : Integer.parseInt(port);
    }

    private static Rejection malformed(String what, String expected) {
        return Rejection.badRequest("A proxy's header field has a " + what + " that isn't " + expected + ".");
    }
}
