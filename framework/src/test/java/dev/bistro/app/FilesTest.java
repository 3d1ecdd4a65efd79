package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Route;
import dev.bistro.file.FileResponse;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files as answers, over a socket: RFC 9110, sections 8, 13 and 14. */
@Timeout(60)
class FilesTest {
    private static final String DATE = "Tue, 15 Nov 1994 08:12:31 GMT";
    private static final String EARLIER = "Tue, 15 Nov 1994 08:12:30 GMT";
    private static final int LARGE = 3_000_000;

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

        @Get("/save/{name}")
        FileResponse save(String name) {
            return FileResponse.of(folder.resolve(name)).attachment();
        }

        @Get("/linked")
        @Header(name = "Link", value = "<a>")
        @Header(name = "Link", value = "<b>")
        FileResponse linked() {
            return FileResponse.of(folder.resolve("a.txt")).withHeader("ETag", "\"mine\"");
        }

        @Get("/site/{name}")
        FileResponse site(String name) {
            return FileResponse.of(folder.resolve(name)).precompressed();
        }

        @Get("/sorry")
        Response<Path> sorry() {
            return Response.status(Status.NOT_FOUND).withBody(folder.resolve("a.txt"));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "0123456789");
        Files.setLastModifiedTime(text, FileTime.from(Instant.parse("1994-11-15T08:12:31.5Z")));
        Files.writeString(folder.resolve("empty.bin"), "");
        Files.writeString(folder.resolve("é\".txt"), "x");
        Files.writeString(folder.resolve("app.js"), "plain");
        Files.writeString(folder.resolve("app.js.gz"), "gzipped");
        Files.writeString(folder.resolve("app.js.br"), "brotli");
        Files.writeString(folder.resolve("old.js"), "plain");
        Path stale = Files.writeString(folder.resolve("old.js.gz"), "gzipped");
        Files.setLastModifiedTime(stale, FileTime.from(Instant.EPOCH));
        Files.createDirectory(folder.resolve("directory"));
        server = Bistro.app(FilesTest.class).classes(Folder.class).port(0).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String send(String method, String path, String... headers) throws IOException {
        String lines = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return RawClient.exchange(
                address(), method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + lines + "\r\n");
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String header(String response, String name) {
        int start = response.indexOf("\r\n" + name + ": ");
        assertTrue(start >= 0, name + " in " + response);
        return response.substring(start + name.length() + 4, response.indexOf("\r\n", start + 2));
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    @Test
    void describesAFile() throws IOException {
        String response = get("/a.txt");
        assertStatus(200, response);
        assertEquals("text/plain;charset=utf-8", header(response, "Content-Type"));
        assertEquals("10", header(response, "Content-Length"));
        assertEquals(DATE, header(response, "Last-Modified"));
        assertEquals("bytes", header(response, "Accept-Ranges"));
        assertEquals("no-cache", header(response, "Cache-Control"));
        assertTrue(header(response, "ETag").matches("\"[!-~]+\""), response);
        assertEquals("0123456789", body(response));
        String head = send("HEAD", "/a.txt");
        assertEquals("10", header(head, "Content-Length"));
        assertEquals("", body(head));
        assertEquals("0", header(get("/empty.bin"), "Content-Length"));
    }

    @Test
    void findsNoDirectoryAndNoMissingFile() throws IOException {
        assertStatus(404, get("/directory"));
        assertStatus(404, get("/missing"));
    }

    @Test
    void answersConditionsInTheirOrder() throws IOException {
        String tag = header(get("/a.txt"), "ETag");
        String notModified = get("/a.txt", "If-None-Match: \"x\", W/" + tag);
        assertStatus(304, notModified);
        assertEquals(tag, header(notModified, "ETag"));
        assertEquals("no-cache", header(notModified, "Cache-Control"));
        assertEquals("", body(notModified));
        assertStatus(304, send("HEAD", "/a.txt", "If-None-Match: *"));
        assertStatus(200, get("/a.txt", "If-None-Match: \"x\"", "If-Modified-Since: " + DATE));
        assertStatus(304, get("/a.txt", "If-Modified-Since: " + DATE));
        assertStatus(200, get("/a.txt", "If-Modified-Since: " + EARLIER));
        assertStatus(200, get("/a.txt", "If-Modified-Since: yesterday"));
        assertStatus(304, get("/a.txt", "If-Modified-Since: Tuesday, 15-Nov-94 08:12:31 GMT"));
        assertStatus(304, get("/a.txt", "If-Modified-Since: Tue Nov 15 08:12:31 1994"));
        assertStatus(412, get("/a.txt", "If-Match: \"x\""));
        assertStatus(412, get("/a.txt", "If-Match: W/" + tag));
        assertStatus(200, get("/a.txt", "If-Match: " + tag, "If-Unmodified-Since: " + EARLIER));
        assertStatus(412, get("/a.txt", "If-Unmodified-Since: " + EARLIER, "If-None-Match: *"));
        assertStatus(200, get("/a.txt", "If-Unmodified-Since: " + DATE));
    }

    @Test
    void sendsOneRange() throws IOException {
        String response = get("/a.txt", "Range: bytes=2-4");
        assertStatus(206, response);
        assertEquals("bytes 2-4/10", header(response, "Content-Range"));
        assertEquals("3", header(response, "Content-Length"));
        assertEquals("234", body(response));
        assertEquals("89", body(get("/a.txt", "Range: bytes=-2")));
        String none = get("/a.txt", "Range: bytes=10-");
        assertStatus(416, none);
        assertEquals("bytes */10", header(none, "Content-Range"));
        assertStatus(200, get("/a.txt", "Range: bytes=4-2"));
        assertStatus(200, send("HEAD", "/a.txt", "Range: bytes=2-4"));
        assertStatus(416, get("/empty.bin", "Range: bytes=0-"));
    }

    @Test
    void sendsSeveralRanges() throws IOException {
        String response = get("/a.txt", "Range: bytes=0-1,8-");
        assertStatus(206, response);
        String type = header(response, "Content-Type");
        assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
        String boundary = type.substring(type.indexOf('=') + 1);
        String part = "Content-Type: text/plain;charset=utf-8\r\nContent-Range: bytes ";
        String expected = "--" + boundary + "\r\n" + part + "0-1/10\r\n\r\n01\r\n--" + boundary + "\r\n" + part
                + "8-9/10\r\n\r\n89\r\n--" + boundary + "--\r\n";
        assertEquals(expected, body(response));
        assertEquals(String.valueOf(expected.length()), header(response, "Content-Length"));
        assertFalse(response.contains("\r\nContent-Range: bytes 0-1/10\r\nContent-Length"), response);
    }

    @Test
    void sendsARangeOfTheSameStateOnly() throws IOException {
        String tag = header(get("/a.txt"), "ETag");
        assertStatus(206, get("/a.txt", "Range: bytes=2-4", "If-Range: " + tag));
        assertStatus(200, get("/a.txt", "Range: bytes=2-4", "If-Range: W/" + tag));
        assertStatus(200, get("/a.txt", "Range: bytes=2-4", "If-Range: \"x\""));
        assertStatus(206, get("/a.txt", "Range: bytes=2-4", "If-Range: " + DATE));
        assertStatus(200, get("/a.txt", "Range: bytes=2-4", "If-Range: " + EARLIER));
    }

    @Test
    void namesADownloadInAnyScript() throws IOException {
        assertEquals("attachment; filename=\"a.txt\"", header(get("/save/a.txt"), "Content-Disposition"));
        assertEquals(
                "attachment; filename=\"__.txt\"; filename*=UTF-8''%C3%A9%22.txt",
                header(get("/save/%C3%A9%22.txt"), "Content-Disposition"));
    }

    @Test
    void sendsTheCompressedFileBesideIt() throws IOException {
        String gzip = get("/site/app.js", "Accept-Encoding: gzip");
        assertEquals("gzipped", body(gzip));
        assertEquals("gzip", header(gzip, "Content-Encoding"));
        assertEquals("text/javascript;charset=utf-8", header(gzip, "Content-Type"));
        assertEquals("Accept-Encoding", header(gzip, "Vary"));
        assertEquals("brotli", body(get("/site/app.js", "Accept-Encoding: gzip, br")));
        assertEquals("gzipped", body(get("/site/app.js", "Accept-Encoding: gzip, br;q=0.5")));
        String plain = get("/site/app.js");
        assertEquals("plain", body(plain));
        assertEquals("Accept-Encoding", header(plain, "Vary"));
        assertFalse(header(plain, "ETag").equals(header(gzip, "ETag")));
        assertEquals("plain", body(get("/site/old.js", "Accept-Encoding: gzip")), "older than the file");
        assertEquals("plain", body(get("/app.js", "Accept-Encoding: gzip")), "nobody said that they are the same");
    }

    @Test
    void compressesTextForThoseWhoTakeIt() throws IOException {
        String text = "0123456789".repeat(20_000);
        Files.writeString(folder.resolve("long.txt"), text);
        String response = RawClient.exchange(
                address(), "GET /long.txt HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n"); // not in chunks
        assertEquals("gzip", header(response, "Content-Encoding"));
        assertEquals("Accept-Encoding", header(response, "Vary"));
        assertTrue(header(response, "ETag").endsWith("~gzip\""), response);
        byte[] encoded = body(response).getBytes(StandardCharsets.ISO_8859_1);
        try (var decoded = new GZIPInputStream(new ByteArrayInputStream(encoded))) {
            assertEquals(text, new String(decoded.readAllBytes(), StandardCharsets.US_ASCII));
        }
        assertEquals(text, body(get("/long.txt")));
        assertStatus(304, get("/long.txt", "Accept-Encoding: gzip", "If-None-Match: " + header(response, "ETag")));
    }

    /** Without a socket, the bytes of a file go another way. */
    @Test
    void sendsTheSameWithinTheProcess() throws IOException {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        Files.write(folder.resolve("random.bin"), bytes);
        try (var client = TestClient.start(Bistro.app(FilesTest.class).classes(Folder.class))) {
            assertArrayEquals(bytes, client.get("/random.bin").send().bytes());
            byte[] part = client.get("/random.bin")
                    .header("Range", "bytes=100000-299999")
                    .send()
                    .assertStatus(206)
                    .bytes();
            assertArrayEquals(Arrays.copyOfRange(bytes, 100_000, 300_000), part);
        }
    }

    @Test
    void sendsAFileForAnErrorWhole() throws IOException {
        String response = get("/sorry", "Range: bytes=0-1", "If-None-Match: *");
        assertStatus(404, response);
        assertEquals("0123456789", body(response));
    }

    @Test
    void givesEachStateOfAFileATagOfItsOwn() throws IOException {
        Path file = folder.resolve("state.txt");
        for (int i = 0; i < 20; i++) {
            Files.writeString(file, "first " + (i % 10));
            Instant written = Files.getLastModifiedTime(file).toInstant();
            String first = get("/state.txt");
            assertTrue(Instant.now().isAfter(written.plusMillis(20)), "whatever is written now has another time");
            Files.writeString(file, "other " + (i % 10));
            String other = get("/state.txt", "If-None-Match: " + header(first, "ETag"));
            assertEquals("first " + (i % 10), body(first));
            assertEquals("other " + (i % 10), body(other), "the tag is " + header(first, "ETag"));
            assertTrue(header(first, "ETag").startsWith("\""), first);
        }
    }

    @Test
    void saysOfATimeInWholeSecondsThatItMayNotBeTheLastStateOfThatTime() throws IOException {
        Path file = Files.writeString(folder.resolve("coarse.txt"), "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        String response = get("/coarse.txt");
        String tag = header(response, "ETag");
        assertTrue(tag.startsWith("W/"), response);
        assertStatus(200, get("/coarse.txt", "If-None-Match: " + tag));
        assertStatus(200, get("/coarse.txt", "Range: bytes=0-0", "If-Range: " + tag));
    }

    @Test
    void sendsEachOfTheUsersFields() throws IOException {
        String response = get("/linked");
        assertTrue(response.contains("\r\nLink: <a>\r\nLink: <b>\r\n"), response);
        assertEquals("\"mine\"", header(response, "ETag"));
        assertStatus(304, get("/linked", "If-None-Match: \"mine\""));
        assertStatus(206, get("/linked", "Range: bytes=0-0", "If-Range: \"mine\""));
    }

    @Test
    void saysThatAFileIsNotAllowedToBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("unreadable.txt"), "x");
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");
        assertStatus(403, get("/unreadable.txt"));
    }

    @Test
    void keepsItsWordWhenAFileChangesWhileItIsSent() throws IOException {
        for (boolean grows : new boolean[] {true, false}) {
            Path file = folder.resolve(grows ? "growing.bin" : "shrinking.bin");
            Files.write(file, new byte[20 * LARGE]);
            try (var client = new RawClient(address())) {
                client.socket().setReceiveBufferSize(64 * 1024);
                client.send("GET /" + file.getFileName() + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals(String.valueOf(20 * LARGE), header(client.readHead(), "Content-Length"));
                if (grows) {
                    Files.write(file, new byte[LARGE], StandardOpenOption.APPEND);
                    client.read(20 * LARGE);
                    assertStatus(
                            200,
                            client.send("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n")
                                    .readResponse());
                } else {
                    Files.write(file, new byte[1]);
                    assertTrue(client.readToEnd().length() < 20 * LARGE, "the connection ends before");
                }
            }
        }
    }
}
