package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http1.Http1Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the engine serves handlers that block, seen from outside. */
@Timeout(60)
class EngineTest {
    private static final String GET = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String GET_AND_CLOSE = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static Function<ServerRequest, Response<Payload>> waitingFor(Semaphore gate) {
        return request -> {
            gate.acquireUninterruptibly();
            return EngineServer.text(Status.OK, "waited");
        };
    }

    private static Response<Payload> hello(ServerRequest request) {
        return EngineServer.text(Status.OK, "hello");
    }

    private static Response<Payload> threadName(ServerRequest request) {
        return EngineServer.text(Status.OK, kindOf(Thread.currentThread()));
    }

    private static String kindOf(Thread thread) {
        return thread.getName().startsWith("bistro-worker-") ? "worker" : "own";
    }

    @Test
    void servesOthersWhileAHandlerHoldsUpTheOnlyLoop() throws IOException {
        var gate = new Semaphore(0);
        try (var server = EngineServer.builder()
                        .loops(1)
                        .at("/wait", waitingFor(gate))
                        .at("/", EngineTest::hello)
                        .start();
                var waiting = new RawClient(server.address());
                var quick = new RawClient(server.address())) {
            quick.send("GET /" + GET).readResponse();
            waiting.send("GET /wait" + GET);
            for (int i = 0; i < 100; i++) {
                assertTrue(quick.send("GET /" + GET).readResponse().endsWith("hello"));
            }
            gate.release();
            assertTrue(waiting.readResponse().endsWith("waited"));
            gate.release();
            assertTrue(waiting.send("GET /wait" + GET).readResponse().endsWith("waited"), "it is used again");
        }
    }

    @Test
    void keepsTheOrderOfPipelinedRequestsWhenTheFirstIsSlow() throws IOException {
        var gate = new Semaphore(0);
        try (var server = EngineServer.builder()
                        .loops(1)
                        .at("/wait", waitingFor(gate))
                        .at("/", EngineTest::hello)
                        .start();
                var client = new RawClient(server.address());
                var other = new RawClient(server.address())) {
            for (int round = 0;
                    round < 6;
                    round++) { // inline with its loop taken away at first, on a thread of its own later
                client.send(("GET /" + GET) + ("GET /wait" + GET) + ("GET /" + GET));
                other.send("GET /" + GET).readResponse();
                client.send("GET /wait" + GET + "GET /" + GET);
                gate.release(2);
                var bodies = new ArrayList<String>();
                for (int i = 0; i < 5; i++) {
                    bodies.add(client.readResponse().replaceAll("(?s).*\r\n\r\n", ""));
                }
                assertEquals(List.of("hello", "waited", "hello", "waited", "hello"), bodies);
            }
        }
    }

    @Test
    void learnsWhichHandlersWait() throws IOException {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        var gate = new Semaphore(0);
        Function<ServerRequest, Response<Payload>> waits = request -> {
            threads.add(kindOf(Thread.currentThread()));
            gate.acquireUninterruptibly();
            return EngineServer.text(Status.OK, "waited");
        };
        try (var server = EngineServer.builder()
                .loops(1)
                .at("/wait", waits)
                .at("/", EngineTest::threadName)
                .start()) {
            int rounds = 0;
            while (!threads.contains("own") && rounds < 1000) {
                rounds++;
                try (var client = new RawClient(server.address());
                        var other = new RawClient(server.address())) {
                    client.send("GET /wait" + GET);
                    other.send("GET /" + GET).readResponse(); // answered by another leader if the loop is held up
                    gate.release();
                    client.readResponse();
                }
            }
            assertTrue(threads.contains("own"), "after " + rounds + " rounds");
            assertTrue(
                    RawClient.exchange(server.address(), "GET /" + GET_AND_CLOSE)
                            .endsWith("worker"),
                    "the quick one stays");
        }
    }

    @Test
    void runsPinnedHandlersWhereTheyAreWanted() throws IOException {
        try (var server = EngineServer.builder()
                .at("/blocking", Execution.BLOCKING, EngineTest::threadName)
                .at("/non-blocking", Execution.NON_BLOCKING, EngineTest::threadName)
                .start()) {
            assertTrue(RawClient.exchange(server.address(), "GET /blocking" + GET_AND_CLOSE)
                    .endsWith("own"));
            assertTrue(RawClient.exchange(server.address(), "GET /non-blocking" + GET_AND_CLOSE)
                    .endsWith("worker"));
        }
    }

    @Test
    void usesVirtualThreadsWhereThisJavaHasThem() throws IOException {
        try (var server = EngineServer.builder()
                .at(
                        "/",
                        Execution.BLOCKING,
                        request -> EngineServer.text(
                                Status.OK, Thread.currentThread().toString()))
                .start()) {
            String thread = RawClient.exchange(server.address(), "GET /" + GET_AND_CLOSE);
            boolean expected = Runtime.version().feature() >= 21;
            assertEquals(expected, thread.contains("VirtualThread"), thread);
            assertEquals(!expected, thread.contains("bistro-blocking-"), thread);
        }
    }

    @Test
    void servesManyBlockingRequestsAtOnce() throws Exception {
        int count = 200;
        var arrived = new CountDownLatch(count);
        var gate = new CountDownLatch(1);
        try (var server = EngineServer.builder()
                .at("/wait", Execution.BLOCKING, request -> {
                    arrived.countDown();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return EngineServer.text(Status.OK, "waited");
                })
                .start()) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < count; i++) {
                clients.add(new RawClient(server.address()).send("GET /wait" + GET));
            }
            arrived.await();
            gate.countDown();
            for (RawClient client : clients) {
                assertTrue(client.readResponse().endsWith("waited"));
                client.close();
            }
        }
    }

    @Test
    void forgetsThatAHandlerInterruptedItsThread() throws IOException {
        try (var server = EngineServer.builder()
                        .at("/interrupt", Execution.NON_BLOCKING, request -> {
                            Thread.currentThread().interrupt();
                            return hello(request);
                        })
                        .at(
                                "/",
                                Execution.NON_BLOCKING,
                                request -> EngineServer.text(Status.OK, "interrupted: " + Thread.interrupted()))
                        .start();
                var client = new RawClient(server.address())) {
            client.send("GET /interrupt" + GET + "GET /" + GET).readResponse();
            assertTrue(client.readResponse().endsWith("interrupted: false"), "a selector wouldn't wait any more");
        }
    }

    @Test
    void waitsForTheClientAlsoAfterAHandlerThatInterruptedItsThread() throws IOException {
        int length = 20_000_000;
        try (var server = EngineServer.builder()
                .at("/", Execution.BLOCKING, request -> {
                    Thread.currentThread().interrupt();
                    return EngineServer.stream(output -> output.write(new byte[length]));
                })
                .start()) {
            String response = RawClient.exchange(server.address(), "GET /" + GET_AND_CLOSE);
            assertTrue(response.length() > length, response.length() + " bytes");
        }
    }

    @Test
    void servesOthersAlsoWhenTheHandlerThatHoldsUpTheLoopCameAfterALongRest() throws Exception {
        var gate = new Semaphore(0);
        var begun = new CountDownLatch(1);
        Set<Thread> before = watchdogs();
        try (var server = EngineServer.builder()
                        .loops(1)
                        .at("/rest", Execution.BLOCKING, request -> {
                            Set<Thread> ours = watchdogs();
                            ours.removeAll(before);
                            Await.until(
                                    () -> ours.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
                            return hello(request);
                        })
                        .at("/wait", request -> {
                            begun.countDown();
                            return waitingFor(gate).apply(request);
                        })
                        .at("/", EngineTest::hello)
                        .start();
                var client = new RawClient(server.address());
                var other = new RawClient(server.address())) {
            other.send("GET /" + GET).readResponse();
            client.send("GET /rest" + GET + "GET /wait" + GET);
            begun.await();
            assertTrue(other.send("GET /" + GET).readResponse().endsWith("hello"));
            gate.release();
            client.readResponse();
            assertTrue(client.readResponse().endsWith("waited"));
        } finally {
            gate.release();
        }
    }

    private static Set<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bistro-watchdog"))
                .collect(Collectors.toSet());
    }

    @Test
    void readsOnBehindAStreamedBodyThatCameWithMoreThanTheLoopReadsAtOnce() throws Exception {
        var begun = new CountDownLatch(1);
        var small = Http1Settings.DEFAULTS;
        var settings = new Http1Settings(
                1024,
                1024,
                small.maxFields(),
                1024,
                small.maxBodyBytes(),
                small.headTimeout(),
                small.bodyTimeout(),
                small.idleTimeout(),
                small.pendingTimeout(),
                0);
        int count = 300;
        try (var server = EngineServer.builder()
                        .http(settings)
                        .streaming("/body", request -> {
                            begun.countDown();
                            return EngineServer.text(Status.OK, new String(request.body(), StandardCharsets.US_ASCII));
                        })
                        .at("/", EngineTest::hello)
                        .start();
                var client = new RawClient(server.address())) {
            client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
            begun.await();
            client.send("body" + ("GET /" + GET).repeat(count));
            assertTrue(client.readResponse().endsWith("body"));
            for (int i = 0; i < count; i++) {
                assertTrue(client.readResponse().endsWith("hello"));
            }
        }
    }

    @Test
    void leavesNothingBehindWhenClientsGoAwayInMidRequest() throws Exception {
        try (var server = EngineServer.builder()
                .loops(2)
                .at("/", EngineTest::hello)
                .at("/blocking", Execution.BLOCKING, EngineTest::hello)
                .start()) {
            RawClient.exchange(server.address(), "GET /" + GET_AND_CLOSE);
            RawClient.exchange(server.address(), "GET /blocking" + GET_AND_CLOSE);
            long descriptors = openDescriptors();
            for (int i = 0; i < 1000; i++) {
                try (var client = new RawClient(server.address())) {
                    client.socket().setSoLinger(i % 2 == 0, 0); // every other one is closed with a reset
                    client.send(
                            i % 3 == 0
                                    ? "GET / HTT"
                                    : i % 3 == 1
                                            ? "GET /blocking" + GET
                                            : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
                }
            }
            Await.until(() -> server.net().statistics().open() == 0);
            assertTrue(RawClient.exchange(server.address(), "GET /" + GET_AND_CLOSE)
                    .endsWith("hello"));
            Await.until(() -> openDescriptors() <= descriptors + 5); // the next select closes the last one
            long workers = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("bistro-worker-"))
                    .count();
            assertTrue(workers < 50, workers + " workers");
        }
    }

    private static long openDescriptors() {
        return ((com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }

    @Test
    void stopsAfterWhatIsUnderWayAndTakesNothingNew() throws Exception {
        var gate = new Semaphore(0);
        var server = EngineServer.builder()
                .at("/wait", Execution.BLOCKING, waitingFor(gate))
                .at("/", EngineTest::hello)
                .start();
        InetSocketAddress address = server.address();
        try (var idle = new RawClient(address);
                var waiting = new RawClient(address)) {
            idle.send("GET /" + GET).readResponse();
            waiting.send("GET /wait" + GET);
            Await.until(() -> gate.hasQueuedThreads());
            var stopping = CompletableFuture.runAsync(server::close);
            assertEquals("", idle.readToEnd(), "the idle one is closed at once");
            assertFalse(stopping.isDone());
            gate.release();
            String last = waiting.readToEnd();
            assertTrue(last.contains("Connection: close") && last.endsWith("waited"), last);
            stopping.get();
        }
        try (var again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(address);
            assertEquals(address.getPort(), again.getLocalPort());
        }
    }

    @Test
    void stopsAtTheDeadlineWhateverIsUnderWay() throws Exception {
        var interrupted = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        try (var server = EngineServer.builder()
                .at("/stuck", Execution.BLOCKING, request -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return EngineServer.text(Status.OK, "late");
                })
                .start()) {
            try (var client = new RawClient(server.address())) {
                client.send("GET /stuck" + GET);
                started.await();
                server.net().stop(Duration.ofMillis(20));
                interrupted.await();
                assertEquals(0, server.net().statistics().open());
            }
        }
    }

    @Test
    void letsConnectionsAboveTheLimitWait() throws IOException {
        try (var server = EngineServer.builder()
                        .maxConnections(1)
                        .at("/", EngineTest::hello)
                        .start();
                var first = new RawClient(server.address());
                var second = new RawClient(server.address())) {
            first.send("GET /" + GET).readResponse();
            second.send("GET /" + GET_AND_CLOSE);
            assertEquals(1, server.net().statistics().open());
            first.socket().close();
            assertTrue(second.readToEnd().endsWith("hello"));
        }
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        try (var server = EngineServer.builder().at("/", EngineTest::hello).start();
                var socket = new ServerSocket()) {
            assertNotEquals(0, server.address().getPort());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThrows(BindException.class, () -> socket.bind(server.address())));
        }
    }
}
