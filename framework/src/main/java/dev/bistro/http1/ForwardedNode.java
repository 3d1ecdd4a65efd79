package dev.bistro.http1;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of a hop.
 *
 * <pre>
 * node     = nodename [ ":" node-port ]                              RFC 7239, section 6
 * nodename = IPv4address / "[" IPv6address "]" / "unknown" / obfnode
 * obfnode  = "_" 1*( ALPHA / DIGIT / "." / "_" / "-" )               node-port = 1*5DIGIT / obfnode
 * </pre>
 *
 * <p>A leniency: an IPv6 address may come without brackets, and then without a port, since that is how all proxies
 * write it in {@code X-Forwarded-For}.
 */
final class ForwardedNode {
    private static final String OBFUSCATED = "_[0-9A-Za-z._-]+";
    private static final Pattern NODE = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)|(?i:unknown)|" + OBFUSCATED
            + ")(?::(?:([0-9]{1,5})|" + OBFUSCATED + "))?");
    private static final int MAX_PORT = 65_535;

    private ForwardedNode() {}

    /** The address, with port 0 where none is told; empty if the hop has no address, or hides it. */
    static Optional<InetSocketAddress> parse(String text) throws Rejection {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return Optional.of(address(Authority.isIpv6(text) ? text : "", 0));
        }
        int port = node.group(3) == null ? 0 : Integer.parseInt(node.group(3));
        if (port > MAX_PORT) {
            throw malformed();
        }
        if (node.group(1) != null) {
            return Optional.of(address(Authority.isIpv6(node.group(1)) ? node.group(1) : "", port));
        }
        return node.group(2) == null ? Optional.empty() : Optional.of(address(node.group(2), port));
    }

    private static InetSocketAddress address(String literal, int port) throws Rejection {
        return new InetSocketAddress(AddressLiteral.parse(literal).orElseThrow(ForwardedNode::malformed), port);
    }

    private static Rejection malformed() {
        return Rejection.badRequest("A proxy's header field has an address that isn't one.");
    }
}
