package dev.bistro.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Response;
import dev.bistro.http1.ForwardedHeader;
import dev.bistro.http1.ForwardedHeaders;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.http1.TrustedAddresses;
import dev.bistro.net.MemoryConnection;
import dev.bistro.net.MemoryServer;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The redirect and {@code Strict-Transport-Security} in the bytes that clients get. A trusted proxy says which requests
 * are secure.
 */
@Timeout(60)
class HttpsWireTest {
    private static final String FIELD = "Strict-Transport-Security";
    private static final long PATIENCE_MILLIS = 20_000;

    @Route("/")
    static final class Shop {
        @Get("/cart")
        String cart() {
            return "cart";
        }

        @Post("/cart")
        String add(@Body String item) {
            return item;
        }

        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @Get("/fails")
        String fail() {
            throw new IllegalStateException("secret");
        }

        @Get("/fails-later")
        CompletionStage<String> failLater() {
            return CompletableFuture.failedFuture(new IllegalStateException("secret"));
        }

        @Get("/never")
        CompletionStage<String> never() {
            return new CompletableFuture<>();
        }

        @Get("/own")
        Response<String> own() {
            return Response.ok("").withHeader(FIELD, "max-age=1; includeSubDomains");
        }
    }

    @WebSocket("/ws")
    static final class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private static MemoryServer strict;
    private static MemoryServer redirecting;

    private static MemoryServer server(boolean redirects) {
        var problems = new Problems();
        Dispatcher shop = new DispatcherFactory(StandardCodecs.create(), problems)
                .addDecorator(new StrictTransportSecurity(Duration.ofDays(365)))
                .create(List.of(Shop.class, Echo.class), type -> type == Shop.class ? new Shop() : new Echo());
        problems.throwIfAny();
        var forwarded = new ForwardedHeaders(
                TrustedAddresses.parse(List.of("127.0.0.1", "unix")), List.of(ForwardedHeader.values()));
        Http1Settings usual = Http1Settings.DEFAULTS;
        var settings = new Http1Settings(
                usual.maxTargetBytes(),
                usual.maxFieldLineBytes(),
                usual.maxFields(),
                usual.maxHeadBytes(),
                10,
                usual.headTimeout(),
                usual.bodyTimeout(),
                usual.idleTimeout(),
                Duration.ofMillis(200),
                usual.maxConcurrentRequests());
        return new MemoryServer(
                64 * 1024,
                new Http1(
                        settings,
                        redirects ? new HttpsRedirect(shop, () -> 8443) : shop,
                        forwarded,
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO,
                        1));
    }

    @BeforeAll
    static void start() {
        strict = server(false);
        redirecting = server(true);
    }

    @AfterAll
    static void stop() {
        strict.stop(Duration.ofSeconds(10));
        redirecting.stop(Duration.ofSeconds(10));
    }

    private static String exchange(MemoryServer server, String request) throws IOException {
        try (MemoryConnection client = server.connect()) {
            client.output().write(request.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(client.input(PATIENCE_MILLIS).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String head(String response) {
        return response.substring(0, response.indexOf("\r\n\r\n") + 2);
    }

    // ---- Strict-Transport-Security

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | GET /cart HTTP/1.1~Host: a~Connection: close~
            200 | HEAD /cart HTTP/1.1~Host: a~Connection: close~
            200 | GET /later HTTP/1.1~Host: a~Connection: close~
            204 | OPTIONS /cart HTTP/1.1~Host: a~Connection: close~
            404 | GET /nowhere HTTP/1.1~Host: a~Connection: close~
            405 | PUT /cart HTTP/1.1~Host: a~Connection: close~
            413 | POST /cart HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 11~
            417 | GET /cart HTTP/1.1~Host: a~Connection: close~Expect: more~
            426 | GET /ws HTTP/1.1~Host: a~Connection: close~
            500 | GET /fails HTTP/1.1~Host: a~Connection: close~
            500 | GET /fails-later HTTP/1.1~Host: a~Connection: close~
            503 | GET /never HTTP/1.1~Host: a~Connection: close~
            """)
    void isOnEachAnswerToASecureRequestAndOnNoOther(int status, String request) throws IOException {
        String secure = head(exchange(strict, request + "X-Forwarded-Proto: https~~"));
        assertTrue(secure.startsWith("HTTP/1.1 " + status), secure);
        assertTrue(secure.contains("\r\n" + FIELD + ": max-age=31536000\r\n"), secure);
        for (String proto : List.of("", "X-Forwarded-Proto: http~")) {
            String plain = head(exchange(strict, request + proto + "~"));
            assertTrue(plain.startsWith("HTTP/1.1 " + status), plain);
            assertFalse(plain.contains(FIELD), plain);
        }
    }

    @Test
    void isOnTheAnswerThatOpensAWebSocket() throws IOException {
        String handshake = "GET /ws HTTP/1.1~Host: a~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13~"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~";
        String close = "\u0088\u0080\0\0\0\0";
        String secure = exchange(strict, handshake + "X-Forwarded-Proto: https~~" + close);
        assertTrue(secure.startsWith("HTTP/1.1 101 "), secure);
        assertTrue(secure.contains(FIELD), secure);
        assertFalse(exchange(strict, handshake + "~" + close).contains(FIELD));
    }

    @Test
    void theApplicationsOwnFieldStays() throws IOException {
        String head = head(exchange(strict, "GET /own HTTP/1.1~Host: a~Connection: close~X-Forwarded-Proto: https~~"));
        assertEquals(1, head.split(FIELD, -1).length - 1, head);
        assertTrue(head.contains(FIELD + ": max-age=1; includeSubDomains"), head);
    }

    // ---- the redirect

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            308 https://shop.example:8443/cart?a=b | GET /cart?a=b HTTP/1.1~Host: shop.example:8080~
            308 https://other.example:8443/cart  | GET http://other.example/cart HTTP/1.1~Host: shop.example~
            308 https://shop.example:8443/x/cart | GET /cart HTTP/1.1~Host: shop.example~X-Forwarded-Prefix: /x~
            308 https://told.example:8443/       | GET / HTTP/1.1~Host: a~X-Forwarded-Host: told.example:80~
            308 https://shop.example:8443/ws     | GET /ws HTTP/1.1~Host: shop.example~Upgrade: websocket~
            308 https://shop.example:8443        | OPTIONS * HTTP/1.1~Host: shop.example~
            308 https://shop.example:8443/none   | PURGE /none HTTP/1.1~Host: shop.example~
            400 -                                | GET /cart HTTP/1.1~Host:~
            400 -                                | GET /cart HTTP/1.0~
            400 -                                | GET /cart HTTP/1.1~Host: a@b~
            400 -                                | GET /cart HTTP/1.1~Host: b%C3%BCcher.example~
            """)
    void plainRequestsGoToTheirAddressUnderHttps(String expected, String request) throws IOException {
        String head = head(exchange(redirecting, request + "Connection: close~~"));
        String location = head.lines()
                .filter(line -> line.startsWith("Location: "))
                .map(line -> line.substring(10))
                .findFirst()
                .orElse("-");
        assertEquals(expected, head.substring(9, 12) + " " + location, head);
        assertFalse(head.contains(FIELD), head);
    }

    @Test
    void theBodyOfAPlainRequestIsntAskedFor() throws IOException {
        String expecting = exchange(
                redirecting,
                "POST /cart HTTP/1.1~Host: a~Expect: 100-continue~Content-Type: text/plain~Content-Length: 5000000~~");
        assertTrue(expecting.startsWith("HTTP/1.1 308 "), expecting);
        String sent = exchange(
                redirecting,
                "POST /cart HTTP/1.1~Host: a~Content-Length: 20~~01234567890123456789"
                        + "GET /cart HTTP/1.1~Host: a~X-Forwarded-Proto: https~Connection: close~~");
        assertTrue(sent.startsWith("HTTP/1.1 308 "), sent);
        assertTrue(sent.endsWith("\r\n\r\ncart"), sent);
    }
}
