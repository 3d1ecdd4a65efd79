package dev.bistro.testing;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.TlsConnections;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks TLS by the JDK's sockets: it answers each connection's request with the same bytes, which may
 * have the names of the client in them, and closes with a {@code close_notify} or without.
 */
final class HandMadeServer implements AutoCloseable {
    /** What the clients close: nothing of it is used. */
    private static final Server NO_SERVER =
            Bistro.app(HandMadeServer.class).classes(TestClientTest.Shop.class).startInProcess();

    private final ServerSocket socket = listen();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SSLContext context;
    private final TestCertificate certificate;
    private boolean saysGoodbye = true;
    private boolean needsCertificate;
    private boolean stalls;
    private String response = "HTTP/1.1 204 No Content\r\n\r\n";

    /** A server with this certificate, which trusts the authority's clients. */
    HandMadeServer(TestAuthority authority, TestCertificate certificate) {
        this.certificate = certificate;
        this.context = certificate.context(authority);
        new Thread(this::accept, "hand-made-server").start();
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sets what it answers. {@code {sni}} stands for the name that the client asks for, {@code {client}} for that of
     * its certificate, {@code {version}} for the version of TLS.
     */
    HandMadeServer answering(String bytes) {
        response = bytes;
        return this;
    }

    /** Sets whether it closes with a {@code close_notify}. */
    HandMadeServer sayingGoodbye(boolean notice) {
        saysGoodbye = notice;
        return this;
    }

    /** Makes it refuse clients without a certificate of the authority. */
    HandMadeServer needingCertificate() {
        needsCertificate = true;
        return this;
    }

    /** Makes it read nothing after the handshake, until it is closed. */
    HandMadeServer stalling() {
        stalls = true;
        return this;
    }

    /** A client that trusts the server's certificate alone. */
    TestClient client() {
        return client(() -> certificate);
    }

    /** A client that takes this certificate for the server's. */
    TestClient client(Supplier<TestCertificate> expected) {
        var address = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        Connector connector = tls -> {
            var context = tls.orElseThrow().context();
            return TlsConnections.open(address, context, tls.orElseThrow().parameters(context));
        };
        return TestClient.of(
                NO_SERVER,
                connector,
                Optional.of(ClientTls.trusting(
                        TlsConnections.trust(() -> List.of(expected.get().x509())))));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                serve(client);
            } catch (IOException | InterruptedException gone) {
                continue; // the client has refused the server, or the other way round
            }
        }
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(client, null, false);
        tls.setNeedClientAuth(needsCertificate);
        try {
            tls.startHandshake();
            if (stalls) {
                closed.await();
            } else {
                answer(tls);
            }
        } catch (SSLException refused) {
            client.shutdownOutput();
            client.getInputStream().readAllBytes(); // otherwise the system takes back the alert that was sent
        }
    }

    private void answer(SSLSocket tls) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) tls.getInputStream().read());
        }
        tls.getOutputStream().write(answer(tls, head.toString()).getBytes(StandardCharsets.ISO_8859_1));
        if (saysGoodbye) {
            tls.close();
        }
    }

    private String answer(SSLSocket tls, String head) throws IOException {
        var session = (ExtendedSSLSession) tls.getSession();
        String name = session.getRequestedServerNames().stream()
                .map(sni -> ((SNIHostName) sni).getAsciiName())
                .findFirst()
                .orElse("none");
        String key = head.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*).*", "$1");
        return response.replace("{sni}", name)
                .replace(
                        "{client}",
                        needsCertificate ? session.getPeerPrincipal().getName() : "")
                .replace("{version}", session.getProtocol())
                .replace("{accept}", response.contains("{accept}") ? TestRequest.answerTo(key) : "");
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
