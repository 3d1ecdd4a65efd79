package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.RequestContext;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Timeout;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Wherever Bistro runs code of the application for a request, the log knows the request. */
@org.junit.jupiter.api.Timeout(60)
class RequestContextTest {
    private static final ExecutorService PLAIN = Executors.newSingleThreadExecutor();
    private static final ExecutorService PROPAGATING = RequestContext.propagating(PLAIN);

    /** What the log knows; and leaves something of its own there, which no other request may see. */
    private static String known() {
        String known = MDC.get("requestId") + " " + MDC.get("traceId");
        String left = MDC.get("user");
        MDC.put("user", known);
        return left == null || left.equals(known) ? known : known + " and what is left of " + left;
    }

    /** A value that says what is known while it is written. */
    static final class Written {
        public String getKnown() {
            return known();
        }
    }

    static final class Expected extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Route("/")
    static final class Places {
        @Get("/inline")
        String inline() {
            return known();
        }

        @Get("/blocking")
        @Blocking
        String blocking() {
            return known();
        }

        @Get("/timed")
        @Timeout("10s")
        String timed() {
            return known();
        }

        @Get("/fault")
        String fault() {
            throw new Expected();
        }

        @Get("/written")
        Written written() {
            return new Written();
        }

        @Get("/written-later")
        CompletionStage<Written> writtenLater() {
            return CompletableFuture.supplyAsync(Written::new, PLAIN);
        }

        @Get("/after-fault-later")
        CompletionStage<String> faultLater() {
            return CompletableFuture.supplyAsync(
                    () -> {
                        throw new Expected();
                    },
                    PLAIN);
        }

        @Get("/executor")
        CompletionStage<String> executor() {
            return CompletableFuture.supplyAsync(RequestContextTest::known, PROPAGATING);
        }

        @Get("/stream")
        @Produces("text/plain")
        StreamingBody stream() {
            return output -> output.write(known().getBytes(StandardCharsets.UTF_8));
        }

        @Get("/elements")
        Stream<String> elements() {
            return Stream.of("").map(none -> known());
        }

        @Get("/iterator")
        Iterator<String> iterator() {
            return List.of("").stream().map(none -> known()).iterator();
        }

        @ExceptionHandler
        @Status(200)
        String handle(Expected fault) {
            return known();
        }
    }

    /** Tells what it knows before and after the request went on. */
    @Filter
    static final class Telling {
        Response<?> filter(Request request, Chain chain) {
            String before = known();
            return chain.proceed(
                    response -> response.withHeader("Before", before).withHeader("After", known()));
        }
    }

    @WebSocket("/socket")
    static final class Socket {
        static final BlockingQueue<String> CLOSED = new LinkedBlockingQueue<>();

        @OnOpen
        String open() {
            return known();
        }

        @OnMessage
        CompletionStage<String> message(String text) {
            return CompletableFuture.completedFuture(known());
        }

        @OnClose
        void close() {
            CLOSED.add(known());
        }
    }

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static TestClient client;
    private static TestClient proxied;

    private static BistroBuilder app() {
        return Bistro.app(RequestContextTest.class)
                .classes(Places.class, Telling.class, Socket.class)
                .port(0);
    }

    @BeforeAll
    static void start() {
        client = TestClient.of(app().start());
        proxied = TestClient.of(app().set("server.proxy.trusted", "127.0.0.1").start());
    }

    @AfterAll
    static void stop() {
        client.close();
        proxied.close();
        PLAIN.shutdown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/inline",
                "/blocking",
                "/timed",
                "/fault",
                "/written",
                "/written-later",
                "/after-fault-later",
                "/executor",
                "/stream",
                "/elements",
                "/iterator"
            })
    void eachPlaceKnowsItsRequest(String path) throws Exception {
        for (int i = 0; i < 3; i++) {
            TestResponse made = client.get(path).send().assertStatus(200);
            String id = made.header("X-Request-Id").orElseThrow();
            assertTrue(id.matches("[0-9a-f]{32}"), id);
            made.assertHeader("Before", id + " null").assertHeader("After", id + " null");
            assertTrue(made.text().contains(id + " null") && !made.text().contains("left"), made.text());

            TestResponse traced =
                    client.get(path).header("traceparent", TRACE_PARENT).send();
            traced.assertHeader("X-Request-Id", TRACE).assertHeader("Before", TRACE + " " + TRACE);
            assertTrue(traced.text().contains(TRACE + " " + TRACE), traced.text());
        }
        assertNull(PLAIN.submit(() -> MDC.get("requestId")).get(), "nothing is left on the thread");
        assertNull(PLAIN.submit(() -> MDC.get("user")).get(), "nor what the application put there");
    }

    @Test
    void aSocketKnowsItsHandshake() throws InterruptedException {
        var socket = client.webSocket("/socket");
        String id = socket.headers().first("X-Request-Id").orElseThrow();
        assertEquals(id + " null", socket.nextText());
        assertEquals(id + " null", socket.send("a").nextText());
        socket.close();
        assertEquals(id + " null", Socket.CLOSED.take());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            taken | own-1.A_b~c+d/e=f:g@h               | -
            taken | own                                 | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            made  | a b                                 | -
            made  | "quoted"                            | -
            made  | a,b                                 | -
            made  | a<b                                 | -
            made  | ``                                  | -
            made  | LONG                                | -
            trace | a b                                 | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            trace | -                                   | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00
            trace | -                                   | cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more
            made  | -                                   | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more
            made  | -                                   | ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            made  | -                                   | 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01
            made  | -                                   | 00-00000000000000000000000000000000-00f067aa0ba902b7-01
            made  | -                                   | 00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01
            made  | -                                   | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7
            made  | -                                   | 00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01
            made  | -                                   | nonsense
            """)
    void aTrustedProxyNamesRequests(String expected, String said, String trace) {
        var request = proxied.get("/inline");
        if (said != null) {
            request.header("X-Request-Id", said.replace("LONG", "x".repeat(129)));
        }
        if (trace != null) {
            request.header("traceparent", trace);
        }
        String id = request.send().assertStatus(200).header("X-Request-Id").orElseThrow();
        switch (expected) {
            case "taken" -> assertEquals(said, id);
            case "trace" -> assertEquals(TRACE, id);
            default -> assertTrue(id.matches("[0-9a-f]{32}") && !id.equals(TRACE), id);
        }
    }

    @Test
    void nobodyElseDoes() {
        var asked = client.get("/inline").header("X-Request-Id", "mine");
        assertTrue(asked.send().header("X-Request-Id").orElseThrow().matches("[0-9a-f]{32}"));
        var twice = proxied.get("/inline").header("X-Request-Id", "one").header("X-Request-Id", "other");
        assertTrue(twice.send().header("X-Request-Id").orElseThrow().matches("[0-9a-f]{32}"));
    }

    @Test
    void aProblemHasTheIdOfItsAnswer() {
        TestResponse problem = client.get("/nowhere").send().assertProblem(404);
        String id = problem.header("X-Request-Id").orElseThrow();
        TestResponse fault = client.get("/inline").header("Host", "a b").send();
        assertTrue(problem.text().contains(id) || !problem.text().contains("requestId"), problem.text());
        assertTrue(fault.header("X-Request-Id").isEmpty(), "no request was read");
    }
}
