package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.FileOutput;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http1.Http1Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are read and written piece by piece, seen from outside. */
@Timeout(120)
class StreamTest {
    private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";
    private static final String CLOSE = HOST + "Connection: close\r\n\r\n";

    private static String readText(ServerRequest request) {
        try {
            return new String(request.bodyStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response<Payload> echo(ServerRequest request) {
        return EngineServer.text(Status.OK, readText(request));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void readsABodyWhileItComes() throws Exception {
        var pieces = new LinkedBlockingQueue<String>();
        try (var server = EngineServer.builder()
                        .streaming("/", request -> {
                            try {
                                InputStream in = request.bodyStream();
                                for (int b = in.read(); b >= 0; b = in.read()) {
                                    pieces.add(String.valueOf((char) b));
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return EngineServer.text(Status.OK, "done");
                        })
                        .start();
                var client = new RawClient(server.address())) {
            client.send("POST /" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            for (String piece : "abc".split("")) {
                client.send("1\r\n" + piece + "\r\n");
                assertEquals(piece, pieces.take());
            }
            assertEquals("done", body(client.send("0\r\n\r\n").readResponse()));
            client.send("POST /" + HOST + "Content-Length: 2\r\n\r\nxyPOST /" + HOST + "Content-Length: 0\r\n\r\n");
            assertEquals("done", body(client.readResponse()));
            assertEquals("done", body(client.readResponse()), "what was pipelined behind the body");
        }
    }

    @Test
    void asksForTheBodyWhenItIsRead() throws IOException {
        try (var server = EngineServer.builder()
                        .streaming("/echo", StreamTest::echo)
                        .streaming("/no", request -> EngineServer.text(Status.FORBIDDEN, "no"))
                        .start();
                var client = new RawClient(server.address())) {
            String expecting = HOST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n";
            client.send("POST /echo" + expecting);
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            assertEquals("hello", body(client.send("hello").readResponse()));
            String refused = client.send("POST /no" + expecting).readToEnd();
            assertTrue(refused.startsWith("HTTP/1.1 403 ") && refused.contains("Connection: close"), refused);
        }
    }

    /** A part of a file "0123456789", with texts before and after. */
    private static StreamingBody spans(Path file) {
        return output -> {
            try (FileChannel channel = FileChannel.open(file)) {
                var direct = (FileOutput) output;
                output.write("before ".getBytes(StandardCharsets.US_ASCII));
                direct.write(channel, 2, 3);
                direct.write(channel, 0, 0);
                direct.write(channel, 9, 1);
                output.write(" after".getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    @Test
    void writesPartsOfAFileInItsFraming(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        try (var server = EngineServer.builder()
                .at("/chunks", request -> EngineServer.stream(spans(file)))
                .at("/length", request -> EngineServer.stream(17, spans(file)))
                .at("/short", request -> EngineServer.stream(16, spans(file)))
                .start()) {
            String chunks = RawClient.exchange(server.address(), "GET /chunks" + CLOSE);
            assertEquals("7\r\nbefore \r\n3\r\n234\r\n1\r\n9\r\n6\r\n after\r\n0\r\n\r\n", body(chunks));
            assertEquals("before 2349 after", body(RawClient.exchange(server.address(), "GET /length" + CLOSE)));
            assertEquals(
                    "before 2349 after", body(RawClient.exchange(server.address(), "GET /chunks HTTP/1.0\r\n\r\n")));
            assertEquals("before 2349", body(RawClient.exchange(server.address(), "GET /short" + CLOSE)));
        }
    }

    @Test
    void endsTheConnectionWhereAFileIsTooShort(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "0123");
        try (var server = EngineServer.builder()
                .at("/chunks", request -> EngineServer.stream(spans(file)))
                .at("/length", request -> EngineServer.stream(17, spans(file)))
                .start()) {
            assertEquals(
                    "7\r\nbefore \r\n3\r\n23",
                    body(RawClient.exchange(server.address(), "GET /chunks" + HOST + "\r\n")));
            assertEquals("before 23", body(RawClient.exchange(server.address(), "GET /length" + HOST + "\r\n")));
        }
    }

    @Test
    void passesOverWhatAHandlerDidNotRead() throws IOException {
        try (var server = EngineServer.builder()
                .streaming("/", request -> EngineServer.text(Status.OK, "ok"))
                .start()) {
            String unread = "POST /" + HOST + "Content-Length: 100000\r\n\r\n" + "x".repeat(100_000);
            String response = RawClient.exchange(server.address(), unread + "POST /" + CLOSE);
            assertEquals(2, response.split("HTTP/1.1 200", -1).length - 1, response);
        }
    }

    @Test
    void endsTheStreamOfAClientThatGoesAwayOrIsLate() throws Exception {
        var faults = new LinkedBlockingQueue<Exception>();
        Duration patience = Duration.ofSeconds(60);
        for (boolean leaves : new boolean[] {false, true}) {
            Duration bodyTimeout = leaves ? patience : Duration.ofMillis(50);
            try (var server = EngineServer.builder()
                            .http(new Http1Settings(
                                    1000, 1000, 10, 1000, 1000, patience, bodyTimeout, patience, patience, 0))
                            .streaming("/", request -> {
                                try {
                                    return echo(request);
                                } catch (RuntimeException e) {
                                    faults.add(e);
                                    throw e;
                                }
                            })
                            .start();
                    var client = new RawClient(server.address())) {
                client.send("POST /" + HOST + "Content-Length: 5\r\n\r\nhe");
                if (leaves) {
                    client.sendEnd();
                    assertTrue(faults.take().getMessage().contains("gone before the end"));
                } else {
                    assertTrue(faults.take().getMessage().contains("took too long"));
                    assertTrue(client.readToEnd().startsWith("HTTP/1.1 500 "), "the target doesn't map it to 408");
                }
            }
        }
    }

    @Test
    void doesNotWaitForEverForAByteNowAndThen() throws Exception {
        Duration soon = Duration.ofMillis(300);
        Duration patience = Duration.ofSeconds(60);
        var settings = new Http1Settings(1000, 1000, 10, 1000, 1000, patience, soon, patience, patience, 0);
        try (var server = EngineServer.builder()
                        .http(settings)
                        .streaming("/", StreamTest::echo)
                        .start();
                var client = new RawClient(server.address())) {
            client.send("POST /" + HOST + "Content-Length: 1000000\r\n\r\n");
            var answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.readHead();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (!answer.isDone()) { // the test's timeout ends this
                client.send("x");
                LockSupport.parkNanos(20_000_000);
            }
            assertTrue(answer.get().startsWith("HTTP/1.1 500 "), "the test's target doesn't map it to 408");
        }
    }

    @Test
    void writesABodyInChunksAsItIsMade() throws Exception {
        var gate = new Semaphore(0);
        try (var server = EngineServer.builder()
                        .at(
                                "/",
                                request -> EngineServer.stream(out -> {
                                    for (String piece : new String[] {"one", "two"}) {
                                        gate.acquireUninterruptibly();
                                        out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
                                        out.flush();
                                    }
                                }))
                        .start();
                var client = new RawClient(server.address())) {
            for (int round = 0; round < 2; round++) {
                client.send("GET /" + HOST + "\r\n");
                gate.release();
                String head = client.readHead();
                assertTrue(
                        head.contains("\r\nTransfer-Encoding: chunked\r\n") && !head.contains("Content-Length"), head);
                assertEquals("3\r\none\r\n", client.read(8));
                gate.release();
                assertEquals("3\r\ntwo\r\n0\r\n\r\n", client.read(13));
            }
        }
    }

    @Test
    void writesLargeBodiesInPieces() throws IOException {
        String line = "0123456789abcdef";
        try (var server = EngineServer.builder()
                .at("/chunked", request -> EngineServer.stream(out -> write(line, 100_000, out)))
                .at("/length", request -> EngineServer.stream(1_600_000, out -> write(line, 100_000, out)))
                .start()) {
            String length = RawClient.exchange(server.address(), "GET /length" + CLOSE);
            assertTrue(length.contains("\r\nContent-Length: 1600000\r\n"), length.substring(0, 200));
            assertEquals(line.repeat(100_000), body(length));
            String chunked = body(RawClient.exchange(server.address(), "GET /chunked" + CLOSE));
            assertEquals(
                    line.repeat(100_000),
                    chunked.replaceAll("\r\n2000\r\n|^2000\r\n|\r\n[0-9a-f]+\r\n", "")
                            .replace("\r\n", ""));
        }
    }

    private static void write(String line, int times, OutputStream out) throws IOException {
        for (int i = 0; i < times; i++) {
            out.write(line.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void sendsNoChunksToHttp10AndNoBodyToHead() throws IOException {
        try (var server = EngineServer.builder()
                .at("/", request -> EngineServer.stream(out -> out.write('x')))
                .at(
                        "/fails",
                        request -> EngineServer.stream(out -> {
                            throw new IllegalStateException("must not be called for HEAD");
                        }))
                .start()) {
            String old = RawClient.exchange(server.address(), "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertTrue(old.contains("\r\nConnection: close\r\n") && !old.contains("chunked"), old);
            assertEquals("x", body(old));
            String head = RawClient.exchange(server.address(), "HEAD /fails" + CLOSE);
            assertTrue(head.startsWith("HTTP/1.1 200 ") && head.contains("chunked") && head.endsWith("\r\n\r\n"), head);
        }
    }

    @Test
    void tellsTheClientWhenABodyFails() throws IOException {
        try (var server = EngineServer.builder()
                .at(
                        "/before",
                        request -> EngineServer.stream(out -> {
                            out.write('x');
                            throw new IllegalStateException("secret");
                        }))
                .at(
                        "/half-way",
                        request -> EngineServer.stream(out -> {
                            out.write('x');
                            out.flush();
                            throw new IllegalStateException("secret");
                        }))
                .at(
                        "/short",
                        request -> EngineServer.stream(5, out -> {
                            out.write('x');
                            out.flush();
                        }))
                .at(
                        "/long",
                        request -> EngineServer.stream(1, out -> {
                            out.write('x');
                            out.flush();
                            out.write('y');
                        }))
                .start()) {
            String before = RawClient.exchange(server.address(), "GET /before" + HOST + "\r\n");
            assertTrue(before.startsWith("HTTP/1.1 500 ") && !before.contains("secret"), before);
            String halfWay = RawClient.exchange(server.address(), "GET /half-way" + HOST + "\r\n");
            assertTrue(halfWay.endsWith("1\r\nx\r\n"), "no last chunk: " + halfWay);
            assertEquals("x", body(RawClient.exchange(server.address(), "GET /short" + HOST + "\r\n")));
            assertEquals("x", body(RawClient.exchange(server.address(), "GET /long" + HOST + "\r\n")));
        }
    }

    @Test
    void holdsTheWriterOfAClientThatDoesNotReadAndEndsItWhenTheClientGoes() throws Exception {
        var written = new AtomicLong();
        var ended = new CompletableFuture<IOException>();
        try (var server = EngineServer.builder()
                        .at(
                                "/",
                                request -> EngineServer.stream(out -> {
                                    byte[] piece = new byte[64 * 1024];
                                    try {
                                        while (true) {
                                            out.write(piece);
                                            written.addAndGet(piece.length);
                                        }
                                    } catch (IOException gone) {
                                        ended.complete(gone);
                                        throw gone;
                                    }
                                }))
                        .at("/hello", request -> EngineServer.text(Status.OK, "hello"))
                        .start();
                var client = new RawClient(server.address())) {
            client.send("GET /" + HOST + "\r\n").readHead();
            long last = -1;
            while (written.get() != last) { // until it hasn't changed during some exchanges of others
                last = written.get();
                for (int i = 0; i < 50; i++) {
                    RawClient.exchange(server.address(), "GET /hello" + CLOSE);
                }
            }
            assertTrue(last < 64 * 1024 * 1024, last + " bytes were taken for a client that reads none");
            client.socket().close();
            assertFalse(ended.get().getMessage().isEmpty());
        }
    }

    @Test
    @NotOverTls
    void holdsTheClientOfAHandlerThatDoesNotRead() throws Exception {
        var gate = new CountDownLatch(1);
        var sent = new AtomicLong();
        try (var server = EngineServer.builder()
                        .streaming("/", request -> {
                            try {
                                gate.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return EngineServer.text(
                                    Status.OK, String.valueOf(readText(request).length()));
                        })
                        .at("/hello", request -> EngineServer.text(Status.OK, "hello"))
                        .start();
                var client = new RawClient(server.address())) {
            client.send("POST /" + HOST + "Content-Length: 50000000\r\n\r\n");
            String piece = "x".repeat(100_000);
            var sender = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 500; i++) {
                        client.send(piece);
                        sent.addAndGet(piece.length());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            long last = -1;
            while (sent.get() != last) {
                last = sent.get();
                for (int i = 0; i < 50; i++) {
                    RawClient.exchange(server.address(), "GET /hello" + CLOSE);
                }
            }
            assertTrue(last < 40_000_000, last + " bytes were taken for a handler that reads none");
            gate.countDown();
            assertEquals("50000000", body(client.readResponse()));
            sender.get();
        }
    }

    @Test
    void goesOnAfterAPendingResponseWithWhatWasPipelined() throws Exception {
        var later = new AtomicReference<CompletableFuture<Response<Payload>>>();
        var asked = new Semaphore(0);
        try (var server = EngineServer.builder()
                        .at("/later", request -> {
                            later.set(new CompletableFuture<>());
                            asked.release();
                            return EngineServer.pending(later.get());
                        })
                        .at(
                                "/there",
                                request -> EngineServer.pending(
                                        CompletableFuture.completedFuture(EngineServer.text(Status.OK, "there"))))
                        .at(
                                "/stream",
                                request -> EngineServer.pending(CompletableFuture.completedFuture(
                                        EngineServer.stream(6, out -> write("stream", 1, out)))))
                        .start();
                var client = new RawClient(server.address())) {
            client.send("GET /later" + HOST + "\r\nGET /there" + HOST + "\r\n");
            asked.acquire();
            client.send("GET /stream" + HOST + "\r\nGET /th");
            later.get().complete(EngineServer.text(Status.OK, "later"));
            assertEquals("later", body(client.readResponse()));
            assertEquals("there", body(client.readResponse()));
            assertEquals("stream", body(client.readResponse()));
            assertEquals("there", body(client.send("ere" + HOST + "\r\n").readResponse()));
        }
    }

    @Test
    void cancelsAPendingResponseWhenTheClientGoesOrItTakesTooLong() throws Exception {
        var asked = new LinkedBlockingQueue<CompletableFuture<Response<Payload>>>();
        Duration patience = Duration.ofSeconds(60);
        var hurried =
                new Http1Settings(1000, 1000, 10, 1000, 1000, patience, patience, patience, Duration.ofMillis(50), 0);
        for (boolean patient : new boolean[] {true, false}) {
            try (var server = EngineServer.builder()
                            .http(patient ? Http1Settings.DEFAULTS : hurried)
                            .at("/", request -> {
                                var later = new CompletableFuture<Response<Payload>>();
                                asked.add(later);
                                return EngineServer.pending(later);
                            })
                            .start();
                    var client = new RawClient(server.address())) {
                client.send("GET /" + HOST + "\r\n");
                if (patient) {
                    client.socket().setSoLinger(true, 0);
                    client.socket().close();
                } else {
                    assertTrue(client.readResponse().startsWith("HTTP/1.1 503 "));
                }
                CompletableFuture<Response<Payload>> pending = asked.take();
                assertThrows(CancellationException.class, pending::get);
            }
        }
    }

    @Test
    void answersAPendingResponseThatFailsWith500() throws IOException {
        try (var server = EngineServer.builder()
                .at(
                        "/",
                        request -> EngineServer.pending(
                                CompletableFuture.failedFuture(new IllegalStateException("secret"))))
                .start()) {
            String response = RawClient.exchange(server.address(), "GET /" + CLOSE);
            assertTrue(response.startsWith("HTTP/1.1 500 ") && !response.contains("secret"), response);
        }
    }

    @Test
    void answersAlsoWhereAnInterruptKeepsAHandlerFromReading() throws Exception {
        try (var server = EngineServer.builder()
                        .streaming("/", request -> {
                            Thread.currentThread().interrupt();
                            try {
                                return EngineServer.text(
                                        Status.OK, "" + request.bodyStream().read());
                            } catch (IOException e) {
                                return EngineServer.text(Status.OK, "interrupted");
                            }
                        })
                        .start();
                var client = new RawClient(server.address())) {
            client.send("POST /" + HOST + "Content-Length: 5\r\n\r\n");
            assertTrue(client.readResponse().endsWith("interrupted"));
            client.send("hello" + "POST /" + HOST + "Content-Length: 0\r\n\r\n");
            assertTrue(client.readResponse().startsWith("HTTP/1.1 200 "), "the connection goes on");
        }
    }
}
