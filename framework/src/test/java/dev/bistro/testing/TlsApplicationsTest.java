package dev.bistro.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.ClientConnection;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.http.Cookie;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications over TLS, as their tests see them: over a socket and within the process alike. */
@Timeout(60)
class TlsApplicationsTest {
    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TestCertificate localhost;

    @BeforeAll
    static void issue() {
        authority = TestAuthority.create(directory);
        localhost = authority.server("localhost");
    }

    @Route("/")
    static class Door {
        private final Feed<String> feed = Feed.create();

        @Get
        Response<String> scheme(Request request) {
            return Response.ok(request.scheme() + " " + request.header("Host").orElse(""))
                    .withCookie(Cookie.of("__Host-visit", "1"))
                    .withCookie(Cookie.of("theme", "dark"));
        }

        @Get("/feed")
        @Produces("application/x-ndjson")
        Feed<String> feed() {
            return feed;
        }

        @Post("/feed")
        void publish(String text) {
            feed.publish(text);
        }

        @Get("/stream")
        Stream<String> stream() {
            return Stream.of("a", "b");
        }
    }

    @WebSocket("/echo")
    static class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private static BistroBuilder application(TestCertificate certificate) {
        return Bistro.app(TlsApplicationsTest.class)
                .classes(Door.class, Echo.class)
                .set("server.tls.certificate", certificate.file().toString())
                .set("server.tls.key", certificate.key().toString());
    }

    private static Server start(boolean overSocket, BistroBuilder application) {
        return overSocket ? application.port(0).start() : application.startInProcess();
    }

    /** A server of localhost. */
    private static Server start(boolean overSocket, boolean besidePlain) {
        BistroBuilder application = application(localhost);
        return start(overSocket, besidePlain ? application.set("server.tls.port", "0") : application);
    }

    static Stream<Arguments> ways() {
        return Stream.of(true, false)
                .flatMap(overSocket ->
                        Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(overSocket, version)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void servesAllKindsOfAnswers(boolean overSocket, String version) {
        try (TestClient client = TestClient.of(start(overSocket, false)).withTlsVersions(version)) {
            client.get("/").send().assertText("https localhost");
            client.get("/").header("Connection", "close").send().assertText("https localhost");
            client.get("/stream").send().assertStatus(200);
            try (TestWebSocket socket = client.webSocket("/echo")) {
                assertEquals("Hello", socket.send("Hello").nextText());
                socket.sendClose(1000).assertClosed(1000);
            }
            try (TestStream stream = client.get("/feed").stream()) {
                client.post("/feed").query("text", "news").send().assertStatus(204);
                stream.nextMessage().assertContains("news");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void speaksTlsByItselfWhereTheServerSpeaksNothingElse(boolean overSocket) throws Exception {
        try (Server server = start(overSocket, false)) {
            assertEquals("https", server.uri().getScheme());
            assertEquals(server.uri(), server.httpsUri().orElseThrow());
            TestClient.of(server).get("/").send().assertText("https localhost");
            TestClient.of(server).https().get("/").send().assertText("https localhost");
            try (ClientConnection connection = server.connect()) {
                assertEquals("TLSv1.3", connection.tls().orElseThrow().getProtocol());
                connection.output().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
                String answer = new String(connection.input().readAllBytes(), US_ASCII);
                assertTrue(answer.startsWith("HTTP/1.1 200 OK") && answer.endsWith("https a"), answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void speaksTlsWhereItIsToldToWhereTheServerSpeaksBoth(boolean overSocket) {
        try (Server server = start(overSocket, true)) {
            assertEquals("http", server.uri().getScheme());
            assertEquals("https", server.httpsUri().orElseThrow().getScheme());
            TestClient client = TestClient.of(server);
            client.get("/").send().assertText("http localhost");
            client.https().get("/").send().assertText("https localhost");
            client.withHeader("Host", "a").https().get("/").send().assertText("https a");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsSecureCookiesOverTlsOnly(boolean overSocket) {
        try (Server server = start(overSocket, true)) {
            TestClient plain = TestClient.of(server).withCookies();
            plain.get("/").send().assertStatus(200);
            assertEquals("dark", plain.cookie("theme").orElseThrow());
            assertTrue(plain.cookie("__Host-visit").isEmpty());
            TestClient client = plain.https();
            client.get("/").send().assertStatus(200);
            assertEquals("1", client.cookie("__Host-visit").orElseThrow());
            assertEquals("dark", plain.cookie("theme").orElseThrow(), "both have the same cookies");
            String secure = client.get("/").send().toString();
            assertTrue(secure.contains("> Cookie: theme=dark; __Host-visit=1\n"), secure);
            String open = plain.get("/").send().toString();
            assertTrue(!open.contains("> Cookie"), open);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void showsItsCertificateAndIsRefusedWithout(boolean overSocket, String version) {
        BistroBuilder application = application(localhost)
                .set("server.tls.client-auth", "need")
                .set("server.tls.client-ca", authority.own().file().toString());
        try (TestClient any = TestClient.of(start(overSocket, application))) {
            TestClient client = any.withTlsVersions(version);
            client.withCertificate(authority.client("Ada").keyStore(), TestCertificate.PASSWORD)
                    .get("/")
                    .send()
                    .assertStatus(200);
            String message = assertThrows(
                            AssertionError.class, () -> client.get("/").send())
                    .getMessage();
            assertTrue(message.startsWith("The request was not answered: "), message);
            assertTrue(
                    overSocket || message.matches("(?s).*Received fatal alert: " + TlsClientsTest.NONE_SHOWN + ".*"),
                    message);
            TestClient eve = client.withCertificate(
                    TestAuthority.create(directory).client("Eve").keyStore(), TestCertificate.PASSWORD);
            assertThrows(AssertionError.class, () -> eve.get("/").send());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trustsTheCertificateThatTheServerMakesForDevelopment(boolean overSocket) {
        BistroBuilder application =
                Bistro.app(TlsApplicationsTest.class).classes(Door.class).set("server.tls.development", "true");
        try (TestClient client = TestClient.of(start(overSocket, application))) {
            client.get("/").send().assertText("https localhost");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void verifiesTheNameWhateverTheParametersSay(boolean overSocket) throws Exception {
        try (Server server = start(overSocket, application(authority.server("elsewhere")))) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {server.trustManager()}, null);
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(null);
            assertThrows(SSLHandshakeException.class, () -> server.connect(context, parameters));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void otherClientsMayTrustWhatThisOneTrusts(boolean besidePlain) throws Exception {
        try (TestClient client = TestClient.of(start(true, besidePlain))) {
            HttpClient other =
                    HttpClient.newBuilder().sslContext(client.sslContext()).build();
            var request = HttpRequest.newBuilder(client.server().httpsUri().orElseThrow());
            assertTrue(
                    other.send(request.build(), BodyHandlers.ofString()).body().startsWith("https localhost:"));
        }
    }
}
