package dev.bistro.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.ClientConnection;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /metrics} of a real server. */
@Timeout(60)
class MetricsTest {
    private static final String COUNT = "http_server_request_duration_seconds_count";
    private static final int REQUESTS = 100_000;
    private static final String OPEN_METRICS = "Accept: application/openmetrics-text;version=1.0.0";

    @Route("/")
    static final class Shop {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);

        @Get("/cart/{id}")
        String cart(int id) {
            return "cart";
        }

        @Post("/cart/{id}")
        String put(int id) {
            throw new IllegalStateException("a fault");
        }

        @Query("/cart/{id}")
        String find(int id) {
            return "found";
        }

        @Get("/slow")
        String slow() throws InterruptedException {
            entered.countDown();
            leave.await();
            return "slow";
        }
    }

    @WebSocket("/echo")
    static final class Echo {
        @OnOpen
        String greet() {
            return "a";
        }

        @OnMessage
        void ignore(String text) {}
    }

    @Route("/metrics")
    static final class OwnMetrics {
        @Get
        String own() {
            return "my own";
        }
    }

    @Route("/{path*}")
    static final class All {
        @Get
        String own(String path) {
            return "my own";
        }
    }

    @Factory
    static final class Logins {
        @Bean
        Authenticator people() {
            return Authenticator.basic("Shop", (name, password) -> {
                if (password.equals("fails")) {
                    throw new IllegalStateException("The directory of users can't be asked");
                }
                return Optional.of(Login.of(name)).filter(login -> password.equals("right"));
            });
        }
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(MetricsTest.class)
                .classes(classes)
                .set("server.host", "127.0.0.1")
                .set("metrics.enabled", "true")
                .port(0);
    }

    private static String request(String line, String... fields) {
        return line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + Stream.of(fields).map(field -> field + "\r\n").reduce("", String::concat) + "\r\n";
    }

    private static String send(Server server, String line, String... fields) throws Exception {
        return RawClient.exchange(server.address(), request(line, fields));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static Exposition metrics(Server server) throws Exception {
        return Exposition.read(body(send(server, "GET /metrics")), false);
    }

    private static String labels(String method, int status, String route) {
        return "{http_request_method=\"" + method + "\",http_response_status_code=\"" + status + "\""
                + (route.isEmpty() ? "" : ",http_route=\"" + route + "\"") + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "GET /cart/1, GET, 200, /cart/{id}",
        "HEAD /cart/1, HEAD, 200, /cart/{id}",
        "GET /cart/x, GET, 400, /cart/{id}",
        "POST /cart/1, POST, 500, /cart/{id}",
        "QUERY /cart/1, QUERY, 200, /cart/{id}",
        "BREW /cart/1, _OTHER, 405, ''",
        "get /cart/1, _OTHER, 405, ''",
        "GET /none, GET, 404, ''",
        "PROPFIND /none, _OTHER, 404, ''",
        "OPTIONS /none, OPTIONS, 404, ''",
        "GET /%zz, GET, 400, ''",
        "no request, _OTHER, 400, ''",
    })
    void countsByRouteMethodAndStatus(String line, String method, int status, String route) throws Exception {
        try (Server server = app(Shop.class).start()) {
            for (int i = 0; i < 3; i++) {
                assertTrue(send(server, line).startsWith("HTTP/1.1 " + status), line);
            }
            Exposition read = metrics(server);

            assertEquals(3, read.value(COUNT + labels(method, status, route)), read.toString());
            double all = read.samples().entrySet().stream()
                    .filter(sample -> sample.getKey().startsWith(COUNT))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            assertEquals(3, all, read.toString());
        }
    }

    /** With another path and host each, and every second with another method. */
    @Test
    void whatClientsMakeUpMakesNoSeries() throws Exception {
        try (Server server = app(Shop.class).start();
                var client = new RawClient(server.address())) {
            send(server, "HEAD /none");
            send(server, "MADE-UP /none");
            metrics(server);
            int before = metrics(server).samples().size();
            var sender = new Thread(() -> sendMadeUp(client, REQUESTS));
            sender.start();
            int answers = count("HTTP/1.1 404 ", client.input());
            sender.join();
            Exposition after = metrics(server);

            assertEquals(REQUESTS, answers);
            assertEquals(before, after.samples().size());
            assertEquals(1 + REQUESTS / 2, after.value(COUNT + labels("HEAD", 404, "")));
            assertEquals(1 + REQUESTS / 2, after.value(COUNT + labels("_OTHER", 404, "")));
        }
    }

    private static void sendMadeUp(RawClient client, int requests) {
        try {
            var batch = new StringBuilder();
            for (int i = 1; i <= requests; i++) {
                batch.append(i % 2 == 0 ? "HEAD" : "MADE-UP" + i);
                batch.append(" /unknown/")
                        .append(i)
                        .append(" HTTP/1.1\r\nHost: h")
                        .append(i);
                batch.append(i == requests ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
                if (i % 1000 == 0) {
                    client.send(batch.toString());
                    batch.setLength(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // and the test finds too few answers
        }
    }

    /** How often a text, whose first character isn't in it again, comes until the end. */
    private static int count(String text, InputStream in) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        var buffer = new byte[64 * 1024];
        int count = 0;
        int matched = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] != wanted[matched]) {
                    matched = buffer[i] == wanted[0] ? 1 : 0;
                } else if (++matched == wanted.length) {
                    count++;
                    matched = 0;
                }
            }
        }
        return count;
    }

    @Test
    void countsWhatIsUnderWay() throws Exception {
        String active = "http_server_active_requests{http_request_method=\"GET\"}";
        try (Server server = app(Shop.class).start();
                var client = new RawClient(server.address())) {
            Shop shop = server.get(Shop.class);
            client.send(request("GET /slow"));
            shop.entered.await();
            assertEquals(2, metrics(server).value(active)); // with the one that asks
            shop.leave.countDown();
            client.readToEnd();
            assertEquals(1, metrics(server).value(active));
        }
    }

    @Test
    void countsWebSocketsWhenTheyOpen() throws Exception {
        try (Server server = app(Echo.class).start();
                var client = new RawClient(server.address())) {
            client.send("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 101 "));
            client.read(3); // a greeting, which comes when the request is over

            assertEquals(1, metrics(server).value(COUNT + labels("GET", 101, "/echo")));
        }
    }

    @Test
    void leavesOutSocketsWhereThereAreNone() throws Exception {
        try (Server server = app(Shop.class).startInProcess();
                ClientConnection client = server.connect()) {
            client.output().write(request("GET /metrics").getBytes(StandardCharsets.US_ASCII));
            String text = new String(client.input().readAllBytes(), StandardCharsets.UTF_8);

            Exposition read = Exposition.read(body(text), false);
            assertTrue(read.types().containsKey("jvm_threads_current"));
            assertFalse(read.types().containsKey("bistro_open_connections"));
        }
    }

    @Test
    void writesBothFormatsWithTheSameSamples() throws Exception {
        try (Server server = app(Shop.class).set("server.access-log", "json").start()) {
            send(server, "GET /cart/1");
            send(server, "GET /metrics");
            String plain = send(server, "GET /metrics");
            String open = send(server, "GET /metrics", OPEN_METRICS);
            Exposition asPlain = Exposition.read(body(plain), false);
            Exposition asOpen = Exposition.read(body(open), true);

            assertTrue(
                    plain.contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
                            || plain.contains("\r\nContent-Type: text/plain;version=0.0.4;charset=utf-8\r\n"),
                    plain);
            assertTrue(open.contains("\r\nContent-Type: application/openmetrics-text;"), open);
            assertEquals(asPlain.samples().keySet(), asOpen.samples().keySet());
            assertEquals("seconds", asOpen.units().get("http_server_request_duration_seconds"));
            for (String name : new String[] {
                "bistro_open_connections",
                "bistro_accepted_connections_total",
                "bistro_access_log_dropped_lines_total",
                "jvm_memory_used_bytes{area=\"heap\"}",
                "jvm_threads_current",
                "process_cpu_seconds_total",
                "process_uptime_seconds"
            }) {
                assertTrue(asOpen.samples().containsKey(name), name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */*                                                                             | text/plain
            text/html                                                                       | text/plain
            text/plain;version=0.0.4                                                        | text/plain
            application/openmetrics-text                                                    | application/openmetrics-text
            application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4 | application/openmetrics-text
            application/openmetrics-text;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.5 | text/plain
            application/openmetrics-text;version=2.0.0                                      | text/plain
            application/openmetrics-text;version=1.0.0;q=0                                  | text/plain
            """)
    void choosesByAccept(String accept, String type) throws Exception {
        try (Server server = app(Shop.class).start()) {
            String response = send(server, "GET /metrics", "Accept: " + accept);

            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
            assertTrue(response.contains("\r\nContent-Type: " + type + ";"), response);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnMetrics.class, All.class})
    void anyRouteOfTheApplicationsOwnWins(Class<?> routes) throws Exception {
        try (Server server = app(routes).start()) {
            assertEquals("my own", body(send(server, "GET /metrics")));
        }
    }

    @Test
    void isOffByDefault() throws Exception {
        try (Server server = Bistro.app(MetricsTest.class)
                .classes(Shop.class)
                .set("server.host", "127.0.0.1")
                .port(0)
                .start()) {
            assertTrue(send(server, "GET /metrics").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void needsALoginWhereRoutesDo() throws Exception {
        try (Server server =
                app(Shop.class, Logins.class).set("security.default", "deny").start()) {
            String unknown = send(server, "GET /metrics");
            assertTrue(unknown.startsWith("HTTP/1.1 401 "), unknown);
            assertTrue(unknown.contains("\r\nWWW-Authenticate: Basic "), unknown);
            assertFalse(unknown.contains("jvm_"), unknown);
            String known = send(server, "GET /metrics", "Authorization: Basic " + basic("ada:right"));
            assertTrue(known.startsWith("HTTP/1.1 200 "), known);
            String failed = send(server, "GET /metrics", "Authorization: Basic " + basic("ada:fails"));
            assertTrue(failed.startsWith("HTTP/1.1 500 "), failed);
            assertFalse(failed.contains("directory"), failed);
        }
    }

    private static String basic(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
