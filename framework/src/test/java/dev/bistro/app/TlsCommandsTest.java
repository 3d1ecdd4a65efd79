package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.Command;
import dev.bistro.wire.Dialogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code openssl s_client} sees of a server: versions, sessions, names, certificates of clients, protocols. */
@Timeout(120)
class TlsCommandsTest {
    private static final String REQUEST = "GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String KEPT = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** What OpenSSL says of a connection that ended without {@code close_notify}. */
    private static final String TRUNCATED = "unexpected eof";

    @TempDir
    static Path folder;

    private static TestAuthority root;

    /** Two servers are enough for all but client certificates: the names are those of the folder. */
    private static final Map<String, Server> SERVERS = new HashMap<>();

    private static TestCertificate good;
    private static TestCertificate foreign;

    @BeforeAll
    static void start() throws IOException {
        Command.assumeInstalled("openssl");
        root = TestAuthority.create(folder);
        TestAuthority issuer = root.intermediate("Issuer");
        Path names = Files.createDirectory(folder.resolve("names"));
        for (String name : List.of("shop.example", "*.blog.example")) {
            TestCertificate certificate = root.server(name);
            String file = name.replace("*.", "any.");
            Files.copy(certificate.file(), names.resolve(file + ".crt"));
            Files.copy(certificate.key(), names.resolve(file + ".key"));
        }
        good = root.client("Ada");
        foreign = TestAuthority.create(folder).client("Eve");
        TestCertificate own = issuer.server("localhost", "127.0.0.1");
        for (String auth : List.of("none", "want", "need")) {
            var application = TlsApplication.with(own).set("server.tls.folder", names.toString());
            if (!auth.equals("none")) {
                application
                        .set("server.tls.client-auth", auth)
                        .set("server.tls.client-ca", root.own().file().toString());
            }
            SERVERS.put(auth, application.start());
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
    }

    private static Command client(String... options) {
        return clientOf("none", options);
    }

    private static Command clientOf(String auth, String... options) {
        return Command.of(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + SERVERS.get(auth).port())
                .with("-CAfile", root.own().file().toString())
                .with(options);
    }

    /** Sends a request, and stays to the end of the answer. */
    private static Command.Output ask(Command client) {
        return client.with("-ign_eof").withInput(REQUEST).run();
    }

    private static void assertAnswered(String expected, Command.Output answer) {
        answer.assertSuccess();
        assertTrue(answer.out().contains("HTTP/1.1 200 OK"), () -> answer.out() + answer.err());
        assertTrue(answer.out().contains("\r\n\r\n" + expected), () -> answer.out());
        assertFalse(answer.err().contains(TRUNCATED), () -> answer.err());
    }

    private static void assertRefused(String alert, Command.Output answer) {
        assertNotEquals(0, answer.status(), () -> answer.out());
        assertFalse(answer.out().contains("HTTP/1.1"), () -> answer.out());
        assertTrue(answer.err().contains(alert), () -> answer.out() + answer.err());
    }

    // ---- versions

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void speaksTheVersionsOfToday(String option, String version) {
        Command.Output answer = ask(client(option, "-verify_return_error", "-verify_hostname", "localhost"));
        assertAnswered("https " + version + " nobody", answer);
        assertTrue(answer.out().contains("New, " + version + ", Cipher is "), () -> answer.out());
        assertTrue(answer.out().contains("Verify return code: 0 (ok)"), () -> answer.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void refusesOlderVersions(String option) {
        assertRefused("alert protocol version", ask(client(option, "-cipher", "ALL:@SECLEVEL=0")));
    }

    /** OpenSSL goes without what these are for, but a server that took them would say so. */
    @Test
    void offersNeitherCompressionNorEarlyData() {
        Command.Output answer = ask(client("-tls1_3", "-comp"));
        assertTrue(answer.out().contains("Compression: NONE"), () -> answer.out());
        assertTrue(answer.out().contains("Max Early Data: 0"), () -> answer.out());
    }

    // ---- after the handshake

    /** Without {@code close_notify}, which would say that nothing is missing: so scanners know that it is refused. */
    @Test
    void closesWhereAHandshakeIsBegunAgain() throws IOException {
        try (Dialogue client = client("-tls1_2").start()) {
            client.send(KEPT).readUntil("\r\n\r\nhello");
            client.send("R\n").readUntil("RENEGOTIATING");
            String end = client.readToEnd();
            assertFalse(end.contains("verify return"), end);
            assertTrue(end.contains(TRUNCATED) || end.contains("errno="), end);
        }
    }

    @Test
    void takesNewKeys() throws IOException {
        try (Dialogue client = client("-tls1_3").start()) {
            client.send(KEPT).readUntil("\r\n\r\nhello");
            for (String command : List.of("k", "K", "K", "k")) {
                client.send(command + "\n").readUntil("KEYUPDATE");
                client.send(KEPT).readUntil("\r\n\r\nhello");
            }
            client.send(REQUEST).readUntil("https TLSv1.3 nobody");
            assertFalse(client.readToEnd().contains("error:"));
        }
    }

    // ---- sessions

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void resumesSessions(String option) {
        assertResumed(option, "localhost");
    }

    /**
     * Newer versions of the JDK resume a session only if its certificate is the one that is chosen for a client that
     * sends no name: they ask for it before they read the name.
     */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @EnabledForJreRange(max = JRE.JAVA_21)
    void resumesSessionsOfOtherNames(String option) {
        assertResumed(option, "shop.example");
    }

    private static void assertResumed(String option, String name) {
        String version = option.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3";
        String session = folder.resolve(name + option).toString();
        assertAnswered("https " + version + " nobody", ask(client(option, "-servername", name, "-sess_out", session)));
        Command.Output resumed = ask(client(option, "-servername", name, "-sess_in", session));
        assertTrue(resumed.out().contains("Reused, " + version), () -> resumed.out());
        assertAnswered("https " + version + " nobody", resumed);
    }

    /** A session that was begun with a certificate for one name proves nothing of another (RFC 6066, section 3). */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void resumesNoSessionUnderAnotherName(String option) {
        String session = folder.resolve("named" + option).toString();
        ask(client(option, "-servername", "shop.example", "-sess_out", session)).assertSuccess();
        Command.Output other = ask(client(option, "-servername", "a.blog.example", "-sess_in", session));
        assertTrue(other.out().contains("New, "), () -> other.out());
        assertTrue(subject(other).contains("*.blog.example"), () -> other.out());
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, want", "-tls1_3, want", "-tls1_2, need", "-tls1_3, need"})
    void knowsAClientWhoseSessionIsResumed(String option, String auth) {
        String version = option.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3";
        String session = folder.resolve(auth + option).toString();
        String[] identity = {"-cert", good.file().toString(), "-key", good.key().toString()};
        assertAnswered(
                "https " + version + " CN=Ada",
                ask(clientOf(auth, option, "-sess_out", session).with(identity)));
        Command.Output resumed = ask(clientOf(auth, option, "-sess_in", session).with(identity));
        assertTrue(resumed.out().contains("Reused, " + version), () -> resumed.out());
        assertAnswered("https " + version + " CN=Ada", resumed);
    }

    // ---- names

    private static String subject(Command.Output answer) {
        return answer.out()
                .lines()
                .filter(line -> line.startsWith("subject="))
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example",
        "SHOP.example, shop.example",
        "a.blog.example, *.blog.example",
        "a.b.blog.example, localhost",
        "blog.example, localhost",
        "unknown.example, localhost",
        "x, localhost",
        "localhost, localhost"
    })
    void showsTheCertificateOfTheName(String name, String certificate) {
        for (String option : List.of("-tls1_2", "-tls1_3")) {
            Command.Output answer = ask(client(option, "-servername", name, "-verify_return_error"));
            answer.assertSuccess();
            assertEquals("subject=CN = " + certificate, subject(answer));
        }
    }

    @Test
    void showsTheDefaultCertificateWhereNoNameIsSent() {
        assertEquals(
                "subject=CN = localhost", subject(ask(client("-noservername")).assertSuccess()));
    }

    // ---- client certificates

    @ParameterizedTest
    @CsvSource({
        "none, good,    nobody",
        "none, foreign, nobody",
        "none, none,    nobody",
        "want, good,    CN=Ada",
        "want, foreign, refused",
        "want, none,    nobody",
        "need, good,    CN=Ada",
        "need, foreign, refused",
        "need, none,    refused"
    })
    void takesCertificatesOfClients(String auth, String shown, String expected) {
        TestCertificate certificate = shown.equals("good") ? good : foreign;
        for (String version : List.of("1.2", "1.3")) {
            Command client = clientOf(auth, version.equals("1.2") ? "-tls1_2" : "-tls1_3");
            Command.Output answer = ask(
                    shown.equals("none")
                            ? client
                            : client.with(
                                    "-cert",
                                    certificate.file().toString(),
                                    "-key",
                                    certificate.key().toString()));
            if (expected.equals("refused")) {
                assertRefused("alert", answer);
            } else {
                assertAnswered("https TLSv" + version + " " + expected, answer);
            }
        }
    }

    // ---- protocols

    @ParameterizedTest
    @CsvSource({
        "http/1.1, http/1.1",
        "'h2,http/1.1', http/1.1",
        "'http/1.0,http/1.1', http/1.1",
        "http/1.0, http/1.0",
        "'', ''"
    })
    void agreesOnHttp(String offered, String expected) {
        for (String option : List.of("-tls1_2", "-tls1_3")) {
            Command client = client(option);
            Command.Output answer = ask(offered.isEmpty() ? client : client.with("-alpn", offered));
            answer.assertSuccess();
            String said = expected.isEmpty() ? "No ALPN negotiated" : "ALPN protocol: " + expected;
            assertTrue(answer.out().contains(said), () -> answer.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/0.9", "acme-tls/1,h2"})
    void refusesClientsThatSpeakOtherProtocolsOnly(String offered) {
        for (String option : List.of("-tls1_2", "-tls1_3")) {
            assertRefused("alert no application protocol", ask(client(option, "-alpn", offered)));
        }
    }
}
