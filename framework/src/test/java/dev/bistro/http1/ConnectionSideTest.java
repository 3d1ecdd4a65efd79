package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bistro.http.Certificates;
import dev.bistro.http.TlsInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** What is read of a TLS session, by sessions as providers have them. */
class ConnectionSideTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    private static <S extends SSLSession> S session(Class<S> type) throws Exception {
        S session = mock(type);
        when(session.getProtocol()).thenReturn("TLSv1.3");
        when(session.getCipherSuite()).thenReturn("TLS_AES_128_GCM_SHA256");
        when(session.getPeerCertificates()).thenThrow(new SSLPeerUnverifiedException("peer not authenticated"));
        return session;
    }

    private static TlsInfo read(SSLSession session) {
        return ClientSide.direct(PEER, Optional.of(PEER), Optional.of(session))
                .connection()
                .tls()
                .orElseThrow();
    }

    @Test
    void readsAllOfASession() throws Exception {
        X509Certificate ada = Certificates.ada();
        ExtendedSSLSession session = mock(ExtendedSSLSession.class);
        when(session.getProtocol()).thenReturn("TLSv1.2");
        when(session.getCipherSuite()).thenReturn("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        when(session.getPeerCertificates()).thenReturn(new Certificate[] {ada, mock(Certificate.class)});
        when(session.getRequestedServerNames())
                .thenReturn(List.of(new SNIServerName(7, new byte[] {1}) {}, new SNIHostName("Shop.example")));
        assertEquals(
                new TlsInfo(
                        "TLSv1.2",
                        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                        List.of(ada),
                        Optional.of("Shop.example")),
                read(session));
    }

    @Test
    void aClientMayShowNoCertificateAndNameNoHost() throws Exception {
        var expected = new TlsInfo("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), Optional.empty());
        assertEquals(expected, read(session(SSLSession.class)));
        assertEquals(expected, read(session(ExtendedSSLSession.class)));
        ExtendedSSLSession ofAnotherProvider = session(ExtendedSSLSession.class);
        when(ofAnotherProvider.getRequestedServerNames()).thenThrow(new UnsupportedOperationException());
        assertEquals(expected, read(ofAnotherProvider));
    }

    @Test
    void asksTheSessionNothingBeforeARequestDoes() throws Exception {
        SSLSession session = mock(SSLSession.class);
        ClientSide side = ClientSide.direct(PEER, Optional.of(PEER), Optional.of(session));
        assertTrue(side.isSecure());
        verifyNoInteractions(session);
        SSLSession used = session(SSLSession.class);
        ConnectionSide connection =
                ClientSide.direct(PEER, Optional.of(PEER), Optional.of(used)).connection();
        assertSame(connection.tls(), connection.tls());
    }

    @Test
    void aPlainConnectionHasNoTls() {
        ClientSide side = ClientSide.direct(PEER, Optional.of(PEER), Optional.empty());
        assertFalse(side.isSecure());
        assertEquals(Optional.empty(), side.connection().tls());
    }

    @Test
    void theSourceIsTheClientAndThePeerThePeer() {
        var source = new InetSocketAddress("203.0.113.9", 1234);
        var proxy = UnixDomainSocketAddress.of("/run/shop.sock");
        ClientSide side = ClientSide.direct(proxy, Optional.of(source), Optional.empty());
        assertEquals(source, side.address());
        assertEquals(proxy, side.connection().peer());
        assertEquals(Optional.of(source), side.connection().source());
        assertEquals(
                "0.0.0.0",
                ClientSide.direct(proxy, Optional.of(proxy), Optional.empty())
                        .address()
                        .getAddress()
                        .getHostAddress());
    }

    private static Http1Request request(Optional<SSLSession> session, String... fields) throws Exception {
        byte[] bytes = ("GET / HTTP/1.1\r\nHost: a\r\n"
                        + String.join(
                                "",
                                List.of(fields).stream().map(f -> f + "\r\n").toList()) + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(Http1Settings.DEFAULTS);
        assertTrue(parser.parse(bytes, 0, bytes.length));
        RequestHead head = parser.head(bytes, 0);
        head.check();
        var forwarded = new ForwardedHeaders(
                TrustedAddresses.parse(List.of("127.0.0.1")), List.of(ForwardedHeader.X_FORWARDED_PROTO));
        return new Http1Request(
                head, null, 1, forwarded.read(head, ClientSide.direct(PEER, Optional.of(PEER), session)));
    }

    /** The certificate of a proxy that is trusted isn't that of the clients whose requests it passes on. */
    @Test
    void aProxysCertificateIsNoClients() throws Exception {
        SSLSession session = mock(SSLSession.class);
        when(session.getProtocol()).thenReturn("TLSv1.3");
        when(session.getCipherSuite()).thenReturn("TLS_AES_128_GCM_SHA256");
        when(session.getPeerCertificates()).thenReturn(new Certificate[] {Certificates.ada()});
        Http1Request direct = request(Optional.of(session));
        assertEquals(Optional.of(Certificates.ada()), direct.clientCertificate());
        assertEquals("CN=ada,O=Example", direct.principal().orElseThrow().getName());
        assertTrue(direct.isSecure());
        for (String scheme : List.of("http", "https")) {
            Http1Request passedOn = request(Optional.of(session), "X-Forwarded-Proto: " + scheme);
            assertEquals(Optional.empty(), passedOn.clientCertificate());
            assertEquals(Optional.empty(), passedOn.principal());
            assertEquals(direct.tls(), passedOn.tls());
            assertEquals(scheme.equals("https"), passedOn.isSecure());
        }
    }

    @Test
    void aProxysWordMakesNoTls() throws Exception {
        Http1Request passedOn = request(Optional.empty(), "X-Forwarded-Proto: https");
        assertTrue(passedOn.isSecure());
        assertEquals(Optional.empty(), passedOn.tls());
    }
}
