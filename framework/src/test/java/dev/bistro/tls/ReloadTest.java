package dev.bistro.tls;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.startup.Problems;
import dev.bistro.tls.TestAuthority.Key;
import dev.bistro.wire.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that are exchanged while the server runs, in each way that they are. */
class ReloadTest {
    @TempDir
    static Path material;

    private static TestCertificate first;
    private static TestCertificate second;
    private static TestCertificate other;

    @TempDir
    Path folder;

    private CapturedLog log;

    @BeforeAll
    static void make() {
        first = TestAuthority.selfSigned(material.resolve("first.crt"), Key.EC, 30, "first", "a.org");
        second = TestAuthority.selfSigned(material.resolve("second.crt"), Key.EC, 30, "second", "a.org");
        other = TestAuthority.selfSigned(material.resolve("other.crt"), Key.EC, 30, "other", "b.org");
    }

    @BeforeEach
    void listen() {
        log = CapturedLog.of("dev.bistro.tls", Level.INFO);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static String served(ServerTls tls, String name) {
        var client = TestClients.engine(TestClients.anonymous(), name, "TLSv1.3");
        Handshake done = Handshake.of(client, tls.newEngine());
        assertTrue(done.isDone(), () -> "" + done.fault());
        return done.serverName();
    }

    private static void writeInPlace(TestCertificate from, Path to) throws IOException {
        Files.write(to, Files.readAllBytes(from.file()));
        Files.write(TestCertificate.at(to).key(), Files.readAllBytes(from.key()));
    }

    private static void moveOver(TestCertificate from, Path to) throws IOException {
        for (boolean key : new boolean[] {false, true}) {
            Path source = key ? from.key() : from.file();
            Path target = key ? TestCertificate.at(to).key() : to;
            Path temporary = Files.copy(source, target.resolveSibling(".new"));
            Files.setLastModifiedTime(temporary, Files.getLastModifiedTime(target)); // the time alone doesn't tell
            Files.move(temporary, target, ATOMIC_MOVE, REPLACE_EXISTING);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesFilesThatWereWrittenInPlaceOrMovedOver(boolean inPlace) throws IOException {
        Path file = folder.resolve("x.crt");
        first.copyTo(file);
        try (var tls = TestTls.open(Settings.NONE.certificate(TestCertificate.at(file)))) {
            assertEquals("first", served(tls, "a.org"));
            assertEquals(
                    1,
                    log.take("INFO TLS certificate " + file + " for first, a.org: EC 256, valid until")
                            .size());
            tls.check();
            assertEquals(List.of(), log.take(""));

            if (inPlace) {
                writeInPlace(second, file);
            } else {
                moveOver(second, file);
            }
            tls.check();
            assertEquals("second", served(tls, "a.org"));
            assertEquals(
                    1,
                    log.take("INFO TLS certificate " + file + " for second, a.org")
                            .size());
        }
    }

    @Test
    void takesFilesWhoseFoldersLinkWasExchanged() throws IOException {
        Path one = Files.createDirectory(folder.resolve("..2026_01"));
        Path two = Files.createDirectory(folder.resolve("..2026_02"));
        first.copyTo(one.resolve("tls.crt"));
        second.copyTo(two.resolve("tls.crt"));
        for (String name : new String[] {"tls.crt", "tls.key"}) {
            Files.setLastModifiedTime(two.resolve(name), Files.getLastModifiedTime(one.resolve(name)));
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        Path data = Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
        try (var byFile = TestTls.open(Settings.NONE.certificate(TestCertificate.at(folder.resolve("tls.crt"))));
                var byFolder = TestTls.open(Settings.NONE.folder(folder))) {
            assertEquals(1, byFolder.certificates().size());
            assertEquals("first", served(byFile, ""));
            assertEquals("first", served(byFolder, ""));
            Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), two.getFileName());
            Files.move(next, data, ATOMIC_MOVE, REPLACE_EXISTING);
            for (Path file : Files.list(one).toList()) {
                Files.delete(file);
            }
            for (ServerTls tls : List.of(byFile, byFolder)) {
                tls.check();
                assertEquals("second", served(tls, ""));
            }
        }
    }

    @Test
    void keepsTheLastGoodPairUntilBothFilesAreThere() throws IOException {
        Path file = folder.resolve("x.crt");
        first.copyTo(file);
        try (var tls = TestTls.open(Settings.NONE.certificate(TestCertificate.at(file)))) {
            log.take("");
            Files.copy(second.file(), file, REPLACE_EXISTING);
            tls.check();
            tls.check();
            List<String> warnings = log.take("WARN");
            assertEquals(1, warnings.size(), "once for each state: " + warnings);
            assertTrue(warnings.get(0).contains("last good ones stay in use: The key doesn't belong"), warnings.get(0));
            assertTrue(warnings.get(0).contains(file.toString()), warnings.get(0));
            assertEquals("first", served(tls, "a.org"));

            Files.writeString(file, Files.readString(second.file()).substring(0, 200));
            tls.check();
            assertEquals(1, log.take("WARN").size());
            Files.delete(file);
            tls.check();
            assertEquals(1, log.take("WARN").size());
            assertEquals("first", served(tls, "a.org"));

            writeInPlace(second, file);
            tls.check();
            assertEquals("second", served(tls, "a.org"));
            assertEquals(List.of(), log.take("WARN"));
        }
    }

    @Test
    void aPairOfAFolderComesAndGoes() throws IOException {
        first.copyTo(folder.resolve("a.crt"));
        try (var tls = TestTls.open(Settings.NONE.certificate(first).folder(folder))) {
            other.copyTo(folder.resolve("b.crt"));
            tls.check();
            assertEquals("other", served(tls, "b.org"));
            log.take("");

            Files.delete(folder.resolve("b.crt"));
            tls.check();
            tls.check();
            assertEquals(1, log.take("WARN").size(), "half of it isn't gone");
            assertEquals("other", served(tls, "b.org"));

            Files.delete(folder.resolve("b.key"));
            tls.check();
            assertEquals("other", served(tls, "b.org"), "not at the first look");
            tls.check();
            assertEquals("first", served(tls, "b.org"));
            assertEquals(
                    List.of("WARN TLS certificate " + folder.resolve("b.crt")
                            + " is gone from its folder, and isn't used any more"),
                    log.take(""));
        }
    }

    @Test
    void aPairThatIsRemovedAndWrittenAgainIsNotMissed() throws IOException {
        other.copyTo(folder.resolve("b.crt"));
        try (var tls = TestTls.open(Settings.NONE.certificate(first).folder(folder))) {
            log.take("");
            for (int i = 0; i < 3; i++) {
                Files.delete(folder.resolve("b.crt"));
                Files.delete(folder.resolve("b.key"));
                tls.check();
                assertEquals("other", served(tls, "b.org"));
                other.copyTo(folder.resolve("b.crt"));
                tls.check();
            }
            assertEquals(List.of(), log.take(""));
        }
    }

    @Test
    void aFoldersDefaultStaysThoughItIsGone() throws IOException {
        first.copyTo(folder.resolve("a.crt"));
        other.copyTo(folder.resolve("b.crt"));
        try (var tls = TestTls.open(Settings.NONE.folder(folder))) {
            log.take("");
            Files.delete(folder.resolve("a.crt"));
            Files.delete(folder.resolve("a.key"));
            for (int i = 0; i < 4; i++) {
                tls.check();
            }
            assertEquals("first", served(tls, "unknown.net"));
            assertEquals(
                    List.of("WARN TLS certificate " + folder.resolve("a.crt")
                            + " is gone from its folder, but stays in use: it is the default"),
                    log.take(""));
        }
    }

    @Test
    void aFolderThatCannotBeListedKeepsItsCertificates() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("certificates"));
        other.copyTo(inner.resolve("b.crt"));
        try (var tls = TestTls.open(Settings.NONE.certificate(first).folder(inner))) {
            log.take("");
            Path away = Files.move(inner, folder.resolve("away"));
            for (int i = 0; i < 3; i++) {
                tls.check();
            }
            assertEquals("other", served(tls, "b.org"));
            assertEquals(1, log.take("WARN").size());
            Files.move(away, inner);
            tls.check();
            assertEquals("other", served(tls, "b.org"));
            assertEquals(List.of(), log.take(""));
        }
    }

    @Test
    void aBadPairOfAFolderKeepsNoOtherFromBeingRead() throws IOException {
        first.copyTo(folder.resolve("c.crt"));
        try (var tls = TestTls.open(Settings.NONE.folder(folder))) {
            Files.writeString(folder.resolve("a.crt"), "no certificate");
            Files.writeString(folder.resolve("a.key"), "no key");
            other.copyTo(folder.resolve("d.crt"));
            log.take("");
            tls.check();
            assertEquals("other", served(tls, "b.org"));
            assertEquals(1, log.take("WARN").size());
        }
    }

    @Test
    void saysOnceWhichOfTwoForOneNameIsUsed() throws IOException {
        first.copyTo(folder.resolve("a.crt"));
        try (var tls = TestTls.open(Settings.NONE.folder(folder))) {
            TestCertificate later = TestAuthority.selfSigned(folder.resolve("b.crt"), Key.EC, 60, "later", "a.org");
            log.take("");
            tls.check();
            List<String> warnings = log.take("WARN");
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).contains("for a.org with a key of type EC: " + later.file() + " is used"));
            assertEquals("later", served(tls, "a.org"));
            other.copyTo(folder.resolve("c.crt"));
            tls.check();
            assertEquals(List.of(), log.take("WARN"));
        }
    }

    @Test
    void warnsOfAKeyThatBrowsersDoNotTake() throws IOException {
        Path file = folder.resolve("x.crt");
        first.copyTo(file);
        try (var tls = TestTls.open(Settings.NONE.certificate(TestCertificate.at(file)))) {
            log.take("");
            writeInPlace(TestAuthority.selfSigned(material.resolve("edwards.crt"), Key.ED25519, 30, "a.org"), file);
            tls.check();
            List<String> warnings = log.take("WARN TLS certificate " + file + ": ");
            assertEquals(1, warnings.size());
            assertTrue(warnings.get(0).contains("Ed25519"), warnings.get(0));
        }
    }

    @Test
    void handshakesUnderWayDoNotFail() throws IOException {
        Path file = folder.resolve("x.crt");
        first.copyTo(file);
        try (var tls = TestTls.open(Settings.NONE.certificate(TestCertificate.at(file)))) {
            var swaps = new AtomicInteger();
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                Handshake done = Handshake.of(
                        TestClients.engine(TestClients.anonymous(), "a.org", version), tls.newEngine(), () -> {
                            try {
                                writeInPlace(swaps.incrementAndGet() % 2 == 0 ? first : second, file);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                            tls.check();
                        });
                assertTrue(done.isDone(), () -> "" + done.fault());
            }
            assertTrue(swaps.get() > 10, swaps::toString);
        }
    }

    @Test
    void whatWasChosenBeforeIsFoundAfterwards() {
        var before = new CertificateSet(List.of(first.read()));
        var keys = new ServerKeys(before);
        String alias = keys.getServerAliases("EC", null)[0];
        for (int i = 0; i < 9; i++) {
            keys.use(new CertificateSet(List.of(second.read())));
            assertEquals(first.read().key(), keys.getPrivateKey(alias));
            assertArrayEquals(first.read().chain().toArray(X509Certificate[]::new), keys.getCertificateChain(alias));
        }
    }

    @Test
    void sessionsOfOtherCertificatesAreResumedAfterAnExchange() throws IOException {
        first.copyTo(folder.resolve("a.crt"));
        try (var tls = TestTls.open(Settings.NONE.certificate(other).folder(folder))) {
            SSLContext client = TestClients.anonymous();
            for (boolean resumed : new boolean[] {false, true}) {
                var engine = TestClients.engine(client, "a.org", "TLSv1.3");
                assertEquals(resumed, Handshake.of(engine, tls.newEngine()).isResumed());
                writeInPlace(second, folder.resolve("a.crt"));
                tls.check();
            }
        }
    }

    @Test
    void itsThreadNoticesByItself() throws Exception {
        Path file = folder.resolve("x.crt");
        first.copyTo(file);
        var problems = new Problems();
        Optional<ServerTls> opened = ServerTls.open(
                Settings.NONE.certificate(TestCertificate.at(file)).tls(),
                problems,
                Clock.systemUTC(),
                Duration.ofMillis(10));
        try (var tls = opened.orElseThrow()) {
            moveOver(second, file);
            log.await("for second, a.org");
            assertEquals("second", served(tls, "a.org"));
        }
    }
}
