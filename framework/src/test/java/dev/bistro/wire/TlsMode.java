package dev.bistro.wire;

import dev.bistro.net.Listener;
import dev.bistro.net.ListenerTls;
import dev.bistro.net.TlsEngines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Has the tests of the engine speak TLS where the system property {@code wire.tls} names its version, such as
 * {@code TLSv1.3}: what holds without TLS has to hold with it.
 */
final class TlsMode {
    private static final String VERSION = System.getProperty("wire.tls", "");

    private TlsMode() {}

    static Listener listener(InetSocketAddress address) {
        Listener plain = Listener.plain(address);
        return VERSION.isEmpty()
                ? plain
                : new Listener(address, plain.permissions(), plain.sendsProxyHeader(), Optional.of(tls()));
    }

    static ListenerTls tls() {
        TlsEngines engines = new TlsEngines() {
            @Override
            public SSLEngine newEngine() {
                SSLEngine engine = Holder.CONTEXT.createSSLEngine();
                engine.setUseClientMode(false);
                return engine;
            }

            @Override
            public void checkResumed(SSLSession session) {
                throw new AssertionError("no certificate was asked for");
            }
        };
        return new ListenerTls(engines, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    static Socket client(Socket plain) throws IOException {
        return VERSION.isEmpty() ? plain : client(plain, VERSION);
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
        static final SSLContext CONTEXT = context();
    }

    private static SSLContext context() {
        try {
            Path file = Files.createTempDirectory("bistro-wire").resolve("keys");
            new ProcessBuilder(
                            ("keytool -genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost -storetype PKCS12 -storepass"
                                            + " secret -keystore " + file)
                                    .split(" "))
                    .inheritIO()
                    .start()
                    .waitFor();
            var store = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, "secret".toCharArray());
            var trust = TrustManagerFactory.getInstance("PKIX");
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("a", store.getCertificate("a"));
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
