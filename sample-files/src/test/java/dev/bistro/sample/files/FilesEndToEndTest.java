package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.testing.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings and files, read-only, as it is where nothing is set. */
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
            "&amp;.txt",
            "%2e%41.txt");

    private static final Pattern LINK = Pattern.compile("<td class=\"name [a-z]*\"><a href=\"([^\"]*)\"");

    @TempDir
    Path folder;

    private Path root;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        client = TestClient.start(Sample.readOnly(root));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void linksNamesOfAllKinds() throws Exception {
        for (String name : NAMES) {
            Files.writeString(root.resolve(name), "content of " + name);
        }
        var page = client.get("/").accept("text/html").send().assertContainsNot("<script>");
        var contents = LINK.matcher(page.text())
                .results()
                .map(link -> client.get("/" + link.group(1)).send().text())
                .sorted()
                .toList();
        assertEquals(NAMES.stream().map(name -> "content of " + name).sorted().toList(), contents);
    }

    @Test
    void listsAsTheClientLikesIt() throws Exception {
        Files.createDirectory(root.resolve("folder"));
        Files.writeString(root.resolve("b.txt"), "bb");
        Files.writeString(root.resolve("A.txt"), "a");
        Files.writeString(root.resolve(".hidden"), "");
        Files.writeString(root.resolve("README.md"), "# <b>Hello</b>");
        Files.createSymbolicLink(
                root.resolve("out"), Files.writeString(folder.resolve("outside"), "nobody's business"));
        client.get("/").accept("text/plain").send().assertText("folder/\nA.txt\nb.txt\nREADME.md\n");
        client.get("/?sort=size&descending=true")
                .accept("text/plain")
                .send()
                .assertText("folder/\nREADME.md\nb.txt\nA.txt\n");
        client.get("/")
                .accept("application/json")
                .send()
                .assertJson("/path", "/")
                .assertJson("/entries/0/name", "folder")
                .assertJson("/entries/0/directory", true)
                .assertJson("/entries/1/name", "A.txt")
                .assertJson("/entries/1/size", 1);
        client.get("/")
                .accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .send()
                .assertType("text/html;charset=utf-8")
                .assertHeaderHas("Vary", "Accept")
                .assertContains(">&lt;b&gt;Hello&lt;/b&gt;</h1>");
        client.get("/?sort=colour").send().assertProblemWith("sort");
    }

    @Test
    void allowsThePageNothingButItsOwnStyleAndScript() {
        String policy = client.get("/")
                .accept("text/html")
                .send()
                .header("Content-Security-Policy")
                .orElseThrow();
        assertEquals(
                "default-src 'none'; style-src 'sha256-…'; script-src 'sha256-…'; img-src 'self' data:; "
                        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                policy.replaceAll("sha256-[^']+", "sha256-…"));
    }

    @Test
    void redirectsADirectoryToItsSlash() throws Exception {
        Files.createDirectories(root.resolve("a b/c"));
        client.get("/a%20b/c").send().assertStatus(301).assertHeader("Location", "/a%20b/c/");
        client.get("//a%20b//c").send().assertStatus(404);
        client.get("/a%20b/c/").send().assertStatus(200);
    }

    @Test
    void sendsFiles() throws Exception {
        Files.writeString(root.resolve("a.txt"), "0123456789");
        client.get("/a.txt")
                .header("Range", "bytes=2-4")
                .send()
                .assertStatus(206)
                .assertText("234")
                .assertHeader("X-Content-Type-Options", "nosniff")
                .assertHeader("Content-Security-Policy", "sandbox allow-same-origin");
        client.get("/a.txt?download").send().assertHeader("Content-Disposition", "attachment; filename=\"a.txt\"");
        client.head("/a.txt").send().assertStatus(200).assertHeader("Content-Length", "10");
    }

    @Test
    void listsTenThousandFiles() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(root.resolve("file-" + i));
        }
        String text = client.get("/").accept("text/plain").send().text();
        assertEquals(10_000, text.lines().count());
        String page = client.get("/").accept("text/html").send().text();
        assertEquals(10_000, LINK.matcher(page).results().count());
    }
}
