package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Route;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problems;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which bodies are written where they are sent from, seen between the handlers of an application and the transport.
 * There is one loop, so that all connections have the same output as long as no handler holds it up.
 */
@Timeout(60)
class PlacedBodiesTest {
    @Route("/")
    static final class Lists {
        @NonBlocking
        @Get("/list/{size}")
        List<String> list(int size) {
            return text(size);
        }

        @NonBlocking
        @Get("/stalled/{size}")
        List<String> stalled(int size) {
            return text(size);
        }

        @Blocking
        @Get("/apart/{size}")
        List<String> apart(int size) {
            return text(size);
        }

        private static List<String> text(int size) {
            return List.of("x".repeat(size));
        }
    }

    private final Map<String, Boolean> isPlaced = new ConcurrentHashMap<>();
    private final Semaphore handedOver = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);
    private volatile Thread stalled;
    private NetServer server;

    /** Notes what kind of body an answer has, and has some wait when theirs are written. */
    private final class Watched implements Target {
        private final Target target;

        Watched(Target target) {
            this.target = target;
        }

        @Override
        public Response<Payload> answer(ServerRequest request) {
            Response<Payload> answer = target.answer(request);
            isPlaced.put(request.path(), answer.body().orElseThrow() instanceof BodyRoom);
            if (request.path().startsWith("/stalled/")) {
                stalled = Thread.currentThread();
                gate.acquireUninterruptibly();
            }
            return answer;
        }

        @Override
        public Traits traits() {
            return target.traits();
        }
    }

    private final class WatchedApplication implements Application {
        private final Application application;
        private final Map<Target, Target> watched = new LinkedHashMap<>();

        WatchedApplication(Application application) {
            this.application = application;
            application.targets().forEach(target -> watched.put(target, new Watched(target)));
        }

        @Override
        public Target find(ServerRequest request) {
            return watched.get(application.find(request));
        }

        @Override
        public List<Target> targets() {
            return List.copyOf(watched.values());
        }

        @Override
        public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
            return application.refuse(request, status, detail);
        }

        @Override
        public List<ResponseDecorator> decorators() {
            return application.decorators();
        }
    }

    @BeforeEach
    void start() throws IOException {
        var problems = new Problems();
        Application dispatcher = new DispatcherFactory(StandardCodecs.create(), problems)
                .create(List.of(Lists.class), type -> new Lists());
        problems.throwIfAny();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = NetServer.start(
                NetSettings.of(address, 1, 1_000, Duration.ofSeconds(30)),
                new Http1(Http1Settings.DEFAULTS, new WatchedApplication(dispatcher), 1));
        server.whenHandedOver((loop, thread, handler) -> {
            if (thread == stalled) { // and no other, which the machine may have held up
                handedOver.release();
            }
        });
    }

    @AfterEach
    void stop() {
        gate.release();
        server.stop(Duration.ofSeconds(5));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static void assertNext(int size, RawClient client) throws IOException {
        String answer = client.readResponse();
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertEquals("[\"" + "x".repeat(size) + "\"]", answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @Test
    void areThoseOfHandlersOnTheLoop() throws IOException {
        try (var client = new RawClient(server.address())) {
            for (String path : List.of("/list/7", "/list/8000", "/apart/7")) {
                client.send(get(path)).readResponse();
            }
        }
        assertEquals(Map.of("/list/7", true, "/list/8000", true, "/apart/7", false), isPlaced);
    }

    /** The output stays with the thread that has lost the loop; others have another one. */
    @ParameterizedTest
    @CsvSource({"1, 300", "3000, 9000", "15000, 3000", "30000, 1000"})
    void areSentByAThreadThatHasLostTheLoop(int before, int size) throws Exception {
        try (var client = new RawClient(server.address());
                var other = new RawClient(server.address())) {
            client.send(get("/list/" + before) + get("/list/2") + get("/stalled/" + size) + get("/list/5"));
            handedOver.acquire();
            for (int length : List.of(4, before, size)) {
                other.send(get("/list/" + length));
                assertNext(length, other);
            }
            gate.release();
            for (int length : List.of(before, 2, size, 5)) {
                assertNext(length, client);
            }
            client.send(get("/list/6"));
            assertNext(6, client);
        }
        for (String path : List.of("/stalled/" + size, "/list/4", "/list/5", "/list/6")) {
            assertEquals(true, isPlaced.get(path), path);
        }
    }
}
