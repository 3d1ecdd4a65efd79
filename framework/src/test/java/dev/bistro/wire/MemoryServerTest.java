package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.MemoryConnection;
import dev.bistro.net.MemoryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/1.1 within the process, which behaves as over a socket. */
@Timeout(60)
class MemoryServerTest {
    private static final long PATIENCE_MILLIS = 20_000;
    private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";

    private final CompletableFuture<Response<Payload>> later = new CompletableFuture<>();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final MemoryServer server = new MemoryServer(
            64 * 1024,
            new Http1(
                    Http1Settings.DEFAULTS,
                    EngineServer.builder()
                            .at("/hello", request -> EngineServer.text(Status.OK, "hello"))
                            .at(
                                    "/echo",
                                    request -> EngineServer.text(
                                            Status.OK, new String(request.body(), StandardCharsets.ISO_8859_1)))
                            .streaming("/count", request -> EngineServer.text(Status.OK, count(request.bodyStream())))
                            .at("/large", request -> EngineServer.stream(MemoryServerTest::writeLarge))
                            .at("/later", request -> EngineServer.pending(later))
                            .at("/slow", Execution.BLOCKING, request -> {
                                began.countDown();
                                await(go);
                                return EngineServer.text(Status.OK, "slow");
                            })
                            .application(),
                    1));

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(10));
    }

    private static String count(java.io.InputStream body) {
        try {
            return String.valueOf(body.transferTo(java.io.OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeLarge(java.io.OutputStream output) throws IOException {
        byte[] piece = new byte[10_000];
        Arrays.fill(piece, (byte) '~');
        for (int i = 0; i < 1_000; i++) {
            output.write(piece);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(MemoryConnection client, String text) throws IOException {
        client.output().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readToEnd(MemoryConnection client) throws IOException {
        return new String(client.input(PATIENCE_MILLIS).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private String exchange(String requests) throws IOException {
        try (MemoryConnection client = server.connect()) {
            send(client, requests);
            return readToEnd(client);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        String answers = exchange("GET /hello" + HOST + "\r\nPOST /echo" + HOST
                + "Content-Length: 3\r\n\r\nabcGET /hello" + HOST + "Connection: close\r\n\r\n");
        assertEquals("hello|abc|hello", String.join("|", bodies(answers)));
    }

    private static java.util.List<String> bodies(String answers) {
        return Arrays.stream(answers.split("HTTP/1.1 200 OK\r\n"))
                .filter(answer -> !answer.isEmpty())
                .map(answer -> answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .toList();
    }

    @Test
    void streamsMoreThanFitsBothWays() throws Exception {
        try (MemoryConnection client = server.connect()) {
            int length = 5_000_000;
            send(client, "POST /count" + HOST + "Content-Length: " + length + "\r\n\r\n");
            client.output().write(new byte[length]);
            send(client, "GET /large" + HOST + "Connection: close\r\n\r\n");
            String answers = readToEnd(client);
            assertTrue(answers.contains("\r\n\r\n" + length + "HTTP/1.1 200 "), answers.substring(0, 300));
            assertEquals(10_000_000, answers.chars().filter(c -> c == '~').count());
        }
    }

    @Test
    void goesOnWhenAPendingResponseIsThere() throws IOException {
        try (MemoryConnection client = server.connect()) {
            send(client, "GET /later" + HOST + "Connection: close\r\n\r\n");
            later.complete(EngineServer.text(Status.OK, "later"));
            assertTrue(readToEnd(client).endsWith("later"));
        }
    }

    @Test
    void cancelsAPendingResponseWhenTheClientGoes() throws Exception {
        var closed = new CountDownLatch(1);
        later.whenComplete((response, fault) -> closed.countDown());
        try (MemoryConnection client = server.connect()) {
            send(client, "GET /later" + HOST + "\r\n");
        }
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertTrue(later.isCancelled());
    }

    @Test
    void refusesBytesThatAreNoRequest() throws IOException {
        assertTrue(exchange("nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
    }

    @Test
    void letsWhatIsUnderWayFinishWhenItStops() throws Exception {
        try (MemoryConnection client = server.connect();
                MemoryConnection idle = server.connect()) {
            send(client, "GET /slow" + HOST + "\r\n");
            await(began);
            var stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(20)));
            assertEquals("", readToEnd(idle));
            go.countDown();
            assertTrue(readToEnd(client).endsWith("slow"));
            stopped.get(20, TimeUnit.SECONDS);
            assertThrows(RejectedExecutionException.class, server::connect);
        }
    }

    @Test
    void saysThatNothingComes() throws IOException {
        try (MemoryConnection client = server.connect()) {
            assertThrows(SocketTimeoutException.class, () -> client.input(1).read());
        }
    }
}
