package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.Command;
import dev.bistro.wire.Dialogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code curl} gets over HTTPS, which it checks by an authority of the test, and a WebSocket of the kit. */
@Timeout(120)
class HttpsCommandsTest {
    private static final int UPLOAD_BYTES = 2_000_000;

    @TempDir
    static Path folder;

    private static TestAuthority root;
    private static Server server;

    /** With both HTTP and HTTPS. */
    private static Server redirecting;

    @BeforeAll
    static void start() {
        Command.assumeInstalled("curl");
        Command.assumeInstalled("openssl");
        root = TestAuthority.create(folder);
        TestCertificate certificate = root.server("localhost", "shop.example");
        server = TlsApplication.with(certificate).start();
        redirecting = TlsApplication.with(certificate)
                .set("server.tls.port", "0")
                .set("server.tls.redirect", "true")
                .set("server.tls.hsts", "7d")
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            redirecting.close();
        }
    }

    private static Command curl(String... options) {
        return Command.of("curl", "--silent", "--show-error", "--ipv4", "--noproxy", "*", "--cacert")
                .with(root.own().file().toString())
                .with(options);
    }

    private static String address(String path) {
        return server.uri() + path;
    }

    private static String get(String path, String... options) {
        return curl(options).with(address(path)).run().assertSuccess().out();
    }

    // ---- connections

    @ParameterizedTest
    @CsvSource({"--tls-max 1.2, TLSv1.2", "--tlsv1.3, TLSv1.3"})
    void trustsTheServer(String options, String version) {
        assertEquals("https " + version + " nobody", get("/who", options.split(" ")));
    }

    @Test
    void trustsItUnderItsOtherNameOnly() {
        String port = ":" + server.port();
        for (String name : new String[] {"shop.example", "other.example"}) {
            Command.Output answer = curl("--resolve", name + port + ":127.0.0.1", "https://" + name + port + "/")
                    .run();
            assertEquals(name.equals("shop.example") ? "hello" : "", answer.out(), answer::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2", "--no-alpn", "--http1.0"})
    void answersWhateverVersionOfHttpIsOffered(String option) {
        assertEquals("hello", get("/", option));
    }

    @Test
    void keepsConnectionsOpen() {
        String both = curl("--write-out", " %{num_connects}\n", address("/"), address("/who"), address("/"))
                .run()
                .assertSuccess()
                .out();
        assertEquals("hello 1\nhttps TLSv1.3 nobody 0\nhello 0\n", both);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.0", "--http1.1"})
    void tellsTheEndOfAnAnswerThatEndsTheConnection(String version) {
        String size = get(
                "/stream",
                version,
                "--header",
                "Connection: close",
                "--output",
                "/dev/null",
                "--write-out",
                "%{size_download}");
        assertEquals("2000000", size);
    }

    @Test
    void saysThatThePortSpeaksTls() {
        Command.Output answer = curl("--include", "http://localhost:" + server.port() + "/cart?id=7")
                .run()
                .assertSuccess();
        assertTrue(answer.out().startsWith("HTTP/1.1 400 "), answer::out);
        assertTrue(answer.out().contains("https"), answer::out);
        Command.Output posted = curl("--data-binary", "@" + TlsApplication.largeFile(), "--write-out", "%{http_code}")
                .with("http://localhost:" + server.port() + "/echo")
                .run();
        assertTrue(posted.out().endsWith("400"), () -> posted.out() + posted.err());
    }

    // ---- bodies

    @ParameterizedTest
    @ValueSource(strings = {"--http1.0", "--http1.1", "--tls-max 1.2", "--header Transfer-Encoding:chunked"})
    void takesUploads(String option) throws IOException {
        Path file = folder.resolve("upload");
        Files.write(file, new byte[UPLOAD_BYTES]);
        assertEquals(
                String.valueOf(UPLOAD_BYTES),
                curl(option.split(" "))
                        .with("--upload-file", file.toString(), address("/upload"))
                        .run()
                        .assertSuccess()
                        .out());
    }

    @ParameterizedTest
    @CsvSource({
        "/static/large.bin, --http1.1",
        "/static/large.bin, --http1.0",
        "/static/large.bin, --tls-max 1.2",
        "/file, --http1.1",
        "/file, --limit-rate 20M"
    })
    void sendsFiles(String path, String option) throws IOException {
        Path copy = folder.resolve("copy");
        curl(option.split(" "))
                .with("--output", copy.toString(), address(path))
                .run()
                .assertSuccess();
        assertEquals(-1, Files.mismatch(TlsApplication.largeFile(), copy));
    }

    @Test
    void sendsPartsOfFiles() throws IOException {
        Path copy = folder.resolve("part");
        curl("--range", "4000000-", "--output", copy.toString(), address("/static/large.bin"))
                .run()
                .assertSuccess();
        byte[] whole = Files.readAllBytes(TlsApplication.largeFile());
        byte[] part = Files.readAllBytes(copy);
        assertEquals(whole.length - 4_000_000, part.length);
        assertEquals(whole[whole.length - 1], part[part.length - 1]);
    }

    // ---- what isn't there at once

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void sendsEventsAtOnce(String version) throws IOException {
        publish("first of " + version);
        try (Dialogue events = curl("--no-buffer", "--tls-max", version, "--header", "Accept: text/event-stream")
                .with(address("/news"))
                .start()) {
            events.readUntil("data: first of " + version);
            publish("second of " + version);
            events.readUntil("data: second of " + version);
        }
    }

    private static void publish(String item) {
        curl("--header", "Content-Type: text/plain", "--data-raw", item, address("/news"))
                .run()
                .assertSuccess();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksWebSocket(String version) {
        TestClient client = TestClient.of(server).withTlsVersions(version);
        try (TestWebSocket socket = client.webSocket("/ws")) {
            assertEquals("hello", socket.send("hello").nextText());
            String large = "x".repeat(60_000);
            assertEquals(large, socket.send(large).nextText());
        }
    }

    // ---- beside HTTP

    @Test
    void isWhereHttpRedirectsTo() {
        String http = "http://localhost:" + redirecting.port();
        Command.Output followed = curl("--location", "--include", "--header", "Content-Type: text/plain")
                .with("--data-raw", "kept", http + "/echo?a=b")
                .run()
                .assertSuccess();
        String[] answers = followed.out().split("(?=HTTP/1.1 )");
        String https = redirecting.httpsUri().orElseThrow().toString();
        assertNotEquals(http, https);
        assertTrue(answers[0].startsWith("HTTP/1.1 308 "), followed::out);
        assertTrue(answers[0].contains("Location: " + https + "/echo?a=b\r\n"), followed::out);
        assertFalse(answers[0].contains("Strict-Transport-Security"), followed::out);
        assertTrue(answers[1].startsWith("HTTP/1.1 200 "), followed::out);
        assertTrue(answers[1].contains("Strict-Transport-Security: max-age=604800\r\n"), followed::out);
        assertTrue(answers[1].endsWith("\r\n\r\nkept"), followed::out);
    }
}
