package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.http.Chain;
import dev.bistro.http.Headers;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JSON that is written where it is sent from, before its head is: each answer is byte for byte that of a handler on a
 * thread of its own, whose body is an array of its own, whatever its size, and whatever goes wrong while it is written.
 */
@Timeout(60)
class PlacedAnswersTest {
    /** Texts around these lengths fill the output, or what is kept free in it, with or without a head. */
    private static final List<Integer> EDGES = List.of(64, 1_024, 16_384, 32_768, 52_428, 65_536, 131_072);

    /** How a request goes on behind its target; the size is in the place of a hash. */
    private static final List<String> PATHS = List.of(
            "whole/list/#",
            "whole/created/#",
            "whole/long/#",
            "whole/longer/#",
            "whole/mixed/#",
            "whole/bad/#",
            "whole/refused/#",
            "whole/none/#",
            "whole/same/#",
            "pending/list/#",
            "pending/refused/#",
            "tagged/#",
            "filtered/#");

    private static Server server;
    private static Server overTls;
    private static SSLContext clients;

    /** Unknown to generated code. */
    record Good(int number) {}

    record Bad(int number) {
        @Override
        public int number() {
            throw new IllegalStateException("no number");
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int size;

        Refused(int size) {
            this.size = size;
        }
    }

    static final class Faults {
        @ExceptionHandler
        Response<List<String>> refused(Refused fault) {
            return Response.of(Status.CONFLICT, Headers.empty(), List.of("refused", "x".repeat(fault.size)));
        }
    }

    @Filter({"/here/filtered/{path*}", "/away/filtered/{path*}"})
    static final class Unchanging {
        Response<?> pass(Chain chain) {
            return chain.proceed();
        }
    }

    private static List<String> text(int size) {
        return List.of("x".repeat(size));
    }

    private static Response<Object> answer(String kind, int size) {
        return switch (kind) {
            case "list" -> Response.ok(text(size));
            case "created" -> Response.created("/list/" + size, text(size));
            case "long" -> Response.<Object>ok(text(size)).withHeader("X-Long", "y".repeat(900));
            case "longer" -> Response.<Object>ok(text(size)).withHeader("X-Long", "y".repeat(40_000));
            case "mixed" -> Response.ok(List.of("x".repeat(size), new Good(7)));
            case "bad" -> Response.ok(List.of("x".repeat(size), new Bad(7)));
            case "none" -> Response.of(Status.NO_CONTENT, Headers.empty(), text(size));
            case "same" -> Response.of(Status.NOT_MODIFIED, Headers.empty(), text(size));
            default -> throw new Refused(size);
        };
    }

    private static CompletionStage<Response<Object>> later(String kind, int size) {
        return kind.equals("list")
                ? CompletableFuture.completedFuture(answer(kind, size))
                : CompletableFuture.failedFuture(new Refused(size));
    }

    @Route("/here")
    static final class Here {
        @Get("/whole/{kind}/{size}")
        Response<Object> whole(String kind, int size) {
            return answer(kind, size);
        }

        @Get("/pending/{kind}/{size}")
        CompletionStage<Response<Object>> pending(String kind, int size) {
            return later(kind, size);
        }

        @ETag
        @Get("/tagged/{size}")
        List<String> tagged(int size) {
            return text(size);
        }

        @Get("/filtered/{size}")
        List<String> filtered(int size) {
            return text(size);
        }
    }

    @Blocking
    @Route("/away")
    static final class Away {
        @Get("/whole/{kind}/{size}")
        Response<Object> whole(String kind, int size) {
            return answer(kind, size);
        }

        @Get("/pending/{kind}/{size}")
        CompletionStage<Response<Object>> pending(String kind, int size) {
            return later(kind, size);
        }

        @ETag
        @Get("/tagged/{size}")
        List<String> tagged(int size) {
            return text(size);
        }

        @Get("/filtered/{size}")
        List<String> filtered(int size) {
            return text(size);
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestAuthority root = TestAuthority.create(folder);
        TestCertificate certificate = root.server("localhost");
        clients = certificate.context(root);
        server = Bistro.app(PlacedAnswersTest.class)
                .classes(Here.class, Away.class, Faults.class, Unchanging.class)
                .set("server.host", "127.0.0.1")
                .port(0)
                .start();
        overTls = Bistro.app(PlacedAnswersTest.class)
                .classes(Here.class, Away.class, Faults.class, Unchanging.class)
                .set("server.host", "127.0.0.1")
                .set("server.tls.certificate", certificate.file().toString())
                .set("server.tls.key", certificate.key().toString())
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        overTls.close();
    }

    private static RawClient plain() throws IOException {
        return new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static RawClient tls() throws IOException {
        var socket = (SSLSocket) clients.getSocketFactory()
                .createSocket(new Socket("127.0.0.1", overTls.port()), "localhost", overTls.port(), true);
        return new RawClient(socket);
    }

    /** Sizes of texts at each edge, and a few bytes before it, less what a head takes or less nothing. */
    private static List<Integer> sizes() {
        var sizes = new ArrayList<>(List.of(0, 1));
        for (int edge : EDGES) {
            for (int before : List.of(0, 4, 130, 192)) {
                IntStream.rangeClosed(edge - before - 3, edge - before + 2)
                        .filter(size -> size > 0)
                        .forEach(sizes::add);
            }
        }
        return sizes;
    }

    private static String request(String method, String where, String path, int size, String more) {
        return method + " /" + where + "/" + path.replace("#", Integer.toString(size)) + more;
    }

    /** A response without what differs from one request to the next. */
    private static String read(RawClient client, String method) throws IOException {
        String head = client.readHead();
        boolean isWithoutBody = method.equals("HEAD") || head.contains(" 204 ") || head.contains(" 304 ");
        int length = isWithoutBody ? 0 : length(head);
        String body = client.read(length);
        return (head + body)
                .replaceAll("(?m)^(Date|X-Request-Id): [^\r]*\r\n", "")
                .replaceAll("/(here|away)/", "/")
                .replaceAll("\"requestId\":\"[^\"]*\"", "")
                .replaceAll("(HTTP/1.1 500 (?s:.*)Content-Length: )\\d+", "$1"); // as long as the id is
    }

    private static int length(String head) {
        int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
        return Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
    }

    private static void assertSame(RawClient client, String method, String path, int size, String more)
            throws IOException {
        client.send(request(method, "here", path, size, more));
        String here = read(client, method);
        client.send(request(method, "away", path, size, more));
        assertEquals(read(client, method), here, () -> method + " " + path + " of " + size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void answersOfAllKindsAreThoseOfArrays(String method) throws IOException {
        try (RawClient client = plain()) {
            for (String path : PATHS) {
                for (int size : List.of(1, 1_020, 16_190, 16_384, 33_000, 66_000, 0)) {
                    assertSame(client, method, path, size, " HTTP/1.1\r\nHost: a\r\n\r\n");
                }
            }
        }
    }

    @Test
    void bodiesOfAllSizesComeAsTheyAre() throws IOException {
        try (RawClient client = plain()) {
            for (int size : sizes()) {
                client.send(request("GET", "here", "whole/list/#", size, " HTTP/1.1\r\nHost: a\r\n\r\n"));
                assertTrue(read(client, "GET").endsWith("\r\n\r\n[\"" + "x".repeat(size) + "\"]"), "of " + size);
            }
        }
    }

    @Test
    void answersAreTheSameOverTls() throws IOException {
        try (RawClient client = tls()) {
            for (String path : PATHS) {
                for (int size : List.of(1, 16_384, 66_000)) {
                    assertSame(client, "GET", path, size, " HTTP/1.1\r\nHost: a\r\n\r\n");
                }
            }
        }
    }

    @Test
    void answersAreTheSameForClientsOfHttp10() throws IOException {
        try (RawClient client = plain()) {
            for (String path : PATHS) {
                assertSame(client, "GET", path, 500, " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            }
        }
        try (RawClient client = plain()) {
            client.send(request("GET", "here", "whole/list/#", 3, " HTTP/1.0\r\n\r\n"));
            assertTrue(client.readToEnd().endsWith("\r\n\r\n[\"xxx\"]"));
        }
    }

    /** Several answers are in the output at once: with bodies, without, refused and half written. */
    @ParameterizedTest
    @ValueSource(ints = {1, 700, 5_000, 30_000})
    void pipelinedAnswersComeInTheirOrder(int largest) throws IOException {
        var requests = new StringBuilder();
        var sizes = IntStream.range(0, 6).map(i -> i * largest / 5).toArray();
        for (int size : sizes) {
            for (String path : PATHS) {
                requests.append(request("GET", "here", path, size, " HTTP/1.1\r\nHost: a\r\n\r\n"));
                requests.append(request("HEAD", "here", path, size, " HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
        }
        try (RawClient pipelined = plain();
                RawClient single = plain()) {
            var sending = CompletableFuture.runAsync(() -> send(pipelined, requests.toString()));
            for (int size : sizes) {
                for (String path : PATHS) {
                    for (String method : List.of("GET", "HEAD")) {
                        single.send(request(method, "away", path, size, " HTTP/1.1\r\nHost: a\r\n\r\n"));
                        String expected = read(single, method);
                        assertEquals(expected, read(pipelined, method), () -> method + " " + path + " of " + size);
                    }
                }
            }
            sending.join();
        }
    }

    private static void send(RawClient client, String requests) {
        try {
            client.send(requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_100, 20_000, 70_000})
    void encodedBodiesAreThoseThatWereWritten(int size) throws IOException {
        String more = " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";
        try (RawClient client = plain()) {
            client.send(request("GET", "here", "whole/list/#", size, more));
            String head = client.readHead();
            byte[] body = client.read(length(head)).getBytes(StandardCharsets.ISO_8859_1);
            boolean isEncoded = head.contains("Content-Encoding: gzip");
            byte[] decoded = isEncoded ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
            assertEquals(size > 1_100, isEncoded, head);
            assertEquals("[\"" + "x".repeat(size) + "\"]", new String(decoded, StandardCharsets.ISO_8859_1));
        }
    }
}
