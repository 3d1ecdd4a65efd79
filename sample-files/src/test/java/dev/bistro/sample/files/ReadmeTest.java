package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder's README, and any other Markdown file, as a page and as a file. */
class ReadmeTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    @TempDir
    static Path folder;

    private static Path served;
    private static TestClient client;

    /** A folder for each test. */
    private Path root;

    private String address;

    @BeforeAll
    static void start() throws Exception {
        served = Files.createDirectory(folder.resolve("root"));
        client = TestClient.start(Sample.readOnly(served));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @BeforeEach
    void makeFolder() throws Exception {
        root = Files.createTempDirectory(served, "a #1?%20 ");
        address = "/" + Links.encode(root.getFileName().toString()) + "/";
    }

    private TestResponse open(String name) {
        return client.get(address + name).accept(BROWSER).send();
    }

    private String listing() {
        return open("").assertStatus(200).text();
    }

    private static boolean shows(String page, String text) {
        return page.contains(text + "</h1>\n</article>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            README.md                     | README.md
            readme.md                     | readme.md
            Readme.Md                     | Readme.Md
            README.MD,Readme.md,readme.md | README.MD
            README.txt,README,readme.md   | readme.md
            """)
    void showsTheOneThatStandsOut(String names, String shown) throws Exception {
        for (String name : names.split(",")) {
            Files.writeString(root.resolve(name), "# This is " + name);
        }
        Assumptions.assumeTrue(Files.list(root).count() == names.split(",").length, "A file system without cases");
        String page = listing();
        assertTrue(shows(page, "This is " + shown), page);
        assertEquals(2, page.split("This is", -1).length, page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "readme.TXT"})
    void showsAnotherAsItWasWritten(String name) throws Exception {
        Files.writeString(root.resolve(name), "# <b>");
        open("").assertContains("<pre># &lt;b&gt;</pre>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\uFEFF\r\n"})
    void showsNothingOfAnEmptyOne(String text) throws Exception {
        Files.writeString(root.resolve("README.md"), text);
        open("").assertStatus(200).assertContainsNot("<article");
    }

    @Test
    void passesOverWhatIsNoFile() throws Exception {
        Files.createDirectory(root.resolve("README.md"));
        Files.writeString(root.resolve("README.txt"), "text");
        open("").assertStatus(200).assertContains("<pre>text</pre>");
    }

    @Test
    void followsALinkWithinTheFolderAndNoneThatLeadsOut() throws Exception {
        Files.writeString(root.resolve("about.txt"), "# Within");
        Path readme = Files.createSymbolicLink(root.resolve("README.md"), Path.of("about.txt"));
        assertTrue(shows(listing(), "Within"));
        for (Path target : List.of(
                Files.writeString(folder.resolve("outside"), "# Outside"),
                Files.writeString(root.resolve(".hidden"), "# Hidden"),
                readme,
                root.resolve("gone"))) {
            Files.delete(readme);
            Files.createSymbolicLink(readme, target);
            open("").assertStatus(200).assertContainsNot("<article");
            open("README.md").assertStatus(404);
        }
    }

    @Test
    void showsTheListingWithoutOneThatCannotBeRead() throws Exception {
        Path readme = Files.writeString(root.resolve("README.md"), "# a");
        Assumptions.assumeTrue(readme.toFile().setReadable(false) && !Files.isReadable(readme), "root reads all");
        open("").assertStatus(200).assertContainsNot("<article");
    }

    @Test
    void readsNothingThatFailsWhileItIsRead() {
        assertEquals(Optional.empty(), TextFile.read(root)); // a folder can be opened, and not be read
        assertEquals(Optional.empty(), TextFile.read(root.resolve("gone")));
    }

    @Test
    void readsAnyBytes() throws Exception {
        byte[] bytes = "\uFEFF# a \u00ff".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xff; // and half of a character behind it
        Files.write(root.resolve("README.md"), bytes);
        String page = listing();
        assertTrue(page.contains("<h1 id=\"readme-a-\">a \uFFFD\uFFFD</h1>"), page);
    }

    @Test
    void leadsToOneThatIsTooLong() throws Exception {
        Path readme = Files.writeString(root.resolve("README.md"), "a".repeat(TextFile.MAX_BYTES));
        assertTrue(listing().contains("<article"));
        Files.writeString(readme, "a".repeat(TextFile.MAX_BYTES + 1));
        open("").assertContainsNot("<article").assertContains("<a href=\"README.md\">README.md</a> has 256.0 KiB");
        open("README.md").assertType("text/markdown;charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            a.md,          '%s',                             text/html;charset=utf-8
            A.MD,          '%s',                             text/html;charset=utf-8
            a.md,          text/html,                        text/html;charset=utf-8
            a.md,          'text/html, text/markdown;q=0.9', text/html;charset=utf-8
            a.md,          'text/markdown, text/html;q=0.9', text/markdown;charset=utf-8
            a.md,          text/*,                           text/markdown;charset=utf-8
            a.md,          */*,                              text/markdown;charset=utf-8
            a.md,          'image/webp,*/*;q=0.8',           text/markdown;charset=utf-8
            a.md,          application/json,                 text/markdown;charset=utf-8
            a.md,          -,                                text/markdown;charset=utf-8
            a.md?raw,      '%s',                             text/plain;charset=utf-8
            a.md?raw=,     */*,                              text/plain;charset=utf-8
            a.md?download, '%s',                             text/markdown;charset=utf-8
            a.txt,         '%s',                             text/plain;charset=utf-8
            """)
    void isAPageForBrowsersAndAFileForPrograms(String name, String accept, String type) throws Exception {
        Files.writeString(root.resolve(name.replaceFirst("\\?.*", "")), "# a");
        var request = client.get(address + name);
        var response = (accept == null ? request : request.accept(accept.formatted(BROWSER)))
                .send()
                .assertStatus(200)
                .assertType(type);
        if (type.startsWith("text/html")) {
            response.assertContains("<h1 id=\"readme-a\">a</h1>")
                    .assertHeaderHas("Vary", "Accept")
                    .assertHeader("Content-Security-Policy", MarkdownPage.CONTENT_SECURITY_POLICY)
                    .assertContainsNot("<script");
        } else {
            response.assertText("# a").assertHeader("Content-Security-Policy", "sandbox allow-same-origin");
        }
    }

    @Test
    void allowsAPageOfMarkdownNoScript() {
        assertEquals(
                "default-src 'none'; style-src 'sha256-…'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
                        + "frame-ancestors 'none'",
                MarkdownPage.CONTENT_SECURITY_POLICY.replaceAll("sha256-[^']+", "sha256-…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "README.md"})
    void isSentAnewWhenItHasChanged(String name) throws Exception {
        Path readme = Files.writeString(root.resolve("README.md"), "# one");
        var time = Files.getLastModifiedTime(readme);
        String tag =
                client.get(address + name).accept(BROWSER).send().header("ETag").orElseThrow();
        client.get(address + name)
                .accept(BROWSER)
                .header("If-None-Match", tag)
                .send()
                .assertStatus(304);
        client.get(address + name)
                .accept("application/json")
                .header("If-None-Match", tag)
                .send()
                .assertStatus(200);
        Files.writeString(readme, "# two");
        Files.setLastModifiedTime(readme, time); // as long, and as old
        var changed = client.get(address + name)
                .accept(BROWSER)
                .header("If-None-Match", tag)
                .send()
                .assertStatus(200)
                .assertNoHeader("Last-Modified");
        assertTrue(shows(changed.text(), "two"), changed.text());
        assertNotEquals(tag, changed.header("ETag").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "README.md"})
    void needsALoginWhereReadingDoes(String name) throws Exception {
        Files.writeString(root.resolve("README.md"), "# secret");
        try (var closed = TestClient.start(Sample.writable(served).set("files.login-to-read", "true"))) {
            closed.get(address + name).accept(BROWSER).send().assertStatus(401).assertContainsNot("secret");
            closed.get(address + name)
                    .accept(BROWSER)
                    .header("Authorization", Sample.AUTHORIZATION)
                    .send()
                    .assertStatus(200)
                    .assertContains(">secret</h1>");
        }
    }
}
