package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.tls.TestAuthority.Key;
import dev.bistro.wire.Command;
import dev.bistro.wire.Dialogue;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificate a client gets for the name that it sends, in real handshakes of both versions. */
class ServerNamesTest {
    @TempDir
    static Path files;

    private static ServerTls tls;

    @BeforeAll
    static void open() {
        tls = TestTls.open(Settings.NONE
                .certificate(TestAuthority.selfSigned(files.resolve("default.crt"), Key.EC, 30, "default.org"))
                .certificates(
                        TestAuthority.selfSigned(files.resolve("wild.crt"), Key.EC, 30, "*.example.org", "example.org"),
                        TestAuthority.selfSigned(files.resolve("shop.crt"), Key.EC, 30, "shop.example.org"),
                        TestAuthority.selfSigned(files.resolve("shop-rsa.crt"), Key.RSA, 30, "SHOP.example.org"),
                        TestAuthority.selfSigned(files.resolve("old.crt"), Key.RSA, 30, "old.example.org"),
                        TestAuthority.selfSigned(files.resolve("deep.crt"), Key.EC, 30, "*.deep.example.org"),
                        TestAuthority.selfSigned(files.resolve("part.crt"), Key.EC, 30, "p*.part.org", "*")));
    }

    @AfterAll
    static void close() {
        if (tls != null) {
            tls.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.org, shop.example.org",
        "SHOP.Example.ORG, shop.example.org",
        "other.example.org, *.example.org",
        "OTHER.example.org, *.example.org",
        "example.org, *.example.org",
        "old.example.org, old.example.org",
        "a.deep.example.org, *.deep.example.org",
        "deep.example.org, *.example.org",
        "a.b.example.org, default.org",
        "page.part.org, default.org",
        "localhost, default.org",
        "default.org, default.org",
        "unknown.net, default.org",
        "'', default.org"
    })
    void givesTheCertificateForTheName(String sent, String expected) {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            Handshake done = Handshake.of(TestClients.engine(TestClients.anonymous(), sent, version), tls.newEngine());
            assertTrue(done.isDone(), () -> version + " " + done.fault());
            assertEquals(expected, done.serverName(), version);
            assertEquals(version, done.serverSession().getProtocol());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC",
    })
    void givesTheTypeOfKeyThatTheClientTakes(String suite, String type) {
        var client = TestClients.engine(TestClients.anonymous(), "shop.example.org", "TLSv1.2");
        client.setEnabledCipherSuites(new String[] {suite});
        Handshake done = Handshake.of(client, tls.newEngine());
        assertTrue(done.isDone(), () -> "" + done.fault());
        assertEquals(type, done.served().getPublicKey().getAlgorithm());
    }

    /** What openssl says until the server closes the connection; with an input that ends it wouldn't wait for that. */
    private static String client(EngineServer server, String... options) throws IOException {
        try (Dialogue client = Command.of("openssl", "s_client", "-connect", server.address())
                .with(options)
                .start()) {
            return client.readToEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // the program may send what Java's clients don't
        "shop.example.org, ECDSA+SHA256, shop.example.org, ECDSA",
        "shop.example.org, RSA-PSS+SHA256, SHOP.example.org, RSA-PSS",
        "old.example.org, ECDSA+SHA256:RSA-PSS+SHA256, old.example.org, RSA-PSS",
        "other.example.org, RSA-PSS+SHA256:ECDSA+SHA256, *.example.org, ECDSA",
    })
    void servesOtherClientsThanJavas(String sent, String signatures, String expected, String type) throws Exception {
        try (var server = new EngineServer(tls)) {
            String said = client(server, "-tls1_3", "-servername", sent, "-sigalgs", signatures);
            assertTrue(said.contains("subject=CN = " + expected + "\n"), said);
            assertTrue(said.contains("Peer signature type: " + type + "\n"), said);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2, default.org, default.org, Reused",
        "-tls1_2, default.org, unknown.net, New",
        "-tls1_2, shop.example.org, other.example.org, New",
        "-tls1_3, default.org, default.org, Reused",
        "-tls1_3, default.org, unknown.net, New",
        "-tls1_3, shop.example.org, SHOP.example.org, Reused",
        "-tls1_3, shop.example.org, shop.example.org, Reused",
        "-tls1_3, other.example.org, other.example.org, Reused",
    })
    void resumesSessionsUnderTheirNameAlone(String version, String first, String second, String expected)
            throws Exception {
        String session = files.resolve("session").toString();
        try (var server = new EngineServer(tls)) {
            client(server, version, "-servername", first, "-sess_out", session);
            String said = client(server, version, "-servername", second, "-sess_in", session);
            assertTrue(said.contains("\n" + expected + ", TLSv1."), said);
        }
    }

    /** Decision tls-certificates: these names don't come as far as our code. A JDK that takes them shows here. */
    @ParameterizedTest
    @ValueSource(strings = {"shop.example.org.", "x_y.example.org"})
    void theJdkRefusesNamesThatAreNoHostNames(String sent) throws Exception {
        try (var server = new EngineServer(tls)) {
            String said = client(server, "-servername", sent);
            assertTrue(said.contains("alert illegal parameter"), said);
        }
    }

    @Test
    void anEcKeyOfACurveThatTheClientCannotCheckGivesWayToRsa() throws Exception {
        TestCertificate ec = TestAuthority.selfSigned(files.resolve("curve.crt"), Key.EC384, 30, "curve.org");
        TestCertificate rsa = TestAuthority.selfSigned(files.resolve("curve-rsa.crt"), Key.RSA, 30, "curve.org");
        try (var both = TestTls.open(Settings.NONE.certificates(ec, rsa));
                var server = new EngineServer(both)) {
            String said = client(server, "-tls1_3", "-noservername", "-sigalgs", "ECDSA+SHA256:RSA-PSS+SHA256");
            assertTrue(said.contains("Peer signature type: RSA-PSS\n"), said);
        }
    }
}
