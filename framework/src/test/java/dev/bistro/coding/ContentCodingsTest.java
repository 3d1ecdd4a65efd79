package dev.bistro.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http1.Http1Settings;
import dev.bistro.wire.EngineServer;
import dev.bistro.wire.RawClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content codings, over a real socket. */
class ContentCodingsTest {
    private static final String TEXT = "All work and no play makes Jack a dull boy. ".repeat(100);
    private static EngineServer server;

    @BeforeAll
    static void start() throws IOException {
        server = EngineServer.builder()
                .coded(1000)
                .at("/text", request -> EngineServer.text(Status.OK, TEXT))
                .at("/small", request -> EngineServer.text(Status.OK, "small"))
                .at("/png", request -> EngineServer.text(Status.OK, TEXT).withHeader("Content-Type", "image/png"))
                .at(
                        "/json",
                        request -> EngineServer.text(Status.OK, TEXT).withHeader("Content-Type", "application/json"))
                .at("/coded", request -> EngineServer.text(Status.OK, TEXT).withHeader("Content-Encoding", "br"))
                .at("/as-is", request -> EngineServer.text(Status.OK, TEXT).withHeader("Cache-Control", "no-transform"))
                .at(
                        "/tagged",
                        request -> EngineServer.text(Status.OK, TEXT)
                                .withHeader("ETag", "\"1\"")
                                .withHeader("Vary", "Accept"))
                .at("/stream", request -> EngineServer.stream(out -> out.write(latin1(TEXT))))
                .at(
                        "/later",
                        request -> EngineServer.pending(
                                CompletableFuture.completedFuture(EngineServer.text(Status.OK, TEXT))))
                .at("/echo", request -> answering(() -> new String(request.body(), StandardCharsets.ISO_8859_1)))
                .at("/twice", request -> {
                    var later = new CompletableFuture<Response<Payload>>();
                    new Thread(() -> later.complete(EngineServer.text(Status.OK, read(request) + read(request))))
                            .start();
                    return EngineServer.pending(later);
                })
                .streaming("/echo-stream", request -> answering(() -> read(request)))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response<Payload> answering(Supplier<String> text) {
        try {
            return EngineServer.text(Status.OK, text.get());
        } catch (HttpException fault) {
            return EngineServer.text(fault.status(), fault.detail());
        }
    }

    private static String read(ServerRequest request) {
        try (InputStream in = request.bodyStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String encode(Coding coding, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream encoder = coding.encode(bytes)) {
            encoder.write(latin1(text));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static String decode(Coding coding, String bytes) throws IOException {
        return new String(
                coding.decode(new ByteArrayInputStream(latin1(bytes))).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String get(String path, String acceptEncoding) throws IOException {
        return RawClient.exchange(
                server.address(),
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: " + acceptEncoding
                        + "\r\n\r\n");
    }

    private static String post(String path, String coding, String body) throws IOException {
        return RawClient.exchange(
                server.address(),
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Encoding: " + coding
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String unchunked(String response) {
        var bytes = new StringBuilder();
        String rest = body(response);
        for (int size = size(rest); size > 0; size = size(rest)) {
            int start = rest.indexOf("\r\n") + 2;
            bytes.append(rest, start, start + size);
            rest = rest.substring(start + size + 2);
        }
        return bytes.toString();
    }

    private static int size(String chunks) {
        return Integer.parseInt(chunks.substring(0, chunks.indexOf("\r\n")), 16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "gzip => GZIP",
                "GZIP => GZIP",
                "gzip, deflate, br => GZIP",
                "deflate => DEFLATE",
                "gzip;q=0.5, deflate => DEFLATE",
                "gzip;q=0, * => DEFLATE",
                "*;q=0.1 => GZIP",
            })
    void encodesAsTheClientLikesIt(String accept, Coding coding) throws IOException {
        for (String path : new String[] {"/text", "/json", "/later"}) {
            String response = get(path, accept);
            assertTrue(response.contains("\r\nContent-Encoding: " + coding.token() + "\r\n"), response);
            assertTrue(response.contains("\r\nVary: Accept-Encoding\r\n"), response);
            assertTrue(body(response).length() < TEXT.length() / 4);
            assertEquals(TEXT, decode(coding, body(response)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=2", "gzip;q=x"})
    void leavesBodiesAsTheyAreForClientsThatTakeNoCoding(String accept) throws IOException {
        String response = get("/text", accept);
        assertFalse(response.contains("Content-Encoding"), response);
        assertTrue(response.contains("\r\nVary: Accept-Encoding\r\n"), "another client may get another body");
        assertEquals(TEXT, body(response));
    }

    @ParameterizedTest
    @CsvSource({"/small,", "/png,", "/as-is,", "/coded,br"})
    void leavesBodiesAsTheyAreThatWouldGainNothing(String path, String coding) throws IOException {
        String response = get(path, "gzip");
        assertEquals(coding != null, response.contains("Content-Encoding: " + coding), response);
        assertFalse(response.contains("gzip") || response.contains("Vary"), response);
    }

    @Test
    void givesAnEncodedBodyATagOfItsOwnAndAddsToVary() throws IOException {
        String response = get("/tagged", "gzip");
        assertTrue(
                response.contains("\r\nETag: \"1~gzip\"\r\n")
                        && response.contains("\r\nVary: Accept, Accept-Encoding\r\n"),
                response);
        assertTrue(get("/tagged", "").contains("\r\nETag: \"1\"\r\n"));
    }

    @Test
    void encodesStreams() throws IOException {
        String response = get("/stream", "gzip");
        assertTrue(response.contains("\r\nTransfer-Encoding: chunked\r\n"), response);
        assertEquals(TEXT, decode(Coding.GZIP, unchunked(response)));
    }

    @Test
    void answersHeadAsItWouldGet() throws IOException {
        String get = get("/text", "gzip").replaceAll("Date: [^\r]*\r\n", "");
        String head = RawClient.exchange(
                        server.address(),
                        "HEAD /text HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n")
                .replaceAll("Date: [^\r]*\r\n", "");
        assertEquals(get.substring(0, get.indexOf("\r\n\r\n") + 4), head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo-stream"})
    void decodesRequests(String path) throws IOException {
        assertEquals(TEXT, body(post(path, "gzip", encode(Coding.GZIP, TEXT))));
        assertEquals(TEXT, body(post(path, "x-gzip", encode(Coding.GZIP, TEXT))));
        assertEquals(TEXT, body(post(path, "deflate", encode(Coding.DEFLATE, TEXT))));
        assertEquals("plain", body(post(path, "identity", "plain")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip", "zstd", ""})
    void refusesOtherCodings(String coding) throws IOException {
        String response = post("/echo", coding, "x");
        assertTrue(
                response.startsWith("HTTP/1.1 415 ") && response.contains("\r\nAccept-Encoding: gzip, deflate\r\n"),
                response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo-stream"})
    void refusesBodiesThatAreNotOfTheirCoding(String path) throws IOException {
        assertTrue(post(path, "gzip", "not gzip").startsWith("HTTP/1.1 400 "));
        assertTrue(
                post(path, "gzip", encode(Coding.GZIP, TEXT).substring(0, 30)).startsWith("HTTP/1.1 400 "));
        assertTrue(post(path, "deflate", "nor deflate").startsWith("HTTP/1.1 400 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo-stream"})
    void refusesBodiesOfEmptyMembers(String path) throws IOException {
        String body = encode(Coding.GZIP, "").repeat(100_000);
        assertEquals(2_000_000, body.length());
        String response = post(path, "gzip", body);
        assertTrue(response.startsWith("HTTP/1.1 400 "), response);
    }

    @Test
    void readsAMemberThatComesLater() throws IOException {
        String first = encode(Coding.GZIP, "one ");
        String second = encode(Coding.GZIP, "two");
        try (var client = new RawClient(server.address())) {
            client.send("POST /echo-stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + (first + second).length() + "\r\n\r\n" + first);
            assertEquals("one two", body(client.send(second).readToEnd()));
        }
    }

    @Test
    void aBodyThatIsThereCanBeReadAgainAndLater() throws IOException {
        assertEquals(TEXT + TEXT, body(post("/twice", "gzip", encode(Coding.GZIP, TEXT))));
    }

    @Test
    void refusesBodiesThatUnpackToTooMuch() throws IOException {
        int max = Http1Settings.DEFAULTS.maxBodyBytes();
        assertTrue(post("/echo", "gzip", encode(Coding.GZIP, "0".repeat(max))).startsWith("HTTP/1.1 200 "));
        String bomb = encode(Coding.GZIP, "0".repeat(100 * max));
        assertTrue(bomb.length() < max);
        assertTrue(post("/echo", "gzip", bomb).startsWith("HTTP/1.1 413 "));
    }
}
