package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.RequestScoped;
import dev.bistro.annotation.Route;
import dev.bistro.http.Chain;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One object for each request, over a socket. */
class RequestScopeTest {
    private static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

    @RequestScoped
    static final class Visitor implements AutoCloseable {
        final String name;

        @Inject
        Visitor(Request request) {
            name = request.header("X-Name").orElseThrow(() -> new ForbiddenException("Who are you?"));
            EVENTS.add("made " + name);
        }

        @Override
        public void close() {
            EVENTS.add("closed " + name);
        }
    }

    /** Made with the visitor, and gone with it. */
    static final class Greeter {
        @Inject
        Visitor visitor;
    }

    @Singleton
    static final class Doorman {
        @Inject
        Provider<Visitor> visitor;

        @Inject
        Provider<Greeter> greeter;
    }

    @Route
    static final class House {
        @Inject
        Doorman doorman;

        @Get("/hello")
        String hello() {
            Visitor visitor = doorman.visitor.get();
            boolean same = visitor == doorman.greeter.get().visitor && visitor == doorman.visitor.get();
            return visitor.name + " " + same;
        }

        @Get("/blocking")
        @Blocking
        String blocking() {
            return hello();
        }

        @Get("/later")
        CompletionStage<String> later() {
            Visitor visitor = doorman.visitor.get();
            return CompletableFuture.supplyAsync(() -> {
                EVENTS.add("later " + visitor.name);
                return visitor.name;
            });
        }

        @Get("/elsewhere")
        CompletionStage<String> elsewhere() {
            return CompletableFuture.supplyAsync(() -> doorman.visitor.get().name);
        }

        @Get("/stream")
        Stream<String> stream() {
            doorman.visitor.get();
            return Stream.of("a", "b").map(text -> {
                EVENTS.add("streamed " + text);
                return text + doorman.visitor.get().name;
            });
        }

        @Get("/none")
        String none() {
            return "none";
        }
    }

    /** Asks on the thread that brings the response. */
    @Filter
    static final class Telling {
        @Inject
        Provider<Visitor> visitor;

        Response<?> filter(Request request, Chain chain) {
            return chain.proceed(response -> response.withHeader("X-Visitor", visitor.get().name));
        }
    }

    private Server server;

    @BeforeEach
    void start() {
        EVENTS.clear();
        server = Bistro.app(RequestScopeTest.class)
                .classes(House.class, Visitor.class, Doorman.class)
                .port(0)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String get(String path, String... names) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: a\r\n");
            requests.append(names[i].isEmpty() ? "" : "X-Name: " + names[i] + "\r\n");
            requests.append(i == names.length - 1 ? "Connection: close\r\n\r\n" : "\r\n");
        }
        return RawClient.exchange(address, requests.toString());
    }

    private static void assertEvents(String... expected) throws InterruptedException {
        for (String event : expected) {
            assertEquals(event, EVENTS.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void makesOneObjectForEachRequestAndClosesItWithThat() throws Exception {
        String answers = get("/hello", "Ann", "Bob");
        assertTrue(answers.contains("Ann true") && answers.endsWith("Bob true"), answers);
        assertEvents("made Ann", "closed Ann", "made Bob", "closed Bob");
    }

    @Test
    void followsARequestToAThreadOfItsOwn() throws Exception {
        assertTrue(get("/blocking", "Ann").endsWith("Ann true"));
        assertEvents("made Ann", "closed Ann");
    }

    @Test
    void keepsTheObjectsUntilALaterResponseIsThere() throws Exception {
        assertTrue(get("/later", "Ann").endsWith("Ann"));
        assertEvents("made Ann", "later Ann", "closed Ann");
    }

    @Test
    void keepsTheObjectsWhileABodyIsStreamed() throws Exception {
        assertTrue(get("/stream", "Ann").contains("bAnn"));
        assertEvents("made Ann", "streamed a", "streamed b", "closed Ann");
    }

    @Test
    void hasNoObjectsOnAThreadThatIsNotTheRequests() throws Exception {
        assertTrue(get("/elsewhere", "Ann").startsWith("HTTP/1.1 500 "));
    }

    @Test
    void givesFiltersTheObjectsOfTheirRequest() throws Exception {
        server.close();
        server = Bistro.app(RequestScopeTest.class)
                .classes(House.class, Visitor.class, Doorman.class, Telling.class)
                .port(0)
                .start();
        for (String path : new String[] {"/hello", "/later", "/stream", "/none", "/nowhere"}) {
            String answer = get(path, "Ann");
            assertTrue(answer.contains("\r\nX-Visitor: Ann\r\n"), answer);
            assertEvents("made Ann");
            String event = "";
            while (!event.equals("closed Ann")) {
                event = EVENTS.poll(30, TimeUnit.SECONDS); // what is streamed comes before
            }
        }
    }

    @Test
    void answersWithTheFaultOfAConstructor() throws Exception {
        String answer = get("/hello", "");
        assertTrue(answer.startsWith("HTTP/1.1 403 ") && answer.contains("Who are you?"), answer);
    }

    @Test
    void makesNothingThatIsNotAskedFor() throws Exception {
        assertTrue(get("/none", "Ann").endsWith("none"));
        server.close();
        assertEquals(null, EVENTS.poll());
        assertNotEquals(0, server.routes().size());
    }
}
