package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.body.FileUpload;
import dev.bistro.body.Form;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that break their uploads off: a client's fault, with one line in the log for whoever looks for it. */
@Timeout(60)
class BrokenUploadsTest {
    @TempDir
    static Path store;

    /** All that is logged while a case runs. */
    private static CapturedLog log;

    private static volatile CountDownLatch filterWaits = new CountDownLatch(0);
    private static volatile CountDownLatch filterIsThere = new CountDownLatch(0);

    record Order(String item) {}

    @Filter("/filtered/{path*}")
    static final class Waiting {
        Response<?> filter(Request request, Chain chain) throws InterruptedException {
            filterIsThere.countDown();
            assertTrue(filterWaits.await(20, TimeUnit.SECONDS));
            return chain.proceed();
        }
    }

    @Filter("/reading/{path*}")
    static final class Reading {
        Response<?> filter(Request request, Chain chain) {
            request.body();
            return chain.proceed();
        }
    }

    @Route("/")
    static final class Uploads {
        @Post("/stream")
        long stream(InputStream body) throws IOException {
            return body.transferTo(OutputStream.nullOutputStream());
        }

        @Post("/wrapped")
        long wrapped(InputStream body) {
            try {
                return body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new IllegalStateException("can't read", e);
            }
        }

        @Post("/hidden")
        long hidden(InputStream body) {
            try {
                return body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new IllegalStateException("can't read");
            }
        }

        @Post("/later")
        CompletionStage<Long> later(InputStream body) {
            try {
                return CompletableFuture.completedFuture(body.transferTo(OutputStream.nullOutputStream()));
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Post("/copy")
        long copy(InputStream body) throws IOException {
            return Files.copy(body, Files.createTempDirectory(store, "copy").resolve("file"));
        }

        @Post("/file")
        void file(FileUpload file) throws IOException {
            file.moveTo(store.resolve("file"));
        }

        @Post("/form")
        String form(Form form) {
            return form.fields().toString();
        }

        @Post("/field")
        String field(@FormParam String a) {
            return a;
        }

        @Post("/bytes")
        int bytes(@Body byte[] body) {
            return body.length;
        }

        @Post("/json")
        String json(Order order) {
            return order.item();
        }

        @Post("/filtered/stream")
        long filtered(InputStream body) throws IOException {
            return stream(body);
        }

        @Post("/filtered/file")
        String filteredFile(FileUpload file) {
            return "" + file.size();
        }

        @Post("/reading/stream")
        long reading(InputStream body) throws IOException {
            return stream(body);
        }
    }

    private static Server start() {
        return Bistro.app(BrokenUploadsTest.class)
                .classes(Uploads.class, Waiting.class, Reading.class)
                .port(0)
                .set("server.upload-directory", store.toString())
                .start();
    }

    @BeforeAll
    static void listen() {
        log = CapturedLog.of("dev.bistro", Level.WARN);
    }

    @AfterAll
    static void stopListening() {
        log.close();
    }

    private enum End {
        /** The client closes its connection in good order. */
        CLOSED {
            @Override
            void of(RawClient client) throws IOException {
                client.close();
            }
        },
        /** The connection is gone at once. */
        RESET {
            @Override
            void of(RawClient client) throws IOException {
                client.socket().setSoLinger(true, 0);
                client.close();
            }
        },
        /** The client says that it has nothing more to send, and still reads. */
        HALF_CLOSED {
            @Override
            void of(RawClient client) throws IOException {
                client.sendEnd();
            }
        };

        abstract void of(RawClient client) throws IOException;
    }

    private static final String PART =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf a fi";
    private static final Map<String, String[]> BODIES = Map.ofEntries(
            Map.entry("/stream", new String[] {"application/octet-stream", "half"}),
            Map.entry("/wrapped", new String[] {"application/octet-stream", "half"}),
            Map.entry("/hidden", new String[] {"application/octet-stream", "half"}),
            Map.entry("/later", new String[] {"application/octet-stream", "half"}),
            Map.entry("/copy", new String[] {"application/octet-stream", "half"}),
            Map.entry("/file", new String[] {"multipart/form-data; boundary=b", PART}),
            Map.entry("/form", new String[] {"multipart/form-data; boundary=b", PART}),
            Map.entry("/field", new String[] {"application/x-www-form-urlencoded", "a=1"}),
            Map.entry("/bytes", new String[] {"application/octet-stream", "half"}),
            Map.entry("/json", new String[] {"application/json", "{\"item\":"}),
            Map.entry("/filtered/stream", new String[] {"application/octet-stream", "half"}),
            Map.entry("/filtered/file", new String[] {"multipart/form-data; boundary=b", PART}),
            Map.entry("/reading/stream", new String[] {"application/octet-stream", "half"}));

    @TestFactory
    Stream<DynamicTest> anUploadThatIsBrokenOffIsOneLineForWhoLooksForIt() {
        return BODIES.keySet().stream()
                .sorted()
                .flatMap(path -> Stream.of(false, true)
                        .flatMap(chunked -> Stream.of(false, true)
                                .flatMap(gzip -> Stream.of(End.values())
                                        .filter(end -> !gzip || path.equals("/stream") || path.equals("/wrapped"))
                                        .map(end -> DynamicTest.dynamicTest(
                                                path + (chunked ? " chunked" : "") + (gzip ? " gzip " : " ") + end,
                                                () -> check(path, chunked, gzip, end))))));
    }

    private static void check(String path, boolean chunked, boolean gzip, End end) throws Exception {
        boolean waits = path.startsWith("/filtered");
        filterWaits = new CountDownLatch(waits ? 1 : 0);
        filterIsThere = new CountDownLatch(waits ? 1 : 0);
        try (Server server = start()) { // whose end is that of all that it does
            log.setLevel(Level.DEBUG);
            log.take("");
            try (RawClient client = client(server)) {
                client.send(head(path, chunked, gzip) + body(path, gzip));
                assertTrue(filterIsThere.await(20, TimeUnit.SECONDS));
                end.of(client);
                filterWaits.countDown();
                if (end == End.HALF_CLOSED) {
                    String answer = client.readToEnd();
                    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
                }
            }
        }
        log.setLevel(Level.WARN);
        var told = log.events().stream()
                .filter(event -> event.getLevel() != Level.INFO
                        && !List.of("No longer accepting", "[{}] is request {}").contains(event.getMessage()))
                .toList();
        assertEquals(
                List.of(),
                told.stream()
                        .filter(event -> event.getLevel() != Level.DEBUG || event.getThrowableProxy() != null)
                        .map(Object::toString)
                        .toList());
        assertTrue(told.size() <= 1, told::toString);
        try (Stream<Path> left = Files.list(store)) {
            assertEquals(
                    0,
                    left.filter(file -> file.toString().contains("bistro-upload"))
                            .count());
        }
    }

    private static String head(String path, boolean chunked, boolean gzip) {
        int length = body(path, gzip).length() + 9;
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + BODIES.get(path)[0] + "\r\n"
                + (gzip ? "Content-Encoding: gzip\r\n" : "")
                + (chunked
                        ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n"
                        : "Content-Length: " + length + "\r\n\r\n");
    }

    private static String body(String path, boolean gzip) {
        return gzip ? "\u001f\u008b\b\0\0" : BODIES.get(path)[1];
    }

    private static RawClient client(Server server) throws IOException {
        return new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }
}
