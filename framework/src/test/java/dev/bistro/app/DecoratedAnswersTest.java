package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.coding.ContentCodings;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.http.Headers;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problems;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is declared for all answers is on each of them exactly once, whoever made it. */
@Timeout(60)
class DecoratedAnswersTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class Application {}

    @Route("/")
    static final class Answers {
        private final Feed<String> feed = Feed.create(FeedSettings.DEFAULTS);
        private final CountDownLatch holding = new CountDownLatch(1);
        private final Semaphore gate = new Semaphore(0);

        @Get("/hello/{name}")
        String hello(String name) {
            return "hello " + name;
        }

        @Get("/see")
        Response<Void> see() {
            return Response.seeOther("/hello/you");
        }

        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @Get("/later-fails")
        CompletionStage<String> failLater() {
            return CompletableFuture.failedFuture(new IllegalStateException("expected"));
        }

        @Get("/never")
        CompletionStage<String> never() {
            return new CompletableFuture<>();
        }

        @Get("/stream")
        @Produces("text/plain")
        StreamingBody stream() {
            return output -> output.write(new byte[] {'a', 'b'});
        }

        @Get("/broken")
        @Produces("text/plain")
        StreamingBody broken() {
            return output -> {
                throw new IllegalStateException("expected");
            };
        }

        @Get("/feed")
        Feed<String> feed() {
            return feed;
        }

        @Get("/fails")
        String fail() {
            throw new IllegalStateException("expected");
        }

        @Post("/body")
        String body(@Body String body) {
            return body;
        }

        @Post("/upload")
        String upload(InputStream body) {
            try {
                return "" + body.readAllBytes().length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Get("/hold")
        @Blocking
        String hold() {
            holding.countDown();
            gate.acquireUninterruptibly();
            return "held";
        }
    }

    @WebSocket("/socket")
    static final class Socket {
        @OnMessage
        void message(String text) {}
    }

    /** A server with these decorators, and what the last of them has seen. */
    private static final class Decorated implements AutoCloseable {
        private final Answers answers = new Answers();
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final NetServer server;

        Decorated(Duration timeout, int maxConcurrent, Consumer<DispatcherFactory> declared) {
            var problems = new Problems();
            var factory = new DispatcherFactory(StandardCodecs.create(), problems)
                    .addStaticFiles(Application.class)
                    .addDecorator((answer, headers) -> headers.plus("Decorated", about(answer)));
            declared.accept(factory);
            factory.addDecorator((answer, headers) -> {
                seen.add(answer.status().code() + " "
                        + headers.first("Decorated").orElse("undecorated"));
                return headers.plus("Peer", answer.peer() instanceof InetSocketAddress ? "known" : "unknown");
            });
            var dispatcher = factory.create(
                    List.of(Answers.class, Socket.class), type -> type == Answers.class ? answers : new Socket());
            problems.throwIfAny();
            var settings =
                    new Http1Settings(2_000, 2_000, 20, 8_000, 1_000, timeout, timeout, LONG, timeout, maxConcurrent);
            var http1 = new Http1(settings, new ContentCodings(dispatcher, 1_000, 10), 1);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try {
                server = NetServer.start(NetSettings.of(address, 1, 1_000, LONG), http1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String about(ResponseDecorator.Answer answer) {
            return answer.request()
                    .map(request -> request.method() + " " + request.path() + " at "
                            + request.route().map(MatchedRoute::template).orElse("no route"))
                    .orElse("nobody");
        }

        InetSocketAddress address() {
            return server.address();
        }

        @Override
        public void close() {
            server.stop(Duration.ofSeconds(5));
        }
    }

    private static Decorated shared;

    @BeforeAll
    static void start() {
        shared = new Decorated(SHORT, 0, factory -> {});
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    private static String bytes(String written) {
        return written.replace("~", "\r\n").replace("LONG", "x".repeat(3_000));
    }

    private static int count(String part, String text) {
        return text.split(part, -1).length - 1;
    }

    private static void assertDecorated(int status, String about, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\r\nDecorated: " + about + "\r\n"), answer);
        assertEquals(1, count("\r\nDecorated: ", answer), answer);
        assertEquals(1, count("\r\nPeer: known\r\n", answer), answer);
        assertEquals(1, count("HTTP/1.1 ", answer), answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | GET /hello/you at /hello/{name} | GET /hello/you HTTP/1.1~Host: a~Connection: close~~
            200 | GET /hello/you at /hello/{name} | GET /hello/you HTTP/1.0~~
            200 | GET /hello/yo at /hello/{name} | GET /hello/yo HTTP/1.1~Host: a~Accept-Encoding: gzip~\
            Connection: close~~
            200 | HEAD /hello/you at /hello/{name} | HEAD /hello/you HTTP/1.1~Host: a~Connection: close~~
            303 | GET /see at /see | GET /see HTTP/1.1~Host: a~Connection: close~~
            200 | GET /later at /later | GET /later HTTP/1.1~Host: a~Connection: close~~
            500 | GET /later-fails at /later-fails | GET /later-fails HTTP/1.1~Host: a~Connection: close~~
            503 | GET /never at /never | GET /never HTTP/1.1~Host: a~Connection: close~~
            200 | GET /stream at /stream | GET /stream HTTP/1.1~Host: a~Connection: close~~
            200 | GET /stream at /stream | GET /stream HTTP/1.0~~
            200 | HEAD /stream at /stream | HEAD /stream HTTP/1.1~Host: a~Connection: close~~
            500 | GET /broken at /broken | GET /broken HTTP/1.1~Host: a~Connection: close~~
            500 | GET /fails at /fails | GET /fails HTTP/1.1~Host: a~Connection: close~~
            200 | GET /files/style.css at /files/{path*} | GET /files/style.css HTTP/1.1~Host: a~Connection: close~~
            206 | GET /files/style.css at /files/{path*} | GET /files/style.css HTTP/1.1~Host: a~Range: bytes=0-1~\
            Connection: close~~
            304 | GET /files/style.css at /files/{path*} | GET /files/style.css HTTP/1.1~Host: a~If-None-Match: *~\
            Connection: close~~
            404 | GET /files/none at /files/{path*} | GET /files/none HTTP/1.1~Host: a~Connection: close~~
            404 | GET /nowhere at no route | GET /nowhere HTTP/1.1~Host: a~Connection: close~~
            404 | HEAD /nowhere at no route | HEAD /nowhere HTTP/1.1~Host: a~Connection: close~~
            405 | PUT /see at no route | PUT /see HTTP/1.1~Host: a~Connection: close~~
            204 | OPTIONS * at no route | OPTIONS * HTTP/1.1~Host: a~Connection: close~~
            400 | GET /%ff at no route | GET /%ff HTTP/1.1~Host: a~Connection: close~~
            426 | GET /socket at /socket | GET /socket HTTP/1.1~Host: a~Connection: close~~
            200 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 1~\
            Connection: close~~x
            415 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Encoding: br~\
            Content-Length: 1~Connection: close~~x
            413 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 3000~~
            413 | POST /body at /body | POST /body HTTP/1.0~Content-Type: text/plain~Content-Length: 3000~~
            413 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Type: text/plain~\
            Transfer-Encoding: chunked~~BB8~LONG~
            400 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Type: text/plain~\
            Transfer-Encoding: chunked~~no size~
            400 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~
            408 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 20~~x
            408 | POST /upload at /upload | POST /upload HTTP/1.1~Host: a~Content-Length: 20~~x
            417 | POST /body at /body | POST /body HTTP/1.1~Host: a~Content-Length: 1~Expect: 200-ok~~
            501 | POST /body at /body | POST /body HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~
            400 | nobody | GET / HTTP/1.1~~
            400 | nobody | GET / HTTP/1.1~Host: a~No colon~~
            400 | nobody | ~~~~~~~~~~~~
            400 | nobody | GET /a\\b HTTP/1.1~Host: a~~
            400 | nobody | GET / HTTP/1.1~Host: a b~~
            408 | nobody | GET / HT
            408 | nobody | GET / HTTP/1.1~Host
            414 | nobody | GET /LONG HTTP/1.1~Host: a~~
            431 | nobody | GET / HTTP/1.1~Host: a~A: LONG~~
            501 | nobody | CONNECT a:1 HTTP/1.1~Host: a~~
            505 | nobody | GET / HTTP/2.0~Host: a~~
            """)
    void eachAnswerIsSeenOnce(int status, String about, String request) throws IOException {
        int before = shared.seen.size();
        String answer = RawClient.exchange(shared.address(), bytes(request));
        assertDecorated(status, about, answer);
        assertEquals(List.of(status + " " + about), shared.seen.subList(before, shared.seen.size()));
    }

    @Test
    void aLiveFeedIsSeenWhenItBegins() throws IOException {
        try (var client = new RawClient(shared.address())) {
            client.send(bytes("GET /feed HTTP/1.1~Host: a~Accept: text/event-stream~~"));
            assertDecorated(200, "GET /feed at /feed", client.readHead());
        }
    }

    @Test
    void aConnectionThatIsHandedOverIsSeen() throws IOException {
        try (var client = new RawClient(shared.address())) {
            client.send(bytes("GET /socket HTTP/1.1~Host: a~Connection: Upgrade~Upgrade: websocket~"
                    + "Sec-WebSocket-Version: 13~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~~"));
            assertDecorated(101, "GET /socket at /socket", client.readHead());
        }
    }

    @Test
    void a100IsNoAnswer() throws IOException {
        int before = shared.seen.size();
        try (var client = new RawClient(shared.address())) {
            client.send(bytes("POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 1~"
                    + "Expect: 100-continue~Connection: close~~"));
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            assertDecorated(200, "POST /body at /body", client.send("x").readToEnd());
        }
        assertEquals(List.of("200 POST /body at /body"), shared.seen.subList(before, shared.seen.size()));
    }

    @Test
    void requestsInOnePacketAreSeenOneByOne() throws IOException {
        int before = shared.seen.size();
        String get = "GET /hello/1 HTTP/1.1~Host: a~~GET /stream HTTP/1.1~Host: a~~";
        String all = RawClient.exchange(shared.address(), bytes(get + get + "nonsense~~"));
        assertEquals(5, count("\r\nDecorated: ", all), all);
        assertEquals(
                List.of(
                        "200 GET /hello/1 at /hello/{name}",
                        "200 GET /stream at /stream",
                        "200 GET /hello/1 at /hello/{name}",
                        "200 GET /stream at /stream",
                        "400 nobody"),
                shared.seen.subList(before, shared.seen.size()));
    }

    @Test
    void aRequestThatIsOneTooManyIsSeen() throws Exception {
        try (var server = new Decorated(LONG, 1, factory -> {});
                var first = new RawClient(server.address())) {
            first.send(bytes("GET /hold HTTP/1.1~Host: a~Connection: close~~"));
            server.answers.holding.await();
            String refused =
                    RawClient.exchange(server.address(), bytes("GET /hold HTTP/1.1~Host: a~Connection: close~~"));
            assertDecorated(503, "GET /hold at /hold", refused);
            server.answers.gate.release();
            assertDecorated(200, "GET /hold at /hold", first.readToEnd());
            assertEquals(List.of("503 GET /hold at /hold", "200 GET /hold at /hold"), server.seen);
        }
    }

    @Test
    void aRequestThatAStopCutsOffIsSeen() throws Exception {
        var server = new Decorated(LONG, 0, factory -> {});
        try (var client = new RawClient(server.address())) {
            client.send(bytes("POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 2~"
                    + "Expect: 100-continue~~"));
            client.readHead();
            server.server.stop(Duration.ZERO);
            assertDecorated(503, "POST /body at /body", client.readToEnd());
            assertEquals(List.of("503 POST /body at /body"), server.seen);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | GET /hello/you HTTP/1.1~Host: a~Connection: close~~
            200 | GET /stream HTTP/1.1~Host: a~Connection: close~~
            400 | nonsense~~
            """)
    void oneThatFailsIsLeftOut(int status, String request) throws IOException {
        try (var server = new Decorated(
                LONG,
                0,
                factory -> factory.addDecorator((answer, headers) -> {
                            throw new IllegalStateException("expected");
                        })
                        .addDecorator((answer, headers) -> null))) {
            String answer = RawClient.exchange(server.address(), bytes(request));
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertEquals(1, count("\r\nDecorated: ", answer), answer);
            assertEquals(1, count("\r\nPeer: known\r\n", answer), answer);
        }
    }

    @Test
    void theFramingIsTheTransports() throws IOException {
        Headers wrong =
                Headers.of("Content-Length", "1", "Transfer-Encoding", "gzip", "Connection", "upgrade", "X-Own", "1");
        try (var server = new Decorated(
                LONG,
                0,
                factory -> factory.addDecorator((answer, headers) -> {
                    Headers all = headers;
                    for (int i = 0; i < wrong.size(); i++) {
                        all = all.plus(wrong.name(i), wrong.value(i));
                    }
                    return all;
                }))) {
            String answer =
                    RawClient.exchange(server.address(), bytes("GET /hello/you HTTP/1.1~Host: a~Connection: close~~"));
            assertTrue(answer.contains("\r\nX-Own: 1\r\n"), answer);
            assertTrue(answer.contains("\r\nContent-Length: 9\r\n"), answer);
            assertEquals(1, count("\r\nContent-Length: ", answer), answer);
            assertEquals(1, count("\r\nConnection: ", answer), answer);
            assertFalse(answer.contains("gzip"), answer);
        }
    }
}
