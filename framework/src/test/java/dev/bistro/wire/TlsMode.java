package dev.bistro.wire;

import dev.bistro.net.Listener;
import dev.bistro.net.ListenerTls;
import dev.bistro.startup.Problems;
import dev.bistro.tls.ClientAuth;
import dev.bistro.tls.ServerTls;
import dev.bistro.tls.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Has the tests of the engine speak TLS where {@link OverTls} or the system property {@code wire.tls} names its
 * version, such as {@code TLSv1.3}: what holds without TLS has to hold with it.
 */
final class TlsMode {
    private static volatile String version = System.getProperty("wire.tls", "");

    private TlsMode() {}

    /** From now on servers and clients speak this version, or no TLS where it is empty. Returns what it was before. */
    static String speak(String next) {
        String before = version;
        version = next;
        return before;
    }

    static Listener listener(InetSocketAddress address) {
        Listener plain = Listener.plain(address);
        return version.isEmpty()
                ? plain
                : new Listener(address, plain.permissions(), plain.sendsProxyHeader(), Optional.of(tls()));
    }

    static ListenerTls tls() {
        return new ListenerTls(Holder.SERVER, connection -> new byte[0]);
    }

    static Socket client(Socket plain) throws IOException {
        return version.isEmpty() ? plain : client(plain, version);
    }

    static SSLSocket client(Socket plain, String version) throws IOException {
        var factory = Holder.CONTEXT.getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(plain, "localhost", plain.getPort(), true);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    static SSLEngine clientEngine(String version) {
        SSLEngine engine = Holder.CONTEXT.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        return engine;
    }

    /** Made when it is needed first. */
    private static final class Holder {
        static final ServerTls SERVER = server();
        static final SSLContext CONTEXT = trusting(SERVER.shown().get(0));
    }

    private static ServerTls server() {
        var problems = new Problems();
        var settings = new TlsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                ClientAuth.NONE,
                Optional.empty(),
                true,
                List.of("http/1.1"));
        return ServerTls.open(settings, problems).orElseThrow();
    }

    private static SSLContext trusting(X509Certificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("server", certificate);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
