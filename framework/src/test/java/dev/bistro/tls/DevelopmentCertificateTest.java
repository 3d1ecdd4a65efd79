package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentCertificateTest {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09.123Z");

    @TempDir
    static Path folder;

    private static ServerCertificate made;
    private static SSLServerSocket server;
    private static Thread serving;

    @BeforeAll
    static void serve() throws Exception {
        made = DevelopmentCertificate.create();
        Files.writeString(folder.resolve("made.pem"), Pem.certificate(made));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("made", made.key(), new char[0], made.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        serving = new Thread(DevelopmentCertificateTest::answerAll, "answers");
        serving.start();
    }

    private static void answerAll() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read();
                client.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes());
            } catch (IOException refusedOrClosed) {
                // the next one, or the end
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        serving.join();
    }

    private static X509Certificate at(Instant now) {
        return DevelopmentCertificate.create(now).certificate();
    }

    @Test
    void isForLocalhostAndCanIssueNoOther() throws Exception {
        X509Certificate certificate = at(NOW);
        assertEquals(3, certificate.getVersion());
        assertEquals(
                "CN=localhost,O=Bistro development",
                certificate.getSubjectX500Principal().getName());
        assertEquals(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal());
        certificate.verify(certificate.getPublicKey());
        assertEquals("SHA256withECDSA", certificate.getSigAlgName());
        assertEquals(
                256,
                ((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getCurve()
                        .getField()
                        .getFieldSize());
        assertEquals(
                Set.of(
                        List.of(2, "localhost"),
                        List.of(2, "*.localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1")),
                Set.copyOf(certificate.getSubjectAlternativeNames()));
        assertEquals(-1, certificate.getBasicConstraints());
        assertArrayEquals(
                new boolean[] {true, false, false, false, false, false, false, false, false},
                certificate.getKeyUsage());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
        assertEquals(Set.of("2.5.29.19", "2.5.29.15"), certificate.getCriticalExtensionOIDs());
        assertEquals(Set.of("2.5.29.37", "2.5.29.17", "2.5.29.14"), certificate.getNonCriticalExtensionOIDs());
    }

    @Test
    void namesItsKeyByTheKeysHash() throws Exception {
        byte[] bits = DerElement.of(made.certificate().getPublicKey().getEncoded())
                .child(1, Der.BIT_STRING)
                .content();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(bits, 1, bits.length));
        byte[] value =
                DerElement.of(made.certificate().getExtensionValue("2.5.29.14")).content();
        assertArrayEquals(Arrays.copyOf(hash, 20), DerElement.of(value).content());
    }

    @Test
    void isValidForNinetyDaysFromADayAgo() {
        X509Certificate certificate = at(NOW);
        assertEquals(
                Instant.parse("2026-05-05T07:08:09Z"),
                certificate.getNotBefore().toInstant());
        assertEquals(
                Instant.parse("2026-08-03T07:08:09Z"), certificate.getNotAfter().toInstant());
    }

    /** UTCTime, which has two digits for the year, ends with 2049. */
    @ParameterizedTest
    @CsvSource({"2049-10-01T00:00:00Z", "2049-12-01T00:00:00Z", "2050-01-01T12:00:00Z", "2050-01-02T00:00:00Z"})
    void hasRightTimesAroundTheEndOfUtcTime(Instant now) {
        X509Certificate certificate = at(now);
        Instant begin = now.minus(Duration.ofDays(1));
        assertEquals(begin, certificate.getNotBefore().toInstant());
        assertEquals(begin.plus(Duration.ofDays(90)), certificate.getNotAfter().toInstant());
    }

    /** RFC 5280, 4.1.2.2: positive, at most 20 bytes; browsers tell certificates of the same issuer apart by it. */
    @Test
    void hasSerialNumberOfItsOwnAndKeyOfItsOwn() {
        X509Certificate one = at(NOW);
        X509Certificate other = at(NOW);
        for (X509Certificate certificate : List.of(one, other)) {
            assertEquals(1, certificate.getSerialNumber().signum());
            assertEquals(16, certificate.getSerialNumber().toByteArray().length);
        }
        assertNotEquals(one.getSerialNumber(), other.getSerialNumber());
        assertNotEquals(one.getPublicKey(), other.getPublicKey());
    }

    @Test
    void isReadWithoutFaultsAndWarnings() throws Exception {
        Path key = Files.writeString(folder.resolve("made.key"), Pem.key(made));
        ServerCertificate read = CertificateReader.read(folder.resolve("made.pem"), Optional.of(key), Optional.empty());
        assertEquals(made.chain(), read.chain());
        assertEquals(List.of(), CertificateReader.warnings(read));
        assertEquals("the development certificate", made.toString());
    }

    @ParameterizedTest
    @CsvSource({"localhost,TLSv1.3", "shop.localhost,TLSv1.3", "127.0.0.1,TLSv1.3", "::1,TLSv1.3", "localhost,TLSv1.2"})
    void javaAcceptsItWhereItIsTrusted(String host, String version) throws Exception {
        assertTrue(answer(host, version, made.certificate()).endsWith("ok"));
    }

    @Test
    void javaRefusesItForOtherHostsAndWhereAnotherIsTrusted() {
        assertThrows(SSLException.class, () -> answer("shop.example", "TLSv1.3", made.certificate()));
        X509Certificate other = DevelopmentCertificate.create().certificate();
        assertThrows(SSLException.class, () -> answer("localhost", "TLSv1.3", other));
    }

    private static String answer(String host, String version, X509Certificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var plain = new Socket("127.0.0.1", server.getLocalPort());
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, 443, true)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {version});
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write('.');
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void opensslAcceptsIt() {
        Command.script("openssl", """
                verify='openssl verify -x509_strict -purpose sslserver -CAfile made.pem'
                $verify -verify_hostname localhost made.pem
                $verify -verify_ip 127.0.0.1 made.pem
                $verify -verify_ip ::1 made.pem
                ! $verify -verify_hostname shop.example made.pem
                """).in(folder).run().assertSuccess();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void curlAcceptsIt(String host) {
        String port = String.valueOf(server.getLocalPort());
        String answer = Command.of("curl", "-sS", "--max-time", "20", "--noproxy", "*", "--cacert", "made.pem")
                .with("--connect-to", "::127.0.0.1:" + port, "https://" + host + ":" + port + "/")
                .in(folder)
                .run()
                .assertSuccess()
                .out();
        assertEquals("ok", answer);
    }
}
