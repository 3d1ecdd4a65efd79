package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.JavaCommand;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What engines of a server agree on with clients. */
class ServerTlsTest {
    private static SSLEngine client(SSLContext context, String version, String... protocols) {
        SSLEngine engine = TestClients.engine(context, "localhost", version);
        var parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @ParameterizedTest
    @CsvSource({
        "http/1.1, http/1.1",
        "h2 http/1.1, http/1.1",
        "'', ''",
        "h2, !no_application_protocol",
    })
    void agreesOnAProtocol(String offered, String expected) {
        try (var tls = TestTls.open(Settings.NONE.inDevelopment().protocols("http/1.1"))) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                String[] protocols = offered.isEmpty() ? new String[0] : offered.split(" ");
                Handshake done = Handshake.of(client(TestClients.anonymous(), version, protocols), tls.newEngine());
                if (expected.startsWith("!")) {
                    assertFalse(done.isDone());
                    assertTrue(done.clientFault().orElse("").contains(expected.substring(1)), done.clientFault()::get);
                } else {
                    assertTrue(done.isDone(), () -> "" + done.fault());
                    assertEquals(expected, done.applicationProtocol());
                }
            }
        }
    }

    @Test
    void withoutProtocolsNoneIsAgreedOn() {
        try (var tls = TestTls.open(Settings.NONE.inDevelopment())) {
            Handshake done = Handshake.of(client(TestClients.anonymous(), "TLSv1.3", "h2"), tls.newEngine());
            assertTrue(done.isDone(), () -> "" + done.fault());
            assertEquals("", done.applicationProtocol());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void resumesSessions(String version) {
        try (var tls = TestTls.open(Settings.NONE.inDevelopment())) {
            SSLContext client = TestClients.anonymous();
            assertFalse(Handshake.of(client(client, version), tls.newEngine()).isResumed());
            assertTrue(Handshake.of(client(client, version), tls.newEngine()).isResumed());
        }
    }

    @Test
    void keepsABoundedNumberOfSessions() {
        try (var tls = TestTls.open(Settings.NONE.inDevelopment())) {
            Handshake done = Handshake.of(client(TestClients.anonymous(), "TLSv1.2"), tls.newEngine());
            assertEquals(10_000, done.serverSession().getSessionContext().getSessionCacheSize());
        }
    }

    @Test
    void leavesSuitesGroupsAndTheirOrderToTheJdk() throws Exception {
        try (var tls = TestTls.open(Settings.NONE.inDevelopment())) {
            SSLContext jdk = SSLContext.getInstance("TLS");
            jdk.init(null, null, null);
            SSLEngine expected = jdk.createSSLEngine();
            expected.setUseClientMode(false);
            assertArrayEquals(expected.getEnabledCipherSuites(), tls.newEngine().getEnabledCipherSuites());
            assertEquals(
                    expected.getSSLParameters().getUseCipherSuitesOrder(),
                    tls.newEngine().getSSLParameters().getUseCipherSuitesOrder());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3 TLSv1.2, TLSv1.3 TLSv1.2",
        "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3, TLSv1.3 TLSv1.2",
        "TLSv1.2 SSLv3 SSLv2Hello, TLSv1.2",
        "TLSv1.3, TLSv1.3",
        "TLSv1, TLSv1.3 TLSv1.2",
        "'', TLSv1.3 TLSv1.2",
    })
    void takesNoOlderVersion(String enabled, String expected) {
        assertEquals(expected, String.join(" ", ServerTls.versions(enabled.split(" "))));
    }

    @Test
    void refusesOlderVersionsThatTheJdkIsMadeToSpeak() throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(
                        "-Djdk.tls.server.protocols=SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OldVersions.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals(0, process.waitFor(), said);
        assertEquals("""
                SSLv3 JDK true ours false
                TLSv1 JDK true ours false
                TLSv1.1 JDK true ours false
                TLSv1.2 JDK true ours true
                TLSv1.3 JDK true ours true
                """, said);
    }

    /** Tries all versions in a process where none is disabled, with an engine of the JDK's own and with ours. */
    static final class OldVersions {
        private OldVersions() {}

        public static void main(String[] arguments) throws Exception {
            Security.setProperty("jdk.tls.disabledAlgorithms", "");
            Security.setProperty("jdk.tls.legacyAlgorithms", "");
            var own = DevelopmentCertificate.create();
            var jdk = SSLContext.getInstance("TLS");
            jdk.init(new KeyManager[] {new ServerKeys(new CertificateSet(List.of(own)))}, null, null);
            try (var tls = TestTls.open(Settings.NONE.inDevelopment())) {
                for (String version : new String[] {"SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"}) {
                    SSLEngine plain = jdk.createSSLEngine();
                    plain.setUseClientMode(false);
                    System.out.println(
                            version + " JDK " + speaks(version, plain) + " ours " + speaks(version, tls.newEngine()));
                }
            }
        }

        private static boolean speaks(String version, SSLEngine server) {
            return Handshake.of(client(TestClients.anonymous(), version), server)
                    .isDone();
        }
    }

    @Test
    void tellsOfItsCertificatesByTheClock() {
        var clock = new TestTls.SetClock(Instant.now());
        try (var tls = TestTls.open(Settings.NONE.inDevelopment(), clock)) {
            CertificateStatus now = tls.certificates().get(0);
            assertEquals(List.of("localhost", "*.localhost"), now.names());
            assertEquals("EC 256", now.keyType());
            assertEquals(tls.shown().get(0).getNotAfter().toInstant(), now.notAfter());
            clock.set(now.notAfter().minus(Duration.ofDays(3)));
            assertEquals(3, tls.certificates().get(0).daysLeft());
            clock.set(now.notAfter().minus(Duration.ofDays(3)).plusSeconds(1));
            assertEquals(2, tls.certificates().get(0).daysLeft());
            clock.set(now.notAfter());
            assertEquals(0, tls.certificates().get(0).daysLeft());
            clock.set(now.notAfter().plusSeconds(1));
            assertEquals(-1, tls.certificates().get(0).daysLeft());
        }
    }

    @Test
    void saysThatTheDevelopmentCertificateIsNotForProduction() {
        try (var log = CapturedLog.of("dev.bistro.tls", Level.INFO)) {
            TestTls.open(Settings.NONE.inDevelopment()).close();
            List<String> lines = log.take("WARN");
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("it isn't for production"), lines.get(0));
        }
    }

    @Test
    void endsItsThread() throws Exception {
        var before = new TreeSet<>(threads());
        var tls = TestTls.open(Settings.NONE.inDevelopment());
        List<Thread> started = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bistro-tls-certificates"))
                .filter(thread -> !before.contains(thread.getId()))
                .toList();
        tls.close();
        for (Thread thread : started) {
            assertTrue(thread.isDaemon());
            thread.join(30_000);
            assertFalse(thread.isAlive());
        }
        assertEquals(1, started.size());
    }

    private static List<Long> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getId).toList();
    }

    @Test
    void keysAreThoseOfAServerAlone() {
        var keys = new ServerKeys(new CertificateSet(List.of(DevelopmentCertificate.create())));
        assertNull(keys.getClientAliases("EC", null));
        assertNull(keys.chooseClientAlias(new String[] {"EC"}, null, null));
        assertNull(keys.getServerAliases("RSA", null));
        assertNull(keys.getPrivateKey("unknown"));
        assertNull(keys.getCertificateChain("unknown"));
        assertEquals(1, keys.getServerAliases("EC", null).length);
    }
}
