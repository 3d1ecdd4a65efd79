package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Route;
import dev.bistro.file.FileResponse;
import dev.bistro.http.HttpDate;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions and ranges of files as bytes on a socket, row by row of {@code conditions.txt}. */
@Timeout(60)
class ConditionsTest {
    private static final String CONTENT = "0123456789";
    private static final Map<String, String> TIMES = Map.of(
            "<BEFORE>", "Tue, 15 Nov 1994 08:12:30 GMT",
            "<NOW>", "Tue, 15 Nov 1994 08:12:31 GMT",
            "<AFTER>", "Tue, 15 Nov 1994 08:12:32 GMT");

    @TempDir
    static Path folder;

    private static Server server;

    @Route("/")
    static final class Folder {
        @Get("/{name}")
        @Header(name = "Cache-Control", value = "no-cache")
        Path file(String name) {
            return folder.resolve(name);
        }

        @Get("/app.js")
        FileResponse script() {
            return FileResponse.of(folder.resolve("app.js")).precompressed();
        }

        @Get("/sorry")
        Response<Path> sorry() {
            return Response.status(Status.NOT_FOUND).withBody(folder.resolve("a.txt"));
        }
    }

    /** A row of the table. */
    record Row(String section, String request, String fields, int status, String expected, String body) {
        static Row parse(String line) {
            String[] columns = line.split("\\|", -1);
            assertEquals(6, columns.length, line);
            String[] words = Arrays.stream(columns).map(String::strip).toArray(String[]::new);
            return new Row(words[0], words[1], words[2], Integer.parseInt(words[3]), words[4], words[5]);
        }

        String name() {
            return request.substring(request.indexOf(' ') + 1);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        for (var file : Map.of(
                        "a.txt", CONTENT,
                        "empty", "",
                        "app.js", "plain",
                        "app.js.gz", "gzipped",
                        "app.js.br", "brotli",
                        "app.js.zst", "zstandard")
                .entrySet()) {
            Path path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
            Files.setLastModifiedTime(path, FileTime.from(Instant.parse("1994-11-15T08:12:31.5Z")));
        }
        server = Bistro.app(ConditionsTest.class).classes(Folder.class).port(0).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream table = ConditionsTest.class.getResourceAsStream("/conditions.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::parse);
        }
    }

    @Test
    void areMany() throws IOException {
        assertTrue(rows().distinct().count() >= 60);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void areAnsweredByTheRfc(Row row) throws IOException {
        String tag = field(send("HEAD " + row.name(), ""), "ETag");
        String response = send(row.request, filled(row.fields, tag).replaceAll(" *& *", "\r\n"));
        assertTrue(response.startsWith("HTTP/1.1 " + row.status + " "), response);
        int end = response.indexOf("\r\n\r\n") + 4;
        String head = response.substring(0, end);
        String body = response.substring(end);
        for (String expected : filled(row.expected, tag).split(" *& *")) {
            if (expected.startsWith("!")) {
                assertFalse(head.contains("\r\n" + expected.substring(1) + ":"), response);
            } else if (!expected.isEmpty()) {
                assertTrue(head.contains("\r\n" + expected + "\r\n"), expected + " in " + response);
            }
        }
        if (row.body.startsWith("<PARTS ")) {
            assertEquals(parts(response, row.body.substring(7, row.body.length() - 1)), body);
        } else if (!row.body.equals("?")) {
            assertEquals(row.body.replace("<ALL>", CONTENT), body);
        }
    }

    private static String filled(String text, String tag) {
        String filled = text.replace("<TAG>", tag);
        for (var time : TIMES.entrySet()) {
            filled = filled.replace(time.getKey(), time.getValue());
        }
        return filled;
    }

    private static String parts(String response, String ranges) {
        String type = field(response, "Content-Type");
        assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
        String boundary = type.substring(type.indexOf('=') + 1);
        var parts = new StringBuilder();
        for (String range : List.of(ranges.split(","))) {
            int first = range.charAt(0) - '0';
            int last = range.charAt(2) - '0';
            parts.append(parts.length() == 0 ? "" : "\r\n")
                    .append("--" + boundary + "\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Range: bytes ")
                    .append(range + "/10\r\n\r\n" + CONTENT.substring(first, last + 1));
        }
        assertEquals(
                String.valueOf(parts.append("\r\n--" + boundary + "--\r\n").length()),
                field(response, "Content-Length"));
        return parts.toString();
    }

    private static String field(String response, String name) {
        int start = response.indexOf("\r\n" + name + ": ");
        return start < 0
                ? "\"none\""
                : response.substring(start + name.length() + 4, response.indexOf("\r\n", start + 2));
    }

    private static String send(String request, String lines) throws IOException {
        return RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                request.replace(" ", " /") + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + lines
                        + (lines.isEmpty() ? "\r\n" : "\r\n\r\n"));
    }

    @Test
    void aFileOfTheFutureWasChangedNow() throws IOException {
        Path path = Files.writeString(folder.resolve("future.txt"), CONTENT);
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(100_000)));
        for (String method : List.of("GET", "HEAD")) {
            String answer = RawClient.exchange(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                    method + " /future.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            Instant date = HttpDate.parse(value(answer, "Date")).orElseThrow();
            Instant lastModified =
                    HttpDate.parse(value(answer, "Last-Modified")).orElseThrow();
            assertFalse(lastModified.isAfter(date), answer);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }

    private static String value(String answer, String name) {
        int start = answer.indexOf("\r\n" + name + ": ") + name.length() + 4;
        return answer.substring(start, answer.indexOf("\r\n", start));
    }

    @Test
    void twoMediaTypesOfOneBodyAreABadRequest() throws IOException {
        for (String second : List.of("text/html", "text/plain;charset=utf-8", "TEXT/plain", "")) {
            String answer = RawClient.exchange(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                    "GET /a.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Type: "
                            + second + "\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
        String same = RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                "GET /a.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                        + "content-type: text/plain\r\n\r\n");
        assertTrue(same.startsWith("HTTP/1.1 200 "), same);
    }
}
