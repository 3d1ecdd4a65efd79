package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.ServerStatistics;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Timeout;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.Clients;
import dev.bistro.wire.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log and the statistics say of handlers that don't end, on whatever thread they are. */
@org.junit.jupiter.api.Timeout(60)
class StuckHandlersTest {
    private static final BlockingQueue<String> ENTERED = new LinkedBlockingQueue<>();
    private static CountDownLatch leave;
    private CapturedLog log;
    private Server server;

    private static String hang() {
        ENTERED.add("");
        boolean isInterrupted = false;
        while (leave.getCount() > 0) {
            try {
                leave.await();
            } catch (InterruptedException again) {
                isInterrupted = true;
            }
        }
        return isInterrupted ? "interrupted" : "ended";
    }

    static final class Written {
        public String getText() {
            return hang();
        }
    }

    @Route("/")
    static final class Places {
        private final CompletableFuture<String> never = new CompletableFuture<>();

        @Get("/inline/{id}")
        String inline(int id) {
            return hang();
        }

        @Get("/blocking")
        @Blocking
        String blocking() {
            return hang();
        }

        @Get("/timed")
        @Timeout("1min")
        String timed() {
            return hang();
        }

        @Post("/body")
        String body(@Body String text) {
            return hang();
        }

        @Get("/written")
        Written written() {
            return new Written();
        }

        @Get("/filtered")
        String filtered() {
            return "";
        }

        @Get("/later")
        CompletionStage<String> later() {
            ENTERED.add("");
            return never;
        }

        @Get("/stream")
        @Produces("text/plain")
        StreamingBody stream() {
            return output -> output.write(hang().getBytes(StandardCharsets.UTF_8));
        }

        @Get("/elements")
        Stream<String> elements() {
            return Stream.of("").map(none -> hang());
        }

        @Get("/iterator")
        Iterator<String> iterator() {
            return List.of("").stream().map(none -> hang()).iterator();
        }
    }

    @Filter("/filtered")
    static final class Hanging {
        Response<?> filter(Request request, Chain chain) {
            hang();
            return chain.proceed();
        }
    }

    @WebSocket("/socket")
    static final class Socket {
        @OnMessage
        String message(String text) {
            return hang();
        }
    }

    @BeforeEach
    void begin() {
        leave = new CountDownLatch(1);
        log = CapturedLog.of("dev.bistro.http1.HandlerWatch", Level.INFO);
        start("30ms");
    }

    private void start(String stuckAfter) {
        server = Bistro.app(StuckHandlersTest.class)
                .classes(Places.class, Hanging.class, Socket.class)
                .set("server.stuck-after", stuckAfter)
                .port(0)
                .start();
    }

    @AfterEach
    void end() {
        leave.countDown();
        server.close();
        log.close();
        ENTERED.clear();
    }

    private RawClient ask(String line) throws Exception {
        String body = line.startsWith("POST") ? "Content-Length: 1\r\nContent-Type: text/plain\r\n" : "";
        String end = line.startsWith("POST") ? "a" : "";
        var client = new RawClient(server.address());
        client.send(line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + body + "\r\n" + end);
        ENTERED.take();
        return client;
    }

    @ParameterizedTest
    @CsvSource({
        "GET /inline/7, GET /inline/{id}, Places.inline",
        "GET /blocking, GET /blocking, Places.blocking",
        "GET /timed, GET /timed, Places.timed",
        "POST /body, POST /body, Places.body",
        "GET /written, GET /written, Written.getText",
        "GET /filtered, GET /filtered, Hanging.filter",
    })
    void isLoggedWithItsStack(String line, String named, String method) throws Exception {
        try (RawClient client = ask(line)) {
            log.await("A handler doesn't end");
            leave.countDown();
            String answer = client.readToEnd();

            ILoggingEvent event = log.events().get(0);
            String id = answer.replaceAll("(?s).*X-Request-Id: (\\S+).*", "$1");
            String expected = "[" + id + "] A handler doesn't end: " + named + " has run for more than ";
            assertEquals(Level.WARN, event.getLevel());
            assertTrue(event.getFormattedMessage().startsWith(expected), event.getFormattedMessage());
            String stack = ThrowableProxyUtil.asString(event.getThrowableProxy());
            assertTrue(stack.contains(method + "("), stack);
            assertTrue(answer.contains("ended") || line.contains("filtered"), answer);
            assertEquals(1, server.statistics().stuckHandlers());
        }
    }

    @Test
    void aSocketsMethodIsOne() throws Exception {
        try (TestClient client = TestClient.of(server);
                TestWebSocket socket = client.webSocket("/socket").send("a")) {
            String line = log.await("A handler doesn't end");
            leave.countDown();

            assertEquals("ended", socket.nextText());
            assertTrue(line.contains("GET /socket has run for more than"), line);
        }
    }

    @Test
    void eachRunIsToldAndCountedOnce() throws Exception {
        try (var clients = new Clients<RawClient>()) {
            for (int i = 1; i <= 3; i++) {
                clients.add(ask("GET /inline/" + i));
                log.await("A handler doesn't end");
                assertFigures(i, i);
            }
            leave.countDown();
            for (RawClient client : clients) {
                client.readToEnd();
            }
            leave = new CountDownLatch(1);
            clients.add(ask("GET /blocking"));
            log.await("A handler doesn't end");
            assertFigures(4, 1);
            assertEquals(4, log.events().size());
        }
    }

    private void assertFigures(long ever, int now) {
        ServerStatistics statistics = server.statistics();
        assertEquals(ever, statistics.stuckHandlers());
        assertEquals(now, statistics.stuckHandlersNow());
    }

    /** What began before one that is reported, and isn't reported itself, never will be. */
    @Test
    void whatGoesOnByItsNatureIsNone() throws Exception {
        try (var clients = new Clients<RawClient>()) {
            for (String path : List.of("/stream", "/elements", "/iterator", "/later")) {
                clients.add(ask("GET " + path));
            }
            clients.add(ask("GET /blocking"));
            log.await("A handler doesn't end");
            clients.add(ask("GET /timed"));
            log.await("A handler doesn't end");

            assertFigures(2, 2);
        }
    }

    /** A connection whose handlers are all quick has none, however many there are. */
    @Test
    void quickHandlersAreNone() throws Exception {
        leave.countDown();
        try (var client = new RawClient(server.address())) {
            for (int i = 0; i < 200; i++) {
                client.send("GET /inline/1 HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            }
        }
        leave = new CountDownLatch(1);
        try (RawClient client = ask("GET /inline/2")) {
            log.await("A handler doesn't end");
            assertFigures(1, 1);
            assertFalse(client.socket().isClosed());
        }
    }

    @Test
    void zeroSwitchesItOff() throws Exception {
        Server watched = server;
        start("0s");
        try (RawClient client = ask("GET /inline/1")) {
            assertFigures(0, 0);
            Server unwatched = server;
            server = watched;
            try (RawClient later = ask("GET /inline/2")) {
                log.await("A handler doesn't end");
                leave.countDown();
                assertTrue(later.readToEnd().contains("ended"));
            }
            server = unwatched;
            assertTrue(client.readToEnd().contains("ended"));
            assertFigures(0, 0);
        } finally {
            watched.close();
        }
    }
}
