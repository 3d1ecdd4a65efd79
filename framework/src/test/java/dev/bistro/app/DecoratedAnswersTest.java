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
import dev.bistro.http.Status;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.RequestObserver.Answered;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http1.ForwardedHeaders;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.observe.AccessLog;
import dev.bistro.observe.AccessLogFormat;
import dev.bistro.startup.Problems;
import dev.bistro.wire.Await;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is declared for all answers is on each of them exactly once, and each is told once, whoever made it. */
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

        @Get("/list/{size}")
        List<String> list(int size) {
            return List.of("x".repeat(size));
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

        @Get("/breaks")
        @Produces("text/plain")
        StreamingBody breakOff() {
            return output -> {
                output.write(new byte[] {'a', 'b'});
                output.flush();
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
        private final BlockingQueue<Answered> ended = new LinkedBlockingQueue<>();
        private final List<ServerRequest> begun = new CopyOnWriteArrayList<>();
        private final AtomicInteger scopes = new AtomicInteger();
        private final NetServer server;

        Decorated(Duration timeout, int maxConcurrent, Consumer<DispatcherFactory> declared) {
            this(timeout, maxConcurrent, declared, List.of());
        }

        Decorated(
                Duration timeout,
                int maxConcurrent,
                Consumer<DispatcherFactory> declared,
                List<RequestObserver> observedBefore) {
            var observers = new ArrayList<>(observedBefore);
            observers.add(observer());
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
            var http1 = new Http1(
                    settings,
                    new ContentCodings(dispatcher, 1_000, 10),
                    ForwardedHeaders.none(),
                    Optional.empty(),
                    observers,
                    Duration.ZERO,
                    1);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try {
                server = NetServer.start(NetSettings.of(address, 1, 1_000, LONG), http1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private RequestObserver observer() {
            return new RequestObserver() {
                @Override
                public void onRequest(ServerRequest request) {
                    begun.add(request);
                }

                @Override
                public Scope enter(ServerRequest request) {
                    scopes.incrementAndGet();
                    return scopes::decrementAndGet;
                }

                @Override
                public void onAnswered(Answered answered) {
                    ended.add(answered);
                }
            };
        }

        /** Waits until each scope is closed; some callbacks go on after the answer. The test's timeout ends it. */
        void awaitClosedScopes() {
            Await.until(() -> scopes.get() == 0);
        }

        /** The one answer that is told next. */
        Answered next() throws InterruptedException {
            Answered answered = ended.take();
            answered.request().ifPresent(request -> assertTrue(begun.remove(request), "begun once"));
            assertEquals(List.of(), begun);
            assertEquals(answered.request().isEmpty(), answered.duration().isZero());
            return answered;
        }

        private static String about(ResponseDecorator.Answer answer) {
            return about(answer.request());
        }

        static String about(Optional<ServerRequest> asked) {
            return asked.map(request -> request.method() + " " + request.path() + " at "
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

    /** An observer that fails is left out. */
    private static final RequestObserver FAILING = new RequestObserver() {
        @Override
        public void onRequest(ServerRequest request) {
            throw new IllegalStateException("expected");
        }

        @Override
        public Scope enter(ServerRequest request) {
            throw new IllegalStateException("expected");
        }

        @Override
        public void onAnswered(Answered answered) {
            throw new IllegalStateException("expected");
        }
    };

    private static Decorated shared;
    private static Decorated logged;
    private static AccessLines lines;
    private static List<AccessLog> logs;

    @BeforeAll
    static void start() {
        lines = new AccessLines();
        logs = Stream.of(AccessLogFormat.values())
                .flatMap(format -> AccessLog.open(format).stream())
                .toList();
        shared = new Decorated(SHORT, 0, factory -> {});
        logged = new Decorated(SHORT, 0, factory -> {}, List.copyOf(logs));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        shared.close();
        logged.close();
        for (AccessLog log : logs) {
            log.close();
        }
        lines.close();
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
            200 | GET /list/6 at /list/{size} | GET /list/6 HTTP/1.1~Host: a~Connection: close~~
            200 | GET /list/6 at /list/{size} | GET /list/6 HTTP/1.0~~
            200 | GET /list/6000 at /list/{size} | GET /list/6000 HTTP/1.1~Host: a~Connection: close~~
            200 | GET /list/60000 at /list/{size} | GET /list/60000 HTTP/1.1~Host: a~Connection: close~~
            200 | HEAD /list/6 at /list/{size} | HEAD /list/6 HTTP/1.1~Host: a~Connection: close~~
            200 | HEAD /list/60000 at /list/{size} | HEAD /list/60000 HTTP/1.1~Host: a~Connection: close~~
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
    void eachAnswerIsSeenOnce(int status, String about, String request) throws Exception {
        int before = logged.seen.size();
        String answer = RawClient.exchange(logged.address(), bytes(request));
        assertDecorated(status, about, answer);
        assertEquals(List.of(status + " " + about), logged.seen.subList(before, logged.seen.size()));
        assertTold(status, about, bodyBytes(answer), logged.next());
        logged.awaitClosedScopes();
        assertLogged(status, about, bytes(request), bodyBytes(answer));
    }

    /** Each format has one line for it; they come from three threads. */
    private static void assertLogged(int status, String about, String request, int bodyBytes) throws Exception {
        List<String> three = new ArrayList<>(List.of(lines.next(), lines.next(), lines.next()));
        three.sort(Comparator.naturalOrder());
        String asked = about.equals("nobody") ? "-" : request.substring(0, request.indexOf("\r\n"));
        String common = "127.0.0.1 - - [TIME] \"" + asked + "\" " + status + " "
                + (bodyBytes == 0 ? "-" : String.valueOf(bodyBytes));
        assertEquals(
                List.of(common, common + " \"-\" \"-\""),
                three.subList(0, 2).stream()
                        .map(line -> line.replaceFirst("\\[.*?]", "[TIME]"))
                        .toList());
        Map<?, ?> object = JsonMapper.shared().readValue(three.get(2), Map.class);
        assertEquals(
                List.of(status, bodyBytes, true, "127.0.0.1"),
                List.of(object.get("status"), object.get("bytes"), object.get("complete"), object.get("client")));
        assertEquals(
                about,
                object.containsKey("method")
                        ? object.get("method") + " " + object.get("path") + " at "
                                + (object.get("route") == null ? "no route" : object.get("route"))
                        : "nobody");
    }

    private static void assertTold(int status, String about, int bodyBytes, Answered answered) {
        assertEquals(Optional.of(Status.of(status)), answered.status());
        assertEquals(about, Decorated.about(answered.request()));
        assertEquals(bodyBytes, answered.bodyBytes());
        assertTrue(answered.isComplete());
    }

    /** The length of an answer's body, without the lines of its chunks. */
    private static int bodyBytes(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return answer.contains("\r\nTransfer-Encoding: chunked\r\n") && !body.isEmpty()
                ? body.replaceAll("(^|\r\n)[0-9a-fA-F]+\r\n", "")
                        .replace("\r\n", "")
                        .length()
                : body.length();
    }

    @Test
    void aLiveFeedIsSeenWhenItBegins() throws Exception {
        try (var client = new RawClient(shared.address())) {
            client.send(bytes("GET /feed HTTP/1.1~Host: a~Accept: text/event-stream~~"));
            assertDecorated(200, "GET /feed at /feed", client.readHead());
        }
        Answered left = shared.next();
        assertEquals(Optional.of(Status.OK), left.status());
        assertFalse(left.isComplete());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none | 0 | POST /body at /body    | POST /body HTTP/1.1~Host: a~Content-Length: 20~~x
            200  | 2 | GET /breaks at /breaks | GET /breaks HTTP/1.1~Host: a~~
            """)
    void whatIsBrokenOffIsToldSo(String status, int bodyBytes, String about, String request) throws Exception {
        try (var client = new RawClient(shared.address())) {
            client.send(bytes(request)).sendEnd();
            client.readToEnd();
            Answered answered = shared.next();
            assertEquals(
                    status, answered.status().map(known -> "" + known.code()).orElse("none"));
            assertEquals(about, Decorated.about(answered.request()));
            assertEquals(bodyBytes, answered.bodyBytes());
            assertFalse(answered.isComplete());
        }
    }

    @Test
    void aConnectionThatIsHandedOverIsSeen() throws Exception {
        try (var client = new RawClient(shared.address())) {
            client.send(bytes("GET /socket HTTP/1.1~Host: a~Connection: Upgrade~Upgrade: websocket~"
                    + "Sec-WebSocket-Version: 13~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~~"));
            assertDecorated(101, "GET /socket at /socket", client.readHead());
            assertTold(101, "GET /socket at /socket", 0, shared.next());
        }
    }

    @Test
    void a100IsNoAnswer() throws Exception {
        int before = shared.seen.size();
        try (var client = new RawClient(shared.address())) {
            client.send(bytes("POST /body HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 1~"
                    + "Expect: 100-continue~Connection: close~~"));
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            assertDecorated(200, "POST /body at /body", client.send("x").readToEnd());
        }
        assertEquals(List.of("200 POST /body at /body"), shared.seen.subList(before, shared.seen.size()));
        assertTold(200, "POST /body at /body", 1, shared.next());
    }

    @Test
    void requestsInOnePacketAreSeenOneByOne() throws Exception {
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
        for (int i = 0; i < 2; i++) {
            assertTold(200, "GET /hello/1 at /hello/{name}", 7, shared.ended.take());
            assertTold(200, "GET /stream at /stream", 2, shared.ended.take());
        }
        assertEquals(Optional.of(Status.BAD_REQUEST), shared.ended.take().status());
        shared.begun.clear();
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
    void oneThatFailsIsLeftOut(int status, String request) throws Exception {
        try (var server = new Decorated(
                LONG,
                0,
                factory -> factory.addDecorator((answer, headers) -> {
                            throw new IllegalStateException("expected");
                        })
                        .addDecorator((answer, headers) -> null),
                List.of(FAILING))) {
            String answer = RawClient.exchange(server.address(), bytes(request));
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertEquals(1, count("\r\nDecorated: ", answer), answer);
            assertEquals(1, count("\r\nPeer: known\r\n", answer), answer);
            assertEquals(Optional.of(Status.of(status)), server.next().status());
            server.awaitClosedScopes();
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
