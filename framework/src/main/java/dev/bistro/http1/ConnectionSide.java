package dev.bistro.http1;

import dev.bistro.http.TlsInfo;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The other end of a connection: one object for all of its requests. Reads the TLS session when the first request asks
 * for it, so that others pay nothing. For any thread.
 */
final class ConnectionSide {
    private final SocketAddress peer;
    private final Optional<SocketAddress> source;
    private final Optional<SSLSession> session;
    private volatile Optional<TlsInfo> tls; // null until it is asked for; two threads may both read the same

    ConnectionSide(SocketAddress peer, Optional<SocketAddress> source, Optional<SSLSession> session) {
        this.peer = peer;
        this.source = source;
        this.session = session;
    }

    /** Whom the connection comes from. */
    SocketAddress peer() {
        return peer;
    }

    /** Whom the PROXY protocol names in the peer's place, empty if it names nobody; else the peer. */
    Optional<SocketAddress> source() {
        return source;
    }

    Optional<TlsInfo> tls() {
        Optional<TlsInfo> known = tls;
        if (known == null) {
            known = session.map(ConnectionSide::read);
            tls = known;
        }
        return known;
    }

    private static TlsInfo read(SSLSession session) {
        return new TlsInfo(session.getProtocol(), session.getCipherSuite(), certificates(session), serverName(session));
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Stream.of(chain)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    private static Optional<String> serverName(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            return extended.getRequestedServerNames().stream()
                    .filter(SNIHostName.class::isInstance)
                    .map(name -> ((SNIHostName) name).getAsciiName())
                    .findFirst();
        } catch (UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }
}
