package dev.bistro.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.Await;
import dev.bistro.wire.Command;
import dev.bistro.wire.RawClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /metrics} tells of a server's connections, brought about by clients on sockets. */
@Timeout(60)
class ServerFiguresTest {
    private static final String SESSIONS = "bistro_websocket_sessions";
    private static final String FOLLOWERS = "bistro_feed_followers";
    private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=\"");

    /** A row of the guide's table, up to the labels: the meaning is for people. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `[a-z_]+` \\| (?:counter|gauge|histogram|summary) \\| [^|]*\\|");

    @Route("/")
    static final class News {
        private final Feed<String> news = Feed.create();

        @Get
        Feed<String> news() {
            news.publish("a");
            return news;
        }

        @Post("/whole")
        String whole(@Body String text) {
            return text;
        }

        @Post("/streamed")
        long streamed(InputStream body) throws IOException {
            return body.readAllBytes().length;
        }
    }

    @WebSocket("/echo")
    static final class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(ServerFiguresTest.class)
                .classes(News.class, Echo.class)
                .set("server.host", "127.0.0.1")
                .set("metrics.enabled", "true")
                .port(0);
    }

    private static String text(Server server) throws IOException {
        String answer =
                RawClient.exchange(server.address(), "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static Exposition metrics(Server server) throws IOException {
        return Exposition.read(text(server), false);
    }

    /** Asks until it is so: a server hears of a client that leaves, but nobody is told when. */
    private static void awaitValue(Server server, String sample, double value) throws IOException {
        Await.until(() -> metrics(server).value(sample) == value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            idle | GET /none HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            head | ''
            head | GET /none HT
            body | POST /whole HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nab
            body | POST /streamed HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nab
            body | POST /none HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nab
            """)
    void countsConnectionsThatAreClosedForTime(String kind, String sent) throws Exception {
        try (Server server = app().set("server.idle-timeout", "10ms")
                        .set("server.head-timeout", "10ms")
                        .set("server.body-timeout", "10ms")
                        .start();
                var client = new RawClient(server.address())) {
            client.send(sent.replace("\\r", "\r").replace("\\n", "\n"));
            client.readToEnd();
            Exposition read = metrics(server);

            assertEquals(1, read.value("bistro_timed_out_connections_total{kind=\"" + kind + "\"}"));
            double all = read.samples().entrySet().stream()
                    .filter(sample -> sample.getKey().startsWith("bistro_timed_out_connections_total{"))
                    .mapToDouble(sample -> sample.getValue())
                    .sum();
            assertEquals(1, all, read.toString());
        }
    }

    @Test
    void countsWebSocketsWhileTheyAreOpen() throws Exception {
        try (Server server = app().start();
                var client = new RawClient(server.address())) {
            client.send("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            client.readHead();
            awaitValue(server, SESSIONS, 1);
            client.socket().setSoLinger(true, 0); // resets it: the session ends without a goodbye
            client.socket().close();
            awaitValue(server, SESSIONS, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1', 'Accept: text/event-stream'",
        "'GET / HTTP/1.1', 'Accept: application/x-ndjson'",
        "'GET /?since=latest&wait=60 HTTP/1.1', 'Accept: application/json'"
    })
    void countsFollowersOfFeeds(String line, String field) throws Exception {
        try (Server server = app().start();
                var client = new RawClient(server.address())) {
            double before = metrics(server).value(FOLLOWERS);
            client.send(line + "\r\nHost: a\r\n" + field + "\r\n\r\n");
            awaitValue(server, FOLLOWERS, before + 1);
            client.socket().setSoLinger(true, 0);
            client.socket().close();
            server.get(News.class).news.publish("b");
            awaitValue(server, FOLLOWERS, before);
        }
    }

    @Test
    void countsHandshakesAndTellsOfCertificates(@TempDir Path folder) throws Exception {
        Command.assumeInstalled("openssl");
        TestAuthority root = TestAuthority.create(folder);
        TestCertificate shop = root.server("localhost", "127.0.0.1");
        try (Server server = app().set("server.tls.certificate", shop.file().toString())
                .set("server.tls.key", shop.key().toString())
                .set("server.tls.port", "0")
                .start()) {
            int port = server.httpsUri().orElseThrow().getPort();
            for (String version : List.of("TLSv1.2", "TLSv1.3", "TLSv1.3")) {
                try (var client = (SSLSocket)
                        root.client("Ada").context(root).getSocketFactory().createSocket("127.0.0.1", port)) {
                    client.setEnabledProtocols(new String[] {version});
                    client.startHandshake();
                    client.getOutputStream().write("GET / HTTP/1.0\r\nAccept: */*\r\n\r\n".getBytes());
                    client.getInputStream().read();
                }
            }
            try (var broken = new RawClient(new Socket("127.0.0.1", port))) {
                broken.send("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001a")
                        .readToEnd();
            }
            Exposition read = metrics(server);

            assertEquals(1, read.value("bistro_tls_handshakes_total{tls_protocol_version=\"1.2\"}"), read.toString());
            assertEquals(2, read.value("bistro_tls_handshakes_total{tls_protocol_version=\"1.3\"}"));
            assertEquals(1, read.value("bistro_tls_failed_handshakes_total"));
            assertEquals(0, read.value("bistro_timed_out_connections_total{kind=\"handshake\"}"));
            assertEquals(
                    shop.x509().getNotAfter().toInstant().getEpochSecond(),
                    read.value("bistro_tls_certificate_not_after_timestamp_seconds{name=\"localhost\","
                            + "key_type=\"EC 256\"}"));
        }
    }

    @Test
    void countsHandshakesThatTakeTooLong(@TempDir Path folder) throws Exception {
        Command.assumeInstalled("openssl");
        TestCertificate shop = TestAuthority.create(folder).server("localhost");
        try (Server server = app().set("server.tls.certificate", shop.file().toString())
                .set("server.tls.key", shop.key().toString())
                .set("server.tls.port", "0")
                .set("server.tls.handshake-timeout", "10ms")
                .start()) {
            int port = server.httpsUri().orElseThrow().getPort();
            try (var silent = new RawClient(new Socket("127.0.0.1", port))) {
                silent.readToEnd();
            }
            Exposition read = metrics(server);

            assertEquals(1, read.value("bistro_timed_out_connections_total{kind=\"handshake\"}"));
            assertEquals(0, read.value("bistro_tls_failed_handshakes_total"));
        }
    }

    @Test
    void theGuideHasAllOfThem(@TempDir Path folder) throws Exception {
        Command.assumeInstalled("openssl");
        TestCertificate shop = TestAuthority.create(folder).server("localhost");
        try (Server server = app().set("server.tls.certificate", shop.file().toString())
                .set("server.tls.key", shop.key().toString())
                .set("server.tls.port", "0")
                .set("server.access-log", "json")
                .set("database.url", "jdbc:h2:mem:figures")
                .with(MeterRegistry.class, new SimpleMeterRegistry())
                .start()) {
            text(server);
            RawClient.exchange(server.address(), "POST /whole HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            String text = text(server);

            assertEquals(rowsOfGuide(), rows(Exposition.read(text, false)));
            Promtool.assertNoWarning(text);
        }
    }

    /** Rows of names, types and labels, as the guide has them. */
    private static String rows(Exposition read) {
        return read.types().entrySet().stream()
                .map(family -> "| `" + family.getKey() + "` | " + family.getValue() + " | "
                        + labels(family.getKey(), read) + " |")
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String labels(String family, Exposition read) {
        return read.samples().keySet().stream()
                .filter(sample -> sample.matches(family + "(_count)?(\\{.*)?"))
                .flatMap(sample -> LABEL.matcher(sample).results())
                .map(label -> "`" + label.group(1) + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String rowsOfGuide() throws IOException {
        return Files.readAllLines(Path.of("guide/production.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
