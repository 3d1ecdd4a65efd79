package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.PulledBody;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http1.Http1Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get from a server that is overloaded, or stops. */
@Timeout(120)
class OverloadTest {
    private static final String GET = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\n";

    private static PulledBody endless() {
        return new PulledBody() {
            @Override
            public byte[] next() {
                return new byte[60_000];
            }

            @Override
            public void close() {}
        };
    }

    private static void assertRetried(String response) {
        assertTrue(response.startsWith(UNAVAILABLE), response);
        assertTrue(response.contains("\r\nRetry-After: 1\r\n"), response);
    }

    private static Http1Settings settings(int maxBodyBytes, int maxConcurrentRequests) {
        var defaults = Http1Settings.DEFAULTS;
        return new Http1Settings(
                defaults.maxTargetBytes(),
                defaults.maxFieldLineBytes(),
                defaults.maxFields(),
                defaults.maxHeadBytes(),
                maxBodyBytes,
                defaults.headTimeout(),
                defaults.bodyTimeout(),
                defaults.idleTimeout(),
                defaults.pendingTimeout(),
                maxConcurrentRequests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blocking", "/pending", "/pulled", "/streamed"})
    void answers503AboveTheLimitOfRequestsUnderWayAndKeepsTheConnection(String path) throws Exception {
        var gate = new Semaphore(0);
        var later = new CompletableFuture<Response<Payload>>();
        try (var server = EngineServer.builder()
                        .http(settings(Http1Settings.DEFAULTS.maxBodyBytes(), 2))
                        .at("/", request -> EngineServer.text(Status.OK, "hello"))
                        .at("/blocking", Execution.BLOCKING, request -> {
                            gate.acquireUninterruptibly();
                            return EngineServer.text(Status.OK, "done");
                        })
                        .at("/pending", request -> EngineServer.pending(later.copy()))
                        .at("/pulled", request -> Response.ok(new PulledPayload(endless(), OptionalLong.empty())))
                        .at(
                                "/streamed",
                                request -> EngineServer.stream(out -> {
                                    out.flush();
                                    gate.acquireUninterruptibly();
                                }))
                        .start();
                var one = new RawClient(server.address());
                var two = new RawClient(server.address());
                var three = new RawClient(server.address())) {
            one.send("GET " + path + GET);
            two.send("GET " + path + GET);
            Await.until(() -> server.http1().statistics().requestsUnderWay() >= 2);
            assertRetried(three.send("GET " + path + GET).readResponse());
            assertEquals(1, server.http1().statistics().tooManyRequests());
            assertTrue(three.send("GET /" + GET).readResponse().endsWith("hello"), "what is quick is answered");
            one.socket().close();
            two.socket().close();
            gate.release(2);
            Await.until(() -> server.http1().statistics().requestsUnderWay() == 0);
            gate.release();
            later.complete(EngineServer.text(Status.OK, "done"));
            assertTrue(three.send("GET " + path + GET).readHead().startsWith("HTTP/1.1 200 "));
        } finally {
            gate.release(10);
        }
    }

    @Test
    void discardsTheBodyOfAResponseForWhichThereIsNoRoom() throws Exception {
        var gate = new Semaphore(0);
        var discarded = new CountDownLatch(1);
        var body = new StreamingBody() {
            @Override
            public void writeTo(OutputStream output) throws IOException {
                output.flush();
                gate.acquireUninterruptibly();
            }

            @Override
            public void discard() {
                discarded.countDown();
            }
        };
        try (var server = EngineServer.builder()
                        .http(settings(Http1Settings.DEFAULTS.maxBodyBytes(), 1))
                        .at("/", request -> Response.ok(new StreamPayload(body, OptionalLong.empty())))
                        .start();
                var one = new RawClient(server.address());
                var two = new RawClient(server.address())) {
            one.send("GET /" + GET);
            while (server.http1().statistics().requestsUnderWay() < 1) {
                Thread.onSpinWait();
            }
            assertRetried(two.send("GET /" + GET).readResponse());
            assertTrue(discarded.await(20, TimeUnit.SECONDS));
        } finally {
            gate.release(10);
        }
    }

    @Test
    void refusesABodyForWhichThereCannotBeRoomBeforeItComes() throws Exception {
        long tooMuch = Runtime.getRuntime().maxMemory() / 4 + 1;
        try (var server = EngineServer.builder()
                        .http(settings(Integer.MAX_VALUE, 0))
                        .at("/", request -> EngineServer.text(Status.OK, "hello"))
                        .start();
                var client = new RawClient(server.address())) {
            String response = client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + tooMuch + "\r\n\r\nx")
                    .readToEnd();
            assertRetried(response);
            assertEquals(1, server.http1().statistics().noRoom());
        }
    }

    /** Clients that send most of a body and stop, in a process with little memory. */
    @Test
    void servesOthersWhileManyClientsSendMostOfABodyAndStop() throws Exception {
        int size = 1024 * 1024;
        try (var server = ServerProcess.start(BudgetServer.class, "-Xmx64m");
                var clients = new Clients<RawClient>()) {
            String most = "x".repeat(size - 1);
            for (int i = 0; i < 60; i++) {
                RawClient client = clients.add(new RawClient(server.address()));
                sendAsFarAsItIsTaken(
                        client, "POST /size HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n" + most);
            }
            server.ask("await refused");
            assertTrue(RawClient.exchange(server.address(), "GET /hello HTTP/1.0\r\n\r\n")
                    .endsWith("hello"));
            int refused = 0;
            int answered = 0;
            for (RawClient client : clients) {
                sendAsFarAsItIsTaken(client, "x");
                String response = client.readResponse();
                refused += response.startsWith(UNAVAILABLE) && response.contains("Retry-After: 1") ? 1 : 0;
                answered += response.endsWith("\r\n\r\n" + size) ? 1 : 0;
            }
            assertEquals(clients.size(), refused + answered, refused + " refused, " + answered + " answered");
            assertTrue(refused > 0 && answered > 0, refused + " refused, " + answered + " answered");
            for (int i = 0; i < 20; i++) {
                String whole = RawClient.exchange(
                        server.address(), "POST /size HTTP/1.0\r\nContent-Length: " + size + "\r\n\r\n" + most + "x");
                assertTrue(whole.endsWith("\r\n\r\n" + size), "all that was held is given back");
            }
        }
    }

    private static void sendAsFarAsItIsTaken(RawClient client, String bytes) {
        try {
            client.send(bytes);
        } catch (IOException refused) {
            assertTrue(refused.getMessage() != null, "the server may have closed it by now");
        }
    }

    @Test
    void givesEachPendingAnswerA503WhenTheStopTakesTooLong() throws Exception {
        var asked = new CountDownLatch(5);
        try (var server = EngineServer.builder()
                        .at("/", request -> {
                            asked.countDown();
                            return EngineServer.pending(new CompletableFuture<>());
                        })
                        .start();
                var clients = new Clients<RawClient>()) {
            for (int i = 0; i < 5; i++) {
                clients.add(new RawClient(server.address())).send("GET /" + GET);
            }
            asked.await();
            server.net().stop(Duration.ofMillis(50));
            for (RawClient client : clients) {
                assertRetried(client.readToEnd());
            }
            assertEquals(0, server.http1().statistics().requestsUnderWay());
        }
    }

    @Test
    void holdsUpNobodyWhereAClientLeavesAnAnswerWhoseDependentsTakeTheirTime() throws Exception {
        var gate = new Semaphore(0);
        var told = new Semaphore(0);
        try (var server = EngineServer.builder()
                        .at("/", request -> {
                            var stage = new CompletableFuture<Response<Payload>>();
                            stage.whenComplete((response, fault) -> {
                                told.release();
                                gate.acquireUninterruptibly();
                            });
                            return EngineServer.pending(stage);
                        })
                        .at("/next", Execution.NON_BLOCKING, request -> EngineServer.text(Status.OK, "next"))
                        .start();
                var other = new RawClient(server.address())) {
            try (var client = new RawClient(server.address())) {
                client.send("GET /" + GET);
                assertTrue(other.send("GET /next" + GET).readResponse().endsWith("next"));
            }
            assertTrue(told.tryAcquire(20, TimeUnit.SECONDS));
            assertTrue(other.send("GET /next" + GET).readResponse().endsWith("next"));
            gate.release(10);
            assertFalse(told.tryAcquire(), "it is told once");
        } finally {
            gate.release(10);
        }
    }

    /**
     * Bytes that a refused client has sent already aren't kept, so they mustn't count as a lack of memory, which would
     * break off the refusal.
     */
    @Test
    void everyBodyThatIsRefusedForWantOfRoomGetsIts503() throws Exception {
        try (var server = EngineServer.builder()
                        .maxBufferedBytes(1024 * 1024)
                        .at("/", request -> EngineServer.text(Status.OK, "hello"))
                        .start();
                var clients = new Clients<RawClient>()) {
            for (int i = 0; i < 40; i++) {
                RawClient client = clients.add(new RawClient(server.address()));
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(70_000));
            }
            int refused = 0;
            for (RawClient client : clients) {
                sendAsFarAsItIsTaken(client, "x".repeat(30_000));
                String response = client.readResponse();
                if (!response.endsWith("hello")) {
                    assertRetried(response);
                    refused++;
                }
            }
            assertTrue(refused > 0, "some are");
            assertEquals(0, server.net().statistics().cutForMemory());
            for (RawClient client : clients) {
                client.close();
            }
            Await.until(() -> server.net().statistics().open() == 0);
            assertEquals(0, server.net().statistics().bufferedBytes());
        }
    }
}
