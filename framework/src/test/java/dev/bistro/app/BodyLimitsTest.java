package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Route;
import dev.bistro.body.FileUpload;
import dev.bistro.http.Request;
import dev.bistro.wire.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a body may be at a route, over a socket: sent in one, in chunks, compressed, announced only. */
@org.junit.jupiter.api.Timeout(60)
class BodyLimitsTest {
    record Note(String text) {}

    @Route("/bodies")
    static final class Bodies {
        @Post("/json")
        @MaxBody("40B")
        String json(Note note) {
            return "got " + note.text().length();
        }

        @Post("/text")
        @MaxBody("40B")
        String text(@Body String text) {
            return "got " + text.length();
        }

        @Post("/stream")
        @MaxBody("40B")
        String stream(InputStream body) throws IOException {
            return "got " + body.readAllBytes().length;
        }

        @Post("/read")
        @MaxBody("40B")
        String read(Request request) {
            return "got " + request.body().length;
        }

        @Post("/form")
        @MaxBody("40B")
        String form(@FormParam String text) {
            return "got " + text.length();
        }

        @Post("/files")
        @MaxBody("300B")
        String files(@FormParam FileUpload file) {
            return "got " + file.size();
        }

        @Post("/large")
        @MaxBody("20kB")
        String large(@Body byte[] all) {
            return "got " + all.length;
        }

        @Post("/usual")
        String usual(@Body byte[] all) {
            return "got " + all.length;
        }

        @Post("/late")
        @MaxBody("40B")
        @RateLimit(value = "1000/h", by = RateLimit.By.USER)
        String late(@Body String text) {
            return "got " + text.length();
        }
    }

    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(BodyLimitsTest.class)
                .classes(Bodies.class)
                .set("server.port", "0")
                .set("server.host", "127.0.0.1")
                .set("server.max-body-size", "10kB")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private RawClient client() throws IOException {
        return new RawClient(server.address());
    }

    private static String post(String path, String fields, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "Content-Length: " + length + "\r\n\r\n";
    }

    private static String chunked(String path, String fields, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    // ---- how long a body may be

    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";

    private static String body(String kind, int length) {
        String around = switch (kind) {
            case "json" -> "{\"text\":\"%s\"}";
            case "form" -> "text=%s";
            case "files" -> "--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n%s\r\n--b--\r\n";
            default -> "%s";
        };
        return around.formatted("x".repeat(length - around.length() + 2));
    }

    private static String type(String kind) {
        return switch (kind) {
            case "json" -> "Content-Type: application/json\r\n";
            case "form" -> "Content-Type: application/x-www-form-urlencoded\r\n";
            case "files" -> MULTIPART;
            case "text", "late" -> "Content-Type: text/plain\r\n";
            default -> "Content-Type: application/octet-stream\r\n";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "json, 40",
        "text, 40",
        "stream, 40",
        "read, 40",
        "form, 40",
        "files, 300",
        "large, 20000",
        "usual, 10000",
        "late, 40"
    })
    void aBodyMayBeAsLongAsItsRouteSays(String kind, int most) throws IOException {
        String path = "/bodies/" + kind;
        for (String fields : new String[] {type(kind), type(kind) + "Connection: close\r\n"}) {
            try (RawClient client = client()) {
                String body = body(kind, most);
                assertStatus(200, client.send(post(path, fields, most) + body).readResponse());
            }
            try (RawClient client = client()) {
                assertStatus(
                        200,
                        client.send(chunked(path, fields, body(kind, most))).readResponse());
            }
            try (RawClient client = client()) {
                assertStatus(
                        413,
                        client.send(chunked(path, fields, body(kind, most + 1))).readResponse());
            }
        }
        try (RawClient client = client()) { // nothing of the body is sent
            assertStatus(413, client.send(post(path, type(kind), most + 1)).readResponse());
        }
        try (RawClient client = client()) { // and no 100 (Continue)
            String fields = type(kind) + "Expect: 100-continue\r\n";
            assertStatus(413, client.send(post(path, fields, most + 1)).readResponse());
        }
        try (RawClient client = client()) {
            String fields = type(kind) + "Expect: 100-continue\r\n";
            String sent = client.send(post(path, fields, most)).readHead();
            assertStatus(100, sent);
            assertStatus(200, client.send(body(kind, most)).readResponse());
        }
    }

    @ParameterizedTest
    @CsvSource({"json, 40", "text, 40", "stream, 40", "read, 40", "form, 40", "files, 300", "large, 20000"})
    void ofACompressedBodyTheDecodedSizeCounts(String kind, int most) throws IOException {
        for (int extra : new int[] {0, 1, 100_000}) {
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(body(kind, most + extra).getBytes(StandardCharsets.ISO_8859_1));
            }
            if (packed.size() > most) {
                continue;
            }
            try (RawClient client = client()) {
                client.send(post("/bodies/" + kind, type(kind) + "Content-Encoding: gzip\r\n", packed.size())
                        + packed.toString(StandardCharsets.ISO_8859_1));
                assertStatus(extra == 0 ? 200 : 413, client.readResponse());
            }
        }
    }
}
