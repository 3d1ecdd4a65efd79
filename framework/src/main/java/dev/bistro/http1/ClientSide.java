package dev.bistro.http1;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * Where a request came from and what it asked for, before proxies passed it on.
 *
 * @param connection the connection that the request came over
 * @param isForwarded whether a proxy's header fields are believed: the other end of the connection isn't the client
 * @param address the client's address, as far as it is known
 * @param scheme {@code http} or {@code https}
 * @param authority the host and port that the client asked for; null if they are the request's own
 * @param port the port that the client asked for; 0 if it is the authority's
 * @param prefix what a proxy has taken off the beginning of the path; empty, or begins with a slash and ends with none
 */
record ClientSide(
        ConnectionSide connection,
        boolean isForwarded,
        InetSocketAddress address,
        String scheme,
        String authority,
        int port,
        String prefix) {
    static final String HTTP = "http";
    static final String HTTPS = "https";

    /** Stands for a client without an address, as it comes over a Unix domain socket: 0.0.0.0 is nobody's. */
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(unspecified(), 0);

    /**
     * A client without a proxy that speaks HTTP in between.
     *
     * @param peer whom the connection comes from
     * @param source whom the PROXY protocol names in the peer's place, empty if it names nobody; else the peer
     * @param tls the connection's TLS session; empty without TLS
     */
    static ClientSide direct(SocketAddress peer, Optional<SocketAddress> source, Optional<SSLSession> tls) {
        InetSocketAddress address = source.orElse(peer) instanceof InetSocketAddress ip ? ip : UNKNOWN;
        var connection = new ConnectionSide(peer, source, tls);
        return new ClientSide(connection, false, address, tls.isPresent() ? HTTPS : HTTP, null, 0, "");
    }

    private static InetAddress unspecified() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new ExceptionInInitializerError(e); // for a length that no address has
        }
    }

    boolean isSecure() {
        return scheme.equals(HTTPS);
    }
}
