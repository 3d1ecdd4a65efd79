package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.Await;
import dev.bistro.wire.Command;
import dev.bistro.wire.Dialogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates that are exchanged as Kubernetes does it, by a symbolic link to the folder that they are in, while
 * clients begin connections and use others.
 */
@Timeout(120)
class CertificateSwapTest {
    @TempDir
    static Path folder;

    /** A folder with a certificate and its key, which the link leads to from now on. */
    private static void show(TestCertificate certificate, String name) throws IOException {
        Path version = Files.createDirectory(folder.resolve(name));
        Files.copy(certificate.file(), version.resolve("tls.crt"));
        Files.copy(certificate.key(), version.resolve("tls.key"));
        Path link = Files.createSymbolicLink(folder.resolve("next"), version.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What a new client is shown; its context is new too, so that it resumes nothing. */
    private static X509Certificate shown(Server server, TestCertificate any, TestAuthority root)
            throws IOException, GeneralSecurityException {
        SSLContext context = any.context(root);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void noRequestAndNoHandshakeFailsWhileCertificatesAreExchanged() throws Exception {
        Command.assumeInstalled("wrk");
        TestAuthority root = TestAuthority.create(folder);
        TestCertificate first = root.server("localhost");
        TestCertificate second = root.server(TestAuthority.Key.RSA, 30, "localhost");
        TestCertificate third = root.server("localhost");
        show(first, "v1");
        for (String file : new String[] {"tls.crt", "tls.key"}) {
            Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
        }
        var links = new TestCertificate(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        try (Server server = TlsApplication.with(links).start()) {
            assertEquals(first.x509(), shown(server, first, root));
            Command load = Command.of("wrk", "--threads", "1", "--connections", "4", "--timeout", "30s")
                    .within(Duration.ofSeconds(90));
            String address = server.uri() + "/";
            try (Dialogue handshakes = load.with("--duration", "60s", "--header", "Connection: close", address)
                            .start();
                    Dialogue requests = load.with("--duration", "60s", address).start()) {
                awaitConnections(server, 100);
                for (TestCertificate next : new TestCertificate[] {second, third}) {
                    show(next, next == second ? "v2" : "v3");
                    Await.until(() -> shown(server, first, root).equals(next.x509()));
                }
                assertClean(handshakes.interrupt().readToEnd());
                assertClean(requests.interrupt().readToEnd());
            }
            assertEquals(third.x509(), shown(server, first, root));
            assertEquals(0, server.statistics().failedConnections());
        }
    }

    private static void awaitConnections(Server server, int count) {
        Await.until(() -> server.statistics().acceptedConnections() >= count);
    }

    /** It has no line about errors where there were none. */
    private static void assertClean(String report) {
        assertTrue(report.contains("requests in"), report);
        assertFalse(report.contains("Socket errors"), report);
        assertFalse(report.contains("Non-2xx"), report);
    }
}
