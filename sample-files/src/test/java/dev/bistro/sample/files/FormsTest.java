package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Method;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's forms, as a browser without a script sends them. */
class FormsTest {
    private static final String URLENCODED = "application/x-www-form-urlencoded";

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

    private static String file(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static TestRequest upload(TestClient client, String path, String... parts) {
        byte[] body = (String.join("", parts) + "--b--\r\n").getBytes(StandardCharsets.UTF_8);
        return client.post(path).body("multipart/form-data; boundary=b", body);
    }

    private TestRequest post(String path, String form) {
        return user.post(path).text(URLENCODED, form);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void storesFilesAndGoesBackToTheListing() throws Exception {
        Files.createDirectory(root.resolve("a b"));
        upload(user, "/a%20b/", file("größe #1%.txt", "größe"), file("two", "two"))
                .send()
                .assertStatus(303)
                .assertHeader("Location", "/a%20b/");
        assertEquals("größe", Files.readString(root.resolve("a b/größe #1%.txt")));
        assertEquals("two", Files.readString(root.resolve("a b/two")));
        upload(user, "/", file("../../up.txt", "inside"))
                .send()
                .assertStatus(303)
                .assertHeader("Location", "/");
        assertEquals("inside", Files.readString(root.resolve("up.txt")));
    }

    @Test
    void replacesOnlyWhereThatIsAskedFor() throws Exception {
        Path old = Files.writeString(root.resolve("old"), "old");
        upload(user, "/", file("new", "new"), file("old", "new"))
                .send()
                .assertProblem(409, "There is a file of that name already");
        assertEquals(List.of("old"), names());
        upload(user, "/", field("replace", "true"), file("old", "new")).send().assertStatus(303);
        assertEquals("new", Files.readString(old));
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        upload(user, "/", file("a", "x".repeat(1001))).send().assertProblem(413);
        upload(user, "/", file("a", "x".repeat(600)), file("b", "x".repeat(600)))
                .send()
                .assertProblem(413);
        for (String name : List.of("a", "b")) {
            upload(user, "/", file(name, "x".repeat(700))).send().assertStatus(303);
        }
        upload(user, "/", file("c", "x".repeat(700)))
                .send()
                .assertProblem(413, "There is no room left for that: delete something first");
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void refusesWhatCannotBeStored() throws Exception {
        Files.createDirectory(root.resolve("folder"));
        upload(user, "/", file("", "")).send().assertProblem(400, "No file was chosen");
        upload(user, "/", file("a", "1"), file("a", "2")).send().assertProblem(409, "Two files have the same name");
        upload(user, "/", file("folder", "x")).send().assertProblem(409, "There is a folder of that name");
        upload(user, "/", file(".hidden", "x")).send().assertProblem(403);
        upload(user, "/missing/", file("a", "x")).send().assertProblem(404);
        upload(user, "/%2e%2e/", file("a", "x")).send().assertProblem(403);
        user.post("/").text("text/plain", "x").send().assertProblem(415);
        assertEquals(List.of("folder"), names());
    }

    @Test
    void makesFolders() throws Exception {
        post("/", "folder=a+b%26").send().assertStatus(303).assertHeader("Location", "/");
        assertTrue(Files.isDirectory(root.resolve("a b&")));
        post("/a%20b%26/", "folder=below").send().assertStatus(303).assertHeader("Location", "/a%20b%26/");
        post("/", "folder=a+b%26").send().assertProblem(409, "There is something of that name already");
        post("/", "folder=x%2Fy").send().assertProblem(400);
        post("/", "folder=").send().assertProblem(400);
        post("/", "folder=..").send().assertProblem(403);
        assertEquals(List.of("a b&"), names());
    }

    @Test
    void asksBeforeItDeletes() throws Exception {
        Files.writeString(root.resolve("<b>&.txt"), "a");
        post("/", "delete=%3Cb%3E%26.txt")
                .send()
                .assertStatus(200)
                .assertContains("<h1>Delete &lt;b&gt;&amp;.txt?</h1>")
                .assertContains("name=\"sure\"");
        assertEquals(List.of("<b>&.txt"), names());
        post("/", "delete=%3Cb%3E%26.txt&sure=true").send().assertStatus(303).assertHeader("Location", "/");
        assertEquals(List.of(), names());
        post("/", "delete=missing&sure=true").send().assertProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete=a.txt&sure=true", "folder=b"})
    void changesNothingForOthers(String form) throws Exception {
        Files.writeString(root.resolve("a.txt"), "a");
        anybody.post("/").text(URLENCODED, form).send().assertProblem(401);
        post("/", form).header("Sec-Fetch-Site", "cross-site").send().assertProblem(403);
        post("/", form).header("Origin", "http://evil.example").send().assertProblem(403);
        upload(anybody, "/", file("b", "b")).send().assertProblem(401);
        upload(user, "/", file("b", "b"))
                .header("Origin", "http://evil.example")
                .send()
                .assertProblem(403);
        assertEquals(List.of("a.txt"), names());
    }

    @ParameterizedTest
    @CsvSource({"files.upload, PUT", "files.delete, DELETE", "files.new-folder, MKCOL"})
    void takesOnlyWhatIsSwitchedOn(String setting, String method) throws Exception {
        Files.writeString(root.resolve("a.txt"), "a");
        try (TestClient off = TestClient.start(Sample.writable(root).set(setting, "false"))) {
            TestClient offUser = off.withHeader("Authorization", Sample.AUTHORIZATION);
            TestRequest request = switch (method) {
                case "PUT" -> upload(offUser, "/", file("b", "b"));
                case "DELETE" -> offUser.post("/").text(URLENCODED, "delete=a.txt&sure=true");
                default -> offUser.post("/").text(URLENCODED, "folder=b");
            };
            String allow = request.send()
                    .assertProblem(405, method + " is not allowed here")
                    .header("Allow")
                    .orElseThrow();
            assertFalse(allow.contains(method), allow);
            assertTrue(allow.contains("POST"), allow);
        }
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void saysWhatIsAllowedWhereNothingIsSwitchedOn() {
        try (TestClient readOnly = TestClient.start(Sample.readOnly(root))) {
            for (String method : List.of("POST", "PUT", "PATCH", "PROPFIND")) {
                readOnly.request(Method.of(method), "/")
                        .send()
                        .assertProblem(405)
                        .assertHeader("Allow", "GET, HEAD, OPTIONS");
            }
        }
        anybody.patch("/")
                .send()
                .assertProblem(405)
                .assertHeader("Allow", "DELETE, GET, HEAD, MKCOL, OPTIONS, POST, PUT");
    }
}
