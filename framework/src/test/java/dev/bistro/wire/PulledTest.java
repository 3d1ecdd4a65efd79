package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PulledBody;
import dev.bistro.http.spi.PulledPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are pulled as the client takes them: {@link PulledPayload}. */
@Timeout(120)
class PulledTest {
    private static final String GET = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CLOSE = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String GZIP = " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain");
    private static final byte[] END = {};

    /** A body of so many pieces, which counts how often it is closed. */
    private static class Pieces implements PulledBody {
        private final int count;
        private final byte[] piece;
        private final Semaphore closed = new Semaphore(0);
        private final AtomicInteger given = new AtomicInteger();

        Pieces(int count, String piece) {
            this.count = count;
            this.piece = piece.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public byte[] next() throws IOException {
            return given.getAndIncrement() < count ? piece : END;
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void close() throws IOException {
            closed.release();
        }

        void awaitClosed() throws InterruptedException {
            assertTrue(closed.tryAcquire(20, TimeUnit.SECONDS), "it is closed");
        }

        void assertClosedOnce() {
            assertEquals(0, closed.availablePermits(), "it was closed again");
        }
    }

    private static Response<Payload> pulled(PulledBody body) {
        return Response.of(Status.OK, TEXT, new PulledPayload(body, OptionalLong.empty()));
    }

    private static Response<Payload> pulled(PulledBody body, long length) {
        return Response.of(Status.OK, TEXT, new PulledPayload(body, OptionalLong.of(length)));
    }

    private static EngineServer.Builder serving(PulledBody body) {
        return EngineServer.builder()
                .at("/", request -> pulled(body))
                .at("/next", request -> EngineServer.text(Status.OK, "next"));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    /** The ways in which a body can end. */
    private enum End {
        COMPLETE,
        HEAD,
        NOT_MODIFIED,
        FAILS_AT_ONCE,
        FAILS_HALF_WAY,
        CLIENT_GONE_WHILE_IT_IS_MADE,
        CLIENT_GONE_WHILE_IT_WAITS_FOR_IT,
        STOP_WHILE_IT_WAITS_FOR_IT
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void isClosedOnceHoweverItEnds(End end) throws Exception {
        for (boolean coded : new boolean[] {false, true}) {
            isClosedOnce(end, coded);
        }
    }

    private static void isClosedOnce(End end, boolean coded) throws Exception {
        var begun = new Semaphore(0);
        var gate = new Semaphore(0);
        int count = end.name().endsWith("WAITS_FOR_IT") ? Integer.MAX_VALUE : 3;
        var body = new Pieces(count, "x".repeat(50_000)) {
            @Override
            public byte[] next() throws IOException {
                byte[] piece = super.next();
                begun.release();
                if (end == End.CLIENT_GONE_WHILE_IT_IS_MADE) {
                    gate.acquireUninterruptibly();
                }
                if (end == End.FAILS_AT_ONCE || end == End.FAILS_HALF_WAY && piece.length == 0) {
                    throw new IOException("This body fails");
                }
                return piece;
            }
        };
        var builder = end == End.NOT_MODIFIED
                ? EngineServer.builder().at("/", request -> pulled(body).withStatus(Status.NOT_MODIFIED))
                : serving(body);
        try (var server = (coded ? builder.coded(0) : builder).start();
                var client = new RawClient(server.address())) {
            client.socket().setReceiveBufferSize(64 * 1024);
            String rest = coded ? GZIP : CLOSE;
            client.send((end == End.HEAD ? "HEAD /" : "GET /") + rest);
            switch (end) {
                case COMPLETE -> assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 "));
                case HEAD, NOT_MODIFIED -> assertEquals("", body(client.readToEnd()));
                case FAILS_AT_ONCE -> assertTrue(client.readToEnd().startsWith("HTTP/1.1 500 "));
                case FAILS_HALF_WAY -> assertFalse(client.readToEnd().endsWith("0\r\n\r\n"), "the client can tell");
                case CLIENT_GONE_WHILE_IT_IS_MADE -> {
                    begun.acquire();
                    client.socket().close();
                    awaitNoConnection(server);
                    body.assertClosedOnce();
                    gate.release(3);
                }
                case CLIENT_GONE_WHILE_IT_WAITS_FOR_IT -> {
                    client.readHead();
                    client.socket().close();
                }
                case STOP_WHILE_IT_WAITS_FOR_IT -> {
                    client.readHead();
                    server.net().stop(Duration.ZERO);
                }
            }
            body.awaitClosed();
            server.net().stop(Duration.ofSeconds(10));
            body.assertClosedOnce();
        }
    }

    private static void awaitNoConnection(EngineServer server) {
        Await.until(() -> server.net().statistics().open() == 0);
    }

    @Test
    void goesOutInItsFraming() throws IOException {
        try (var server = EngineServer.builder()
                .at("/chunks", request -> pulled(new Pieces(2, "abc")))
                .at("/length", request -> pulled(new Pieces(2, "abc"), 6))
                .at("/empty", request -> pulled(new Pieces(0, "")))
                .at("/more", request -> pulled(new Pieces(3, "abc"), 7))
                .at("/less", request -> pulled(new Pieces(2, "abc"), 7))
                .start()) {
            assertEquals(
                    "3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n",
                    body(RawClient.exchange(server.address(), "GET /chunks" + CLOSE)));
            assertEquals("abcabc", body(RawClient.exchange(server.address(), "GET /length" + CLOSE)));
            assertEquals("abcabc", body(RawClient.exchange(server.address(), "GET /chunks HTTP/1.0\r\n\r\n")));
            assertEquals("0\r\n\r\n", body(RawClient.exchange(server.address(), "GET /empty" + CLOSE)));
            assertEquals("abcabc", body(RawClient.exchange(server.address(), "GET /more" + GET)), "and closed");
            assertEquals("abcabc", body(RawClient.exchange(server.address(), "GET /less" + GET)), "and closed");
        }
    }

    @Test
    void keepsTheConnectionAlsoWhereThereIsNoBodyToSend() throws IOException {
        try (var server = EngineServer.builder()
                        .at("/", request -> pulled(new Pieces(2, "abc")))
                        .at("/204", request -> pulled(new Pieces(2, "abc")).withStatus(Status.NO_CONTENT))
                        .at("/304", request -> pulled(new Pieces(2, "abc")).withStatus(Status.NOT_MODIFIED))
                        .at(
                                "/304s",
                                request -> EngineServer.stream(out -> out.write('x'))
                                        .withStatus(Status.NOT_MODIFIED))
                        .at("/next", request -> EngineServer.text(Status.OK, "next"))
                        .start();
                var client = new RawClient(server.address())) {
            for (String path : new String[] {"/204", "/304", "/304s"}) {
                String head = client.send("GET " + path + GET).readHead();
                assertTrue(head.startsWith("HTTP/1.1 " + path.substring(1, 4)), head);
                assertFalse(head.contains("Connection: close") || head.contains("chunked"), head);
                assertTrue(client.send("GET /next" + GET).readResponse().endsWith("next"));
            }
            client.send("GET /" + GET + "GET /next" + GET).readHead();
            assertEquals("3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n", client.read(21));
            assertTrue(client.readResponse().endsWith("next"), "what was pipelined behind it");
        }
    }

    /** Parts of a file, which the system sends, with texts between them. */
    private static class Spans implements PulledBody {
        private final FileChannel file;
        private final List<Object> parts = new ArrayList<>();

        Spans(Path path, Object... parts) {
            try {
                file = FileChannel.open(path);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            for (Object part : parts) {
                this.parts.add(part);
            }
        }

        @Override
        public byte[] next() {
            return parts.isEmpty() ? END : ((String) parts.remove(0)).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public Optional<FilePart> nextInFile() {
            if (parts.isEmpty() || parts.get(0) instanceof String) {
                return Optional.empty();
            }
            long[] part = (long[]) parts.remove(0);
            return Optional.of(new FilePart(file, part[0], part[1]));
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static Spans spans(Path path) {
        return new Spans(path, "before ", new long[] {2, 3}, new long[] {0, 0}, new long[] {9, 1}, " after");
    }

    @Test
    void sendsPartsOfAFileInItsFraming(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        Path cut = Files.writeString(folder.resolve("cut"), "0123");
        try (var server = EngineServer.builder()
                .at("/chunks", request -> pulled(spans(file)))
                .at("/length", request -> pulled(spans(file), 17))
                .at("/cut", request -> pulled(spans(cut), 17))
                .start()) {
            assertEquals(
                    "7\r\nbefore \r\n3\r\n234\r\n1\r\n9\r\n6\r\n after\r\n0\r\n\r\n",
                    body(RawClient.exchange(server.address(), "GET /chunks" + CLOSE)));
            assertEquals("before 2349 after", body(RawClient.exchange(server.address(), "GET /length" + CLOSE)));
            assertEquals(
                    "before 2349 after", body(RawClient.exchange(server.address(), "GET /chunks HTTP/1.0\r\n\r\n")));
            assertEquals("before 23", body(RawClient.exchange(server.address(), "GET /cut" + CLOSE)), "and closed");
        }
    }

    /** A part of a file that is mapped as a whole. */
    private static Spans mapped(Path path, long position, long count) {
        try (var channel = FileChannel.open(path)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new Spans(path, new long[] {position, count}) {
                @Override
                public Optional<FilePart> nextInFile() {
                    return super.nextInFile()
                            .map(part -> new FilePart(part.file(), part.position(), part.count(), mapped));
                }
            };
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void sendsPartsOfAMappedFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        try (var server = EngineServer.builder()
                .at("/whole", request -> pulled(mapped(file, 0, 10), 10))
                .at("/part", request -> pulled(mapped(file, 3, 4), 4))
                .at("/chunks", request -> pulled(mapped(file, 9, 1)))
                .start()) {
            assertEquals("0123456789", body(RawClient.exchange(server.address(), "GET /whole" + CLOSE)));
            assertEquals("3456", body(RawClient.exchange(server.address(), "GET /part" + CLOSE)));
            assertEquals("1\r\n9\r\n0\r\n\r\n", body(RawClient.exchange(server.address(), "GET /chunks" + CLOSE)));
        }
    }

    /** Beyond a file's end a mapping has zeros up to the end of a page, and then nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 8_191_000, 19_999_999})
    void closesTheConnectionIfAMappedFileBecomesShorter(int left, @TempDir Path folder) throws IOException {
        var content = new byte[20_000_000];
        Arrays.fill(content, (byte) 'x');
        Path file = Files.write(folder.resolve("file"), content);
        try (var server = EngineServer.builder()
                        .at("/", request -> pulled(mapped(file, 0, content.length), content.length))
                        .at("/other", request -> EngineServer.text(Status.OK, "still here"))
                        .start();
                var client = new RawClient(server.address())) {
            client.socket().setReceiveBufferSize(64 * 1024);
            client.send("GET /" + GET).readHead();
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(left);
            }
            String received = client.readToEnd();
            assertTrue(received.length() < content.length, "all of it came");
            int pageEnd = (left + 4_095) / 4_096 * 4_096;
            String ofFile = received.replace("x", "");
            assertTrue(ofFile.length() <= pageEnd - left && ofFile.chars().allMatch(c -> c == 0), "no zeros of a page");
            assertEquals("still here", body(RawClient.exchange(server.address(), "GET /other" + CLOSE)));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void sendsALargeFileToASlowClientAndToAQuickOne(boolean slow, boolean isMapped, @TempDir Path folder)
            throws IOException {
        var content = new byte[5_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 1000);
        }
        Path file = Files.write(folder.resolve("file"), content);
        try (var server = EngineServer.builder()
                        .at(
                                "/",
                                request -> pulled(
                                        isMapped
                                                ? mapped(file, 0, content.length)
                                                : new Spans(file, new long[] {0, content.length}),
                                        content.length))
                        .start();
                var client = new RawClient(server.address())) {
            if (slow) {
                client.socket().setReceiveBufferSize(64 * 1024);
            }
            client.send("GET /" + GET).readHead();
            String received = client.read(content.length);
            assertEquals(new String(content, StandardCharsets.ISO_8859_1), received);
        }
    }

    @Test
    void isCompressedAsItIsPulled() throws Exception {
        try (var server = EngineServer.builder()
                .at("/", request -> pulled(new Pieces(100, "0123456789".repeat(1_000))))
                .coded(0)
                .start()) {
            String response = RawClient.exchange(server.address(), "GET / HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n");
            byte[] encoded = body(response).getBytes(StandardCharsets.ISO_8859_1);
            try (var plain = new GZIPInputStream(new ByteArrayInputStream(encoded))) {
                assertEquals(
                        "0123456789".repeat(100_000), new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void holdsUpNobodyWhileItIsMadeOrClosed() throws Exception {
        var gate = new Semaphore(0);
        var inNext = new Semaphore(0);
        var body = new Pieces(1, "abc") {
            @Override
            public byte[] next() throws IOException {
                inNext.release();
                gate.acquireUninterruptibly();
                return super.next();
            }

            @Override
            public void close() throws IOException {
                inNext.release();
                gate.acquireUninterruptibly();
                super.close();
            }
        };
        try (var server = serving(body).start();
                var client = new RawClient(server.address());
                var other = new RawClient(server.address())) {
            client.send("GET /" + GET);
            for (int i = 0; i < 3; i++) {
                inNext.acquire();
                assertTrue(other.send("GET /next" + GET).readResponse().endsWith("next"));
                gate.release();
            }
            client.readHead();
            assertEquals("3\r\nabc\r\n0\r\n\r\n", client.read(13));
            body.awaitClosed();
        } finally {
            gate.release(10);
        }
    }

    @Test
    @NotOverTls
    void aHundredSlowDownloadsHoldNoThread() throws Exception {
        int count = 100;
        try (var server = EngineServer.builder()
                        .at("/", request -> pulled(new Pieces(Integer.MAX_VALUE, "x".repeat(60_000))))
                        .at(
                                "/next",
                                dev.bistro.http.spi.Execution.BLOCKING,
                                request -> EngineServer.text(Status.OK, "next"))
                        .start();
                var clients = new Clients<RawClient>()) {
            for (int i = 0; i < count; i++) {
                clients.add(new RawClient(server.address())).send("GET /" + GET).readHead();
            }
            assertTrue(RawClient.exchange(server.address(), "GET /next" + CLOSE).endsWith("next"));
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("bistro-blocking"))
                    .count();
            assertTrue(threads < 50, threads + " threads for " + count + " clients that take nothing");
        }
    }

    @Test
    void comesAlsoWhereItIsWaitedFor() throws Exception {
        var later = new CompletableFuture<Response<Payload>>();
        try (var server = EngineServer.builder()
                        .at("/", request -> EngineServer.pending(later))
                        .start();
                var client = new RawClient(server.address())) {
            client.send("GET /" + GET);
            later.complete(pulled(new Pieces(2, "abc"), 6));
            assertTrue(client.readResponse().endsWith("abcabc"));
        }
    }
}
