package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesEndToEndTest {
    private static final List<String> NAMES = List.of(
            "a b.txt",
            "quote\"'.txt",
            "100%.txt",
            "hash#.txt",
            "what?.txt",
            "<script>.txt",
            "größe.txt",
            "🙂.txt",
            "a+b.txt",
            "x:y.txt",
            "%2e%41.txt");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path root;

    private Server server;

    @BeforeEach
    void start() {
        server = Bistro.app(FilesApplication.class)
                .port(0)
                .set("files.root", root.toString())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.uri() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void linksNamesOfAllKinds() throws Exception {
        for (String name : NAMES) {
            Files.writeString(root.resolve(name), "content of " + name);
        }
        String page = get("/").body();
        assertFalse(page.contains("<script>"), page);
        var links = Pattern.compile("<td class=\"name .*?href=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertEquals(NAMES.size(), links.size());
        var contents = links.stream().map(this::content).sorted().toList();
        assertEquals(NAMES.stream().map(name -> "content of " + name).sorted().toList(), contents);
    }

    private String content(String link) {
        try {
            return get("/" + link).body();
        } catch (Exception e) {
            throw new AssertionError(link, e);
        }
    }

    @Test
    void listsAsTheClientLikesIt() throws Exception {
        Files.createDirectory(root.resolve("folder"));
        Files.writeString(root.resolve("b.txt"), "bb");
        Files.writeString(root.resolve("A.txt"), "a");
        Files.writeString(root.resolve(".hidden"), "");
        Files.writeString(root.resolve("README.md"), "# <b>Hello</b>");
        Files.createSymbolicLink(root.resolve("out"), root.getParent());
        assertEquals(
                "folder/\nA.txt\nb.txt\nREADME.md\n",
                get("/", "Accept", "text/plain").body());
        assertEquals(
                "folder/\nREADME.md\nb.txt\nA.txt\n",
                get("/?sort=SIZE&descending=true", "Accept", "text/plain").body());
        assertTrue(get("/", "Accept", "application/json")
                .body()
                .startsWith("{\"path\":\"/\",\"entries\":[{\"name\":\"folder\",\"directory\":true,"));
        HttpResponse<String> page = get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertEquals(
                "text/html;charset=utf-8",
                page.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(page.body().contains("<pre># &lt;b&gt;Hello&lt;/b&gt;</pre>"), page.body());
        assertEquals(400, get("/?sort=colour").statusCode());
    }

    @Test
    void redirectsADirectoryToItsSlash() throws Exception {
        Files.createDirectories(root.resolve("a b/c"));
        for (String path : List.of("/a%20b/c", "//a%20b//c")) {
            HttpResponse<String> response = get(path);
            assertEquals(301, response.statusCode());
            assertEquals("/a%20b/c/", response.headers().firstValue("Location").orElseThrow());
        }
        assertEquals(200, get("/a%20b/c/").statusCode());
    }

    @Test
    void sendsFiles() throws Exception {
        Files.writeString(root.resolve("a.txt"), "0123456789");
        assertEquals("234", get("/a.txt", "Range", "bytes=2-4").body());
        assertEquals(416, get("/a.txt", "Range", "bytes=10-").statusCode());
        assertEquals(
                "attachment; filename=\"a.txt\"",
                get("/a.txt?download")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElseThrow());
        assertEquals(404, get("/b.txt").statusCode());
        assertEquals(403, get("/%2e%2e/a.txt").statusCode());
    }

    @Test
    void listsTenThousandFiles() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(root.resolve("file-" + i));
        }
        assertEquals(10_000, get("/", "Accept", "text/plain").body().lines().count());
    }
}
