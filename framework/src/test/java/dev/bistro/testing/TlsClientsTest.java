package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestAuthority.Key;
import dev.bistro.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client over TLS, against a server that isn't Bistro and does what Bistro doesn't. */
@Timeout(60)
class TlsClientsTest {
    /** The alert to a client without a certificate: the first up to JDK 24, the others since, by the version of TLS. */
    static final String NONE_SHOWN = "(bad_certificate|certificate_required|handshake_failure)";

    private static final String TRUNCATED = "closed without close_notify: the response may be truncated";
    private static final String OPENING = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TestCertificate localhost;

    @BeforeAll
    static void issue() {
        authority = TestAuthority.create(directory);
        localhost = authority.server("localhost");
    }

    // ---- the end of a connection

    /** How the client reads, and what it says of what it has read. */
    private enum Reading implements Function<TestClient, String> {
        WHOLE {
            @Override
            public String apply(TestClient client) {
                return client.get("/").send().text();
            }
        },
        STREAM {
            @Override
            public String apply(TestClient client) {
                try (TestStream stream = client.get("/").stream()) {
                    return stream.nextLine() + stream.nextLine();
                }
            }
        },
        WEB_SOCKET {
            @Override
            public String apply(TestClient client) {
                try (TestWebSocket socket = client.webSocket("/")) {
                    return socket.nextText() + socket.nextText();
                }
            }
        }
    }

    /** What is expected where the server says goodbye and where it doesn't: a text, or else a part of the failure. */
    private record Row(Reading reading, String sent, String notified, String cutOff) {}

    private static final List<Row> ROWS = List.of(
            new Row(Reading.WHOLE, "HTTP/1.1 200 OK\r\n\r\nto the end", "to the end", TRUNCATED),
            new Row(Reading.WHOLE, "HTTP/1.1 200 OK\r\n\r\n", "", TRUNCATED),
            new Row(Reading.WHOLE, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc", "abc"),
            new Row(
                    Reading.WHOLE,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc",
                    "abc",
                    TRUNCATED),
            new Row(
                    Reading.WHOLE,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                    "a",
                    TRUNCATED),
            new Row(Reading.WHOLE, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", "", TRUNCATED),
            new Row(
                    Reading.WHOLE,
                    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                    "1 bytes before the end of the body",
                    TRUNCATED),
            new Row(
                    Reading.WHOLE,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
                    "The server closed the connection",
                    TRUNCATED),
            new Row(Reading.WHOLE, "HTTP/1.1 200", "The server closed the connection", TRUNCATED),
            new Row(Reading.WHOLE, "", "The server closed the connection", TRUNCATED),
            new Row(Reading.STREAM, "HTTP/1.1 200 OK\r\n\r\na\n", "The response has ended", TRUNCATED),
            new Row(Reading.STREAM, "HTTP/1.1 200 OK\r\n\r\na\nb", "ab", TRUNCATED),
            new Row(Reading.WEB_SOCKET, OPENING + "\u0081\u0001a", "EOFException", TRUNCATED),
            new Row(Reading.WEB_SOCKET, OPENING + "\u0081\u0001a\u0081\u0001b", "ab", "ab"));

    static Stream<Arguments> ends() {
        var all = new ArrayList<Arguments>();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            for (Row row : ROWS) {
                all.add(Arguments.of(version, true, row.reading, row.sent, row.notified));
                all.add(Arguments.of(version, false, row.reading, row.sent, row.cutOff));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void tellsAnEndFromATruncation(String version, boolean notice, Reading reading, String sent, String expected)
            throws IOException {
        try (var server =
                new HandMadeServer(authority, localhost).answering(sent).sayingGoodbye(notice)) {
            TestClient client = server.client().withTlsVersions(version);
            String outcome;
            try {
                outcome = reading.apply(client);
                assertEquals(expected, outcome);
            } catch (AssertionError failure) {
                outcome = failure.getMessage();
                assertTrue(outcome.contains(expected), outcome);
                assertTrue(outcome.contains("> GET /"), outcome);
            }
        }
    }

    @Test
    void showsWhatCameBeforeATruncation() throws IOException {
        try (var server = new HandMadeServer(authority, localhost)
                .answering("HTTP/1.1 200 OK\r\nX-Half: yes\r\n\r\nhalf of it")
                .sayingGoodbye(false)) {
            String message = failure(() -> server.client().get("/").send());
            assertTrue(message.startsWith("The response has no end: " + TRUNCATED), message);
            assertTrue(message.contains("< 200 OK\n< X-Half: yes\n\nhalf of it"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsAtItsDeadlineWhereTheServerReadsNothing(String version) throws IOException {
        try (var server = new HandMadeServer(authority, localhost).stalling()) {
            TestClient client = server.client().withTlsVersions(version).withDeadline(Duration.ofMillis(300));
            TestRequest request = client.post("/").body("application/octet-stream", new byte[64 * 1024 * 1024]);
            assertTrue(failure(request::send).startsWith("The request was not answered: 300 ms"));
        }
    }

    // ---- whom it trusts and what it shows

    private static final String ECHO = "HTTP/1.1 200 OK\r\n\r\n{version} for {sni} of {client}";

    private static String failure(Executable request) {
        return assertThrows(AssertionError.class, request).getMessage();
    }

    @Test
    void trustsThisCertificateAndNoOtherOfTheSameAuthorityAndName() throws IOException {
        try (var server = new HandMadeServer(authority, localhost).answering(ECHO)) {
            server.client().get("/").send().assertText("TLSv1.3 for none of ");
            var expected = new AtomicReference<>(authority.server("localhost"));
            TestClient other = server.client(expected::get);
            String message = failure(() -> other.get("/").send());
            assertTrue(
                    message.startsWith("The request was not answered: javax.net.ssl.SSLHandshakeException: "), message);
            assertTrue(message.contains("no certificate of the server under test: CN=localhost (number "), message);
            assertTrue(failure(() -> other.get("/").stream()).contains("no certificate of"));
            assertTrue(failure(() -> other.webSocket("/")).contains("no certificate of"));
            expected.set(localhost); // as a server does that exchanges its certificate
            other.get("/").send().assertText("TLSv1.3 for none of ");
        }
    }

    @Test
    void trustsNoCertificateThatHasExpired() throws IOException {
        try (var server = new HandMadeServer(authority, authority.server(Key.EC, -1, "localhost"))) {
            String message = failure(() -> server.client().get("/").send());
            assertTrue(message.contains("NotAfter"), message);
        }
    }

    @Test
    void verifiesTheNameThatItAskedFor() throws IOException {
        try (var server =
                new HandMadeServer(authority, authority.server("shop.example", "other.example")).answering(ECHO)) {
            TestClient client = server.client();
            assertTrue(failure(() -> client.get("/").send()).contains("matching localhost found"));
            TestClient shop = client.withServerName("shop.example");
            shop.get("/").send().assertText("TLSv1.3 for shop.example of ");
            assertTrue(shop.get("/").send().toString().contains("> Host: shop.example\n"));
            TestClient other = shop.withServerName("other.example").withTlsVersions("TLSv1.2");
            other.get("/").send().assertText("TLSv1.2 for other.example of ");
            TestClient none = client.withServerName("none.example");
            assertTrue(failure(() -> none.get("/").send()).contains("matching none.example found"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void showsTheCertificateThatItIsGivenWhateverTheServerTrusts(String version) throws IOException {
        try (var server =
                new HandMadeServer(authority, localhost).answering(ECHO).needingCertificate()) {
            TestClient client = server.client().withTlsVersions(version);
            KeyStore ada = authority.client("Ada").keyStore();
            client.withCertificate(ada, TestCertificate.PASSWORD)
                    .get("/")
                    .send()
                    .assertText(version + " for none of CN=Ada");
            KeyStore foreign = TestAuthority.create(directory).client("Eve").keyStore();
            TestClient eve = client.withCertificate(foreign, TestCertificate.PASSWORD);
            assertTrue(failure(() -> eve.get("/").send()).contains("certificate_unknown"));
            String none = failure(() -> client.get("/").send());
            assertTrue(none.matches("(?s).*" + NONE_SHOWN + ".*"), none);
        }
    }

    // ---- what can't be

    @Test
    void saysWhatCanNotBe() throws Exception {
        try (var server = new HandMadeServer(authority, localhost)) {
            TestClient client = server.client();
            KeyStore store = authority.client("Ada").keyStore();
            assertThrows(IllegalArgumentException.class, () -> client.withCertificate(store, "wrong"));
            KeyStore empty = KeyStore.getInstance("PKCS12");
            empty.load(null, null);
            assertThrows(IllegalArgumentException.class, () -> client.withCertificate(empty, "secret"));
            assertThrows(IllegalArgumentException.class, () -> client.withServerName("a b"));
            assertThrows(IllegalArgumentException.class, client::withTlsVersions);
            String message = assertThrows(IllegalArgumentException.class, () -> client.withTlsVersions("TLSv9"))
                    .getMessage();
            assertTrue(message.contains("TLSv9") && message.contains("TLSv1.3"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatAServerSpeaksNoTls(boolean overSocket) throws Exception {
        var application = Bistro.app(TlsClientsTest.class).classes(TestClientTest.Shop.class);
        try (Server server = overSocket ? application.port(0).start() : application.startInProcess()) {
            TestClient client = TestClient.of(server);
            List<Executable> all = List.of(
                    client::https,
                    client::sslContext,
                    server::trustManager,
                    () -> client.withServerName("shop.example"),
                    () -> client.withTlsVersions("TLSv1.3"),
                    () -> client.withCertificate(KeyStore.getInstance("PKCS12"), "secret"));
            for (Executable one : all) {
                String message = assertThrows(IllegalStateException.class, one).getMessage();
                assertTrue(message.contains("server.tls.development=true"), message);
            }
            assertTrue(server.httpsUri().isEmpty());
        }
    }
}
