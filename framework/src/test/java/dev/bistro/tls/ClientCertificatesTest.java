package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.bistro.tls.TestAuthority.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients may connect, for each setting, certificate and version, in full handshakes and resumed ones. */
class ClientCertificatesTest {
    private static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    @TempDir
    static Path files;

    private static TestCertificate server;
    private static TestAuthority authority;
    private static TestAuthority foreign;
    private static ServerCertificate good;
    private static ServerCertificate ofForeign;
    private static ServerCertificate expired;

    @BeforeAll
    static void make() throws IOException, GeneralSecurityException {
        server = TestAuthority.selfSigned(files.resolve("server.crt"), Key.EC, 30, "localhost");
        authority = TestAuthority.create(files);
        good = authority.client("good").read();
        foreign = TestAuthority.create(files);
        ofForeign = foreign.client("foreign").read();
        TestCertificate late = authority.client("expired", -1);
        expired = new ServerCertificate("expired", late.chain(), late.privateKey()); // one that can't be read
    }

    /** What a client shows. */
    enum Shown {
        NOTHING(Optional::empty),
        GOOD(() -> Optional.of(good)),
        FOREIGN(() -> Optional.of(ofForeign)),
        EXPIRED(() -> Optional.of(expired));

        private final Supplier<Optional<ServerCertificate>> certificate;

        Shown(Supplier<Optional<ServerCertificate>> certificate) {
            this.certificate = certificate;
        }

        SSLContext client() {
            return certificate.get().map(TestClients::with).orElseGet(TestClients::anonymous);
        }

        boolean mayConnect(ClientAuth auth) {
            return switch (this) {
                case NOTHING -> auth != ClientAuth.NEED;
                case GOOD -> true;
                case FOREIGN, EXPIRED -> auth == ClientAuth.NONE;
            };
        }
    }

    private static ServerTls open(ClientAuth auth) {
        Settings settings = Settings.NONE.certificate(server).clients(auth);
        return TestTls.open(
                auth == ClientAuth.NONE
                        ? settings
                        : settings.clientCa(authority.own().file()));
    }

    static List<Arguments> table() {
        var rows = new ArrayList<Arguments>();
        for (String version : VERSIONS) {
            for (ClientAuth auth : ClientAuth.values()) {
                for (Shown shown : Shown.values()) {
                    rows.add(Arguments.of(version, auth, shown));
                }
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("table")
    void whoMayConnectMayResume(String version, ClientAuth auth, Shown shown) throws Exception {
        try (var tls = open(auth)) {
            SSLContext client = shown.client();
            for (boolean resumed : new boolean[] {false, true}) {
                Handshake done = Handshake.of(TestClients.engine(client, "", version), tls.newEngine());
                assertEquals(shown.mayConnect(auth), done.isDone(), () -> "" + done.fault());
                if (done.isDone()) {
                    assertEquals(resumed, done.isResumed());
                    tls.checkResumed(done.serverSession());
                    boolean seen = shown == Shown.GOOD && auth != ClientAuth.NONE;
                    assertEquals(seen, hasPeer(done.serverSession()));
                }
            }
        }
    }

    private static boolean hasPeer(SSLSession session) {
        try {
            return session.getPeerCertificates()[0].equals(good.certificate());
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoseAuthorityIsExchangedMayNotResume(String version) throws IOException {
        Path current = Files.copy(authority.own().file(), files.resolve(version + "-ca.crt"));
        var settings =
                Settings.NONE.certificate(server).clients(ClientAuth.NEED).clientCa(current);
        try (var tls = TestTls.open(settings)) {
            SSLContext client = Shown.GOOD.client();
            assertFalse(Handshake.of(TestClients.engine(client, "", version), tls.newEngine())
                    .isResumed());

            Files.writeString(current, "half");
            tls.check();
            Handshake before = Handshake.of(TestClients.engine(client, "", version), tls.newEngine());
            assertTrue(before.isResumed(), "the last good one stays");
            assertDoesNotThrow(() -> tls.checkResumed(before.serverSession()));

            Files.copy(foreign.own().file(), current, StandardCopyOption.REPLACE_EXISTING);
            tls.check();
            Handshake after = Handshake.of(TestClients.engine(client, "", version), tls.newEngine());
            assertTrue(after.isResumed(), "the JDK doesn't ask");
            assertThrows(CertificateException.class, () -> tls.checkResumed(after.serverSession()));
            Handshake full = Handshake.of(TestClients.engine(Shown.GOOD.client(), "", version), tls.newEngine());
            assertFalse(full.isDone());
            Handshake other = Handshake.of(TestClients.engine(Shown.FOREIGN.client(), "", version), tls.newEngine());
            assertTrue(other.isDone(), () -> "" + other.fault());
        }
    }

    @Test
    void aSessionWhoseCertificateExpiredMayNotResume() throws Exception {
        for (ClientAuth auth : List.of(ClientAuth.WANT, ClientAuth.NEED)) {
            try (var tls = open(auth)) {
                tls.checkResumed(session(good));
                assertThrows(CertificateException.class, () -> tls.checkResumed(session(expired)));
                assertThrows(CertificateException.class, () -> tls.checkResumed(session(ofForeign)));
            }
        }
    }

    private static SSLSession session(ServerCertificate certificate) throws SSLPeerUnverifiedException {
        SSLSession session = mock(SSLSession.class);
        when(session.getPeerCertificates()).thenReturn(certificate.chain().toArray(Certificate[]::new));
        return session;
    }

    @Test
    void aSessionWithoutCertificateMayResumeWhereNoneIsNeeded() throws Exception {
        SSLSession session = mock(SSLSession.class);
        when(session.getPeerCertificates()).thenThrow(new SSLPeerUnverifiedException("none"));
        for (ClientAuth auth : ClientAuth.values()) {
            try (var tls = open(auth)) {
                if (auth == ClientAuth.NEED) {
                    assertThrows(CertificateException.class, () -> tls.checkResumed(session));
                } else {
                    tls.checkResumed(session);
                }
            }
        }
    }

    @Test
    void trustsNobodyWithoutAuthoritiesAndNeverAServer() {
        var trust = new ClientTrust();
        var chain = good.chain().toArray(X509Certificate[]::new);
        assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain, "EC"));
        assertEquals(0, trust.getAcceptedIssuers().length);
        trust.use(authority.own().chain());
        assertEquals(1, trust.getAcceptedIssuers().length);
        assertDoesNotThrow(() -> trust.checkClientTrusted(chain, "EC"));
        assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain, "EC"));
    }
}
