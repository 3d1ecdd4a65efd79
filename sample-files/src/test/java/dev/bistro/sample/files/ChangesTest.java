package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Method;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads, deletions and new folders, with all of them switched on. */
class ChangesTest {
    private static final Method MKCOL = Method.of("MKCOL");

    @TempDir
    Path folder;

    private Path root;
    private TestClient anybody;
    private TestClient user;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        anybody = TestClient.start(
                Sample.writable(root).set("files.max-file-size", "1000").set("files.quota", "2000"));
        user = anybody.withHeader("Authorization", Sample.AUTHORIZATION);
    }

    @AfterEach
    void stop() {
        anybody.close();
    }

    private TestRequest put(String path, String content) {
        return user.put(path).text("application/octet-stream", content);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void storesANewFile() throws Exception {
        var stored = put("/a%20%F0%9F%99%82%23.txt", "größe").send().assertStatus(201);
        stored.assertHeader("Location", "/a%20%F0%9F%99%82%23.txt");
        assertEquals("größe", Files.readString(root.resolve("a 🙂#.txt")));
        anybody.get(stored.header("Location").orElseThrow())
                .send()
                .assertStatus(200)
                .assertHeader("ETag", stored.header("ETag").orElseThrow());
    }

    @Test
    void replacesAFile() throws Exception {
        String before =
                put("/a.txt", "one").send().assertStatus(201).header("ETag").orElseThrow();
        var replaced = put("/a.txt", "two").send().assertStatus(204).assertNoHeader("Location");
        assertEquals("two", Files.readString(root.resolve("a.txt")));
        assertFalse(before.equals(replaced.header("ETag").orElseThrow()));
        anybody.get("/a.txt")
                .send()
                .assertHeader("ETag", replaced.header("ETag").orElseThrow());
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void storesAnEmptyFile() throws Exception {
        put("/empty", "").send().assertStatus(201);
        assertEquals(0, Files.size(root.resolve("empty")));
    }

    @Test
    void honoursIfNoneMatch() throws Exception {
        put("/a.txt", "one").header("If-None-Match", "*").send().assertStatus(201);
        put("/a.txt", "two").header("If-None-Match", "*").send().assertProblem(412);
        assertEquals("one", Files.readString(root.resolve("a.txt")));
    }

    @Test
    void honoursIfMatch() throws Exception {
        put("/a.txt", "zero").header("If-Match", "*").send().assertProblem(412);
        String first =
                put("/a.txt", "one").send().assertStatus(201).header("ETag").orElseThrow();
        String second = put("/a.txt", "two")
                .header("If-Match", first)
                .send()
                .assertStatus(204)
                .header("ETag")
                .orElseThrow();
        put("/a.txt", "lost").header("If-Match", first).send().assertProblem(412);
        user.delete("/a.txt").header("If-Match", first).send().assertProblem(412);
        assertEquals("two", Files.readString(root.resolve("a.txt")));
        user.delete("/a.txt").header("If-Match", second).send().assertStatus(204);
        assertEquals(List.of(), names());
    }

    @Test
    void unpacksACompressedUploadAndGivesItNoTag() throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write("text".getBytes(StandardCharsets.US_ASCII));
        }
        user.put("/a.txt")
                .body("text/plain", compressed.toByteArray())
                .header("Content-Encoding", "gzip")
                .send()
                .assertStatus(201)
                .assertNoHeader("ETag");
        assertEquals("text", Files.readString(root.resolve("a.txt")));
    }

    @Test
    void refusesAPartOfAFile() throws Exception {
        put("/a.txt", "part").header("Content-Range", "bytes 4-7/8").send().assertProblem(400);
        assertEquals(List.of(), names());
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        put("/a.txt", "x".repeat(1000)).send().assertStatus(201);
        put("/b.txt", "x".repeat(1001)).send().assertProblem(413, "The body is longer than 1000 bytes.");
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void refusesWhatIsMoreThanTheQuota() throws Exception {
        put("/a", "x".repeat(1000)).send().assertStatus(201);
        put("/b", "x".repeat(600)).send().assertStatus(201);
        put("/c", "x".repeat(401)).send().assertProblem(413, "There is no room left for that: delete something first");
        put("/b", "x".repeat(400)).send().assertStatus(204);
        put("/c", "x".repeat(401)).send().assertStatus(201);
        user.delete("/a").send().assertStatus(204);
        put("/d", "x".repeat(1000)).send().assertStatus(201);
        put("/e", "x".repeat(200)).send().assertProblem(413, "There is no room left for that: delete something first");
        assertEquals(List.of("b", "c", "d"), names());
    }

    @ParameterizedTest
    @CsvSource({
        "/folder,       409, There is a folder of that name",
        "/folder/,      409, A file's path has no slash at its end",
        "/missing/a,    404, There is no such file",
        "/.hidden,      403, A name that begins with a dot is not allowed",
        "/%2e%2e/a,     403, That path is not allowed",
        "/..%2fa,       403, That path is not allowed",
        "/link,         404, There is no such file",
        "/out/a,        404, There is no such file",
    })
    void storesNothingWhereNoFileMayBe(String path, int status, String detail) throws Exception {
        Files.createDirectory(root.resolve("folder"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("link"), Files.writeString(outside.resolve("target"), "mine"));
        put(path, "x").send().assertProblem(status, detail);
        user.request(MKCOL, path + "/").send().assertProblem(path.startsWith("/folder") ? 405 : status);
        assertEquals(List.of("folder", "link", "out"), names());
        assertEquals("mine", Files.readString(outside.resolve("target")));
        assertEquals(1, outside.toFile().list().length);
    }

    @Test
    void refusesANameThatNoFileCanHave() {
        put("/" + "x".repeat(255), "x").send().assertStatus(201);
        put("/" + "x".repeat(256), "x").send().assertProblem(400, "A name may have 255 bytes at the most");
    }

    @Test
    void deletesFilesAndEmptyFolders() throws Exception {
        Files.writeString(Files.createDirectory(root.resolve("folder")).resolve("a b.txt"), "a");
        user.delete("/folder").send().assertProblem(409, "The folder isn't empty");
        user.delete("/folder/a%20b.txt").send().assertStatus(204).assertEmpty();
        user.delete("/folder/").send().assertStatus(204);
        user.delete("/folder/").send().assertProblem(404);
        user.delete("/").send().assertProblem(403);
        assertTrue(Files.isDirectory(root));
        assertEquals(List.of(), names());
    }

    @Test
    void leavesLinksAlone() throws Exception {
        Path target = Files.writeString(root.resolve("target"), "mine");
        Files.createSymbolicLink(root.resolve("link"), target);
        user.delete("/link").send().assertProblem(404);
        assertEquals(List.of("link", "target"), names());
    }

    @Test
    void makesFolders() {
        user.request(MKCOL, "/new%20one").send().assertStatus(201);
        user.request(MKCOL, "/new%20one/below/").send().assertStatus(201);
        assertTrue(Files.isDirectory(root.resolve("new one/below")));
        user.request(MKCOL, "/new%20one")
                .send()
                .assertProblem(405, "There is something of that name already")
                .assertHeader("Allow", "DELETE, GET, HEAD, MKCOL, OPTIONS, POST, PUT");
        user.request(MKCOL, "/other").text("application/xml", "<x/>").send().assertProblem(415);
    }

    @Test
    void saysWhatIsSwitchedOn() {
        anybody.options("/a")
                .send()
                .assertStatus(204)
                .assertHeader("Allow", "DELETE, GET, HEAD, MKCOL, OPTIONS, POST, PUT");
        try (TestClient readOnly = TestClient.start(Sample.readOnly(root))) {
            readOnly.options("/a").send().assertStatus(204).assertHeader("Allow", "GET, HEAD, OPTIONS");
            for (String method : List.of("PUT", "DELETE", "MKCOL")) {
                readOnly.request(Method.of(method), "/a")
                        .header("Authorization", Sample.AUTHORIZATION)
                        .send()
                        .assertProblem(405, method + " is not allowed here")
                        .assertHeader("Allow", "GET, HEAD, OPTIONS");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic !", "Basic QWRh", "Bearer x", "Digest username=\"Ada\""})
    void asksForNameAndPassword(String authorization) throws Exception {
        for (String method : List.of("PUT", "DELETE", "MKCOL")) {
            anybody.request(Method.of(method), "/a")
                    .header("Authorization", authorization)
                    .send()
                    .assertProblem(401)
                    .assertHeader("WWW-Authenticate", "Basic realm=\"Files\", charset=\"UTF-8\"");
        }
        assertEquals(List.of(), names());
    }

    @Test
    void letsNobodyElseIn() throws Exception {
        for (String wrong : List.of(
                Sample.authorization(Sample.USER, "sesame"),
                Sample.authorization("ada", Sample.PASSWORD),
                Sample.authorization(Sample.USER, ""),
                Sample.authorization("", ""))) {
            anybody.put("/a").header("Authorization", wrong).send().assertProblem(401);
        }
        anybody.put("/a")
                .header("Authorization", Sample.AUTHORIZATION.replace("Basic ", "bASIC  "))
                .send()
                .assertStatus(201);
        assertEquals(List.of("a"), names());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site,            403",
        "Sec-Fetch-Site, same-site,             403",
        "Sec-Fetch-Site, same-origin,           201",
        "Sec-Fetch-Site, none,                  201",
        "Origin,         http://evil.example,   403",
        "Origin,         null,                  403",
        "Origin,         http://localhost.evil, 403",
        "Origin,         http://localhost,      201",
        "Origin,         https://localhost,     201",
        "X-Other,        anything,              201",
    })
    void takesNoChangesFromPagesOfOtherSites(String field, String value, int status) throws Exception {
        put("/a", "x").header("Host", "localhost").header(field, value).send().assertStatus(status);
        assertEquals(status == 201 ? List.of("a") : List.of(), names());
    }

    @Test
    void readingNeedsThePasswordWhereThatIsSaid() throws Exception {
        Files.writeString(root.resolve("a.txt"), "a");
        anybody.get("/a.txt").send().assertStatus(200);
        try (TestClient closed = TestClient.start(Sample.writable(root).set("files.login-to-read", "true"))) {
            closed.get("/a.txt").send().assertProblem(401);
            closed.get("/").send().assertProblem(401);
            closed.get("/missing").send().assertProblem(401);
            closed.get("/a.txt")
                    .header("Authorization", Sample.AUTHORIZATION)
                    .send()
                    .assertText("a");
        }
    }

    @Test
    void logsInAndGoesOn() throws Exception {
        Files.createDirectory(root.resolve("a b"));
        anybody.get("/?login=/a+b/").send().assertProblem(401);
        user.get("/?login=/a+b/").send().assertStatus(303).assertHeader("Location", "/a%20b/");
        user.get("/?login=/").send().assertStatus(303).assertHeader("Location", "/");
        user.get("/?login=//evil.example/").send().assertProblem(404);
    }

    @Test
    void thePageOffersWhatTheReaderMayDo() {
        TestClient page = anybody.withHeader("Accept", "text/html");
        page.get("/")
                .send()
                .assertContains("Log in")
                .assertContainsNot("<script>")
                .assertContainsNot("id=\"tools\"");
        page.get("/")
                .header("Authorization", Sample.AUTHORIZATION)
                .send()
                .assertContainsNot("Log in")
                .assertContains("type=\"file\"")
                .assertContains("New folder");
        try (TestClient readOnly = TestClient.start(Sample.readOnly(root))) {
            readOnly.get("/")
                    .accept("text/html")
                    .send()
                    .assertContainsNot("Log in")
                    .assertContainsNot("<script>");
        }
    }
}
