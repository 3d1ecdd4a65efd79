package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.auth.Authenticator;
import dev.bistro.sample.testing.Browser;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** The page as a person has it, in a real browser. */
class BrowserTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @TempDir
    Path folder;

    private Path root;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        server = Sample.writable(root).start();
        browser.complaints(); // those of the test before
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> names() {
        return browser.driver().findElements(By.cssSelector("td.name a")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private void awaitNames(String... expected) {
        browser.await("the names " + List.of(expected), driver -> names().equals(List.of(expected)));
    }

    private void awaitStatus(String expected) {
        browser.await(
                "the status: " + expected,
                driver -> driver.findElement(By.id("status")).getText().equals(expected));
    }

    private void click(String selector) {
        browser.driver().findElement(By.cssSelector(selector)).click();
    }

    /** Opens the page as somebody who has given name and password. */
    private void openLoggedIn() {
        String credentials =
                Links.encode(Sample.USER) + ":" + Links.encode(Sample.PASSWORD).replace("/", "%2F") + "@";
        browser.open(URI.create(server.uri().toString().replace("://", "://" + credentials) + "/?login=/"));
        browser.open(server.uri());
    }

    @Test
    void listsSortsAndOpens() throws Exception {
        String strange = "a <script>alert(1)<&'\"%20#?; 🙂";
        Files.writeString(Files.createDirectory(root.resolve(strange)).resolve("größe.txt"), "Hello, below");
        Files.writeString(root.resolve("big.txt"), "x".repeat(2_000));
        Files.writeString(root.resolve("small.txt"), "x");
        Files.writeString(root.resolve("README"), "Read <me>");
        Files.setLastModifiedTime(root.resolve("small.txt"), FileTime.from(Instant.EPOCH));
        browser.open(server.uri());
        awaitNames(strange + "/", "big.txt", "README", "small.txt");
        assertEquals(
                "Read <me>", browser.driver().findElement(By.tagName("pre")).getText());
        assertEquals(
                "1970-01-01 00:00",
                browser.driver()
                        .findElement(By.cssSelector("tr:last-child time"))
                        .getText());
        click("th.size button");
        awaitNames(strange + "/", "small.txt", "README", "big.txt");
        click("th.size button");
        awaitNames(strange + "/", "big.txt", "README", "small.txt");
        assertEquals(
                "descending", browser.driver().findElement(By.className("size")).getAttribute("aria-sort"));
        click("td.name a");
        awaitNames("größe.txt");
        assertEquals(
                "Files / " + strange,
                browser.driver().findElement(By.tagName("h1")).getText());
        assertEquals(List.of(), browser.complaints());
        click("td.name a");
        browser.await(
                "the file",
                driver -> driver.findElement(By.tagName("body")).getText().equals("Hello, below"));
    }

    @Test
    void downloads() throws Exception {
        Path file = Files.writeString(root.resolve("a page ü.html"), "<script>document.title = 'run'</script>");
        browser.open(server.uri());
        click("button.download");
        Path saved = browser.downloads().resolve(file.getFileName());
        browser.await("the download", driver -> Files.exists(saved));
        assertEquals(-1, Files.mismatch(file, saved));
    }

    @Test
    void aPageAmongTheFilesRunsNoScript() throws Exception {
        Files.writeString(
                root.resolve("page.html"), "<title>as written</title><script>document.title = 'run'</script>");
        browser.open(server.uri().resolve("/page.html"));
        assertEquals("as written", browser.driver().getTitle());
    }

    @Test
    void uploadsWithAProgressBar() throws Exception {
        byte[] content = new byte[6_000_000];
        new Random(5).nextBytes(content);
        Path file = Files.write(folder.resolve("a größe #1%.bin"), content);
        openLoggedIn();
        watchProgress();
        browser.limitUploads(3_000_000);
        browser.driver().findElement(By.id("files")).sendKeys(file.toString());
        awaitStatus("1 of 1 uploaded.");
        browser.limitUploads(-1);
        awaitNames("a größe #1%.bin");
        assertArrayEquals(content, Files.readAllBytes(root.resolve("a größe #1%.bin")));
        List<?> seen = (List<?>) browser.run("return window.seen");
        assertTrue(
                seen.stream().anyMatch(part -> ((Number) part).doubleValue() > 0 && ((Number) part).doubleValue() < 1),
                () -> "progress: " + seen);
        assertEquals(1, ((Number) seen.get(seen.size() - 1)).intValue());
        assertEquals(List.of(), browser.complaints());
    }

    /** Keeps each state of the progress bars in the page's {@code window.seen}, as a part of the whole. */
    private static void watchProgress() {
        browser.run("""
                window.seen = [];
                new MutationObserver(changes => changes.forEach(change => {
                    if (change.target.localName === 'progress') window.seen.push(change.target.position);
                })).observe(document.getElementById('uploads'), {subtree: true, attributes: true});
                """);
    }

    @Test
    void uploadsWhatIsDropped() throws Exception {
        openLoggedIn();
        browser.run("""
                const transfer = new DataTransfer();
                transfer.items.add(new File(['one'], 'one.txt'));
                transfer.items.add(new File(['two'], "<b>'two'&.txt"));
                document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true}));
                """);
        awaitStatus("2 of 2 uploaded.");
        awaitNames("<b>'two'&.txt", "one.txt");
        assertEquals("one", Files.readString(root.resolve("one.txt")));
        assertEquals("two", Files.readString(root.resolve("<b>'two'&.txt")));
    }

    @Test
    void asksBeforeAFileIsReplaced() throws Exception {
        Path old = Files.writeString(root.resolve("a.txt"), "old");
        Path file = Files.writeString(folder.resolve("a.txt"), "new");
        openLoggedIn();
        browser.driver().findElement(By.id("files")).sendKeys(file.toString());
        browser.await("a question", ExpectedConditions.alertIsPresent()).dismiss();
        awaitStatus("0 of 1 uploaded.");
        assertEquals("old", Files.readString(old));
        browser.driver().findElement(By.id("files")).sendKeys(file.toString());
        browser.await("a question", ExpectedConditions.alertIsPresent()).accept();
        awaitStatus("1 of 1 uploaded.");
        assertEquals("new", Files.readString(old));
    }

    @Test
    void saysWhyAFileIsNotTaken() throws Exception {
        server.close();
        server = Sample.writable(root).set("files.max-file-size", "1MB").start();
        Path file = Files.write(folder.resolve("large.bin"), new byte[5_000_000]);
        openLoggedIn();
        browser.driver().findElement(By.id("files")).sendKeys(file.toString());
        awaitStatus("0 of 1 uploaded.");
        assertEquals(
                "large.bin The body is longer than 1000000 bytes.",
                browser.driver()
                        .findElement(By.cssSelector("#uploads li"))
                        .getText()
                        .replace('\n', ' '));
        assertEquals(List.of(), names());
    }

    @Test
    void makesAndDeletesAFolder() {
        openLoggedIn();
        click("#new-folder");
        Alert question = browser.await("the name's question", ExpectedConditions.alertIsPresent());
        question.sendKeys("new & better");
        question.accept();
        awaitStatus("new & better was made.");
        awaitNames("new & better/");
        assertTrue(Files.isDirectory(root.resolve("new & better")));
        click("button.delete");
        browser.await("a question", ExpectedConditions.alertIsPresent()).accept();
        awaitStatus("new & better/ was deleted.");
        awaitNames();
        assertTrue(Files.notExists(root.resolve("new & better")));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void worksWithoutScripts() throws Exception {
        Path file = Files.writeString(folder.resolve("größe &.txt"), "by form");
        browser.runScripts(false);
        try {
            openLoggedIn();
            browser.driver().findElement(By.id("files")).sendKeys(file.toString());
            click("#upload button");
            awaitNames("größe &.txt");
            assertEquals("by form", Files.readString(root.resolve("größe &.txt")));
            browser.driver().findElement(By.name("folder")).sendKeys("new & better");
            click("#new-folder");
            awaitNames("new & better/", "größe &.txt");
            click("button.delete");
            browser.await("a question", driver -> driver.getTitle().equals("Delete new & better?"));
            click("button[name=sure]");
            awaitNames("größe &.txt");
        } finally {
            browser.runScripts(true);
        }
    }

    @Test
    void worksByKeyboard() throws Exception {
        Files.writeString(Files.createDirectory(root.resolve("folder")).resolve("a.txt"), "a");
        browser.open(server.uri());
        browser.await("the focus on the folder", driver -> {
            driver.switchTo().activeElement().sendKeys(Keys.TAB);
            return driver.switchTo().activeElement().getText().equals("folder/");
        });
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        awaitNames("a.txt");
    }

    @Test
    void fitsOnAPhone() throws Exception {
        Files.writeString(root.resolve("x".repeat(200) + ".txt"), "x");
        browser.resize(320, 568);
        try {
            openLoggedIn();
            awaitNames("x".repeat(200) + ".txt");
            assertEquals(
                    0L,
                    browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        } finally {
            browser.resize(1000, 800);
        }
    }

    /**
     * Writes {@code target/screenshot.png}; copy it to {@code screenshot.png} in this module when the page looks
     * different.
     */
    @Test
    void looksAsInTheReadme() throws Exception {
        String[] names = {
            "Holiday.mp4", "Lied für Lina.ogg", "Source.java", "backup-2026.tar.gz", "cat.jpg", "report.pdf"
        };
        int[] sizes = {48_234_496, 3_407_872, 4_711, 734_003_200, 2_621_440, 183_296};
        Instant time = Instant.parse("2026-05-01T18:30:00Z");
        for (int i = 0; i < names.length; i++) {
            Path file = Files.createFile(root.resolve(names[i]));
            try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(sizes[i]);
            }
            Files.setLastModifiedTime(file, FileTime.from(time.plusSeconds(97_211L * i)));
        }
        Files.writeString(
                root.resolve("README.md"), "# Our holiday\n\nTake what you like, and **thanks** for coming.\n");
        Files.setLastModifiedTime(root.resolve("README.md"), FileTime.from(time));
        Files.setLastModifiedTime(Files.createDirectory(root.resolve("photos 2026")), FileTime.from(time));
        openLoggedIn();
        awaitNames(
                "photos 2026/",
                "backup-2026.tar.gz",
                "cat.jpg",
                "Holiday.mp4",
                "Lied für Lina.ogg",
                "README.md",
                "report.pdf",
                "Source.java");
        browser.screenshot(Path.of("target/screenshot.png"));
        assertEquals("left", browser.run("return getComputedStyle(document.querySelector('th')).textAlign"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void showsAReadmeWithWhatItLeadsTo() throws Exception {
        Path place = Files.createDirectory(root.resolve("a #1?%20 b"));
        Files.writeString(place.resolve("dot.svg"), """
                <svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"><rect width="7" height="7"/></svg>
                """);
        Files.writeString(
                place.resolve("more #2.md"), "# Start\n\n" + "line\n\n".repeat(99) + "# The end\n\n[Back](./)");
        Files.writeString(place.resolve("README.md"), """
                # Tools

                ![A dot](dot.svg) <b id="tools">bold</b> [More](<more #2.md>) [Its end](more%20%232.md#the-end)

                | a | b |
                |---|--:|
                | 1 | 2 |
                """.replace("<more #2.md>", "more%20%232.md"));
        browser.open(server.uri().resolve("/a%20%231%3F%2520%20b/"));
        assertEquals(7L, browser.run("""
                const dot = document.querySelector('article img');
                return dot.decode().then(() => dot.naturalWidth);
                """));
        assertEquals(
                "Tools", browser.driver().findElement(By.id("readme-tools")).getText());
        assertEquals(
                "2",
                browser.driver().findElement(By.cssSelector("article td + td")).getText());
        assertEquals(List.of(), browser.driver().findElements(By.cssSelector("article b")));
        browser.driver().findElement(By.linkText("Its end")).click();
        browser.await("the end", driver -> (boolean) browser.run("return scrollY > 100"));
        assertEquals(List.of(), browser.complaints());
        browser.driver().findElement(By.linkText("Back")).click();
        browser.await(
                "the folder",
                driver -> !driver.findElements(By.linkText("Its end")).isEmpty());
        click("article a");
        browser.await("the page", driver -> driver.getTitle().equals("more #2.md"));
        click("button[name=raw]");
        browser.await(
                "the file",
                driver -> driver.findElement(By.tagName("body")).getText().startsWith("# Start"));
    }

    @Test
    void readsNoAddressOfAReadmeAsOneThatRunsSomething() throws Exception {
        var readme = new StringBuilder();
        for (String place : MarkdownTest.PLACES) {
            MarkdownTest.HARMFUL.forEach(
                    address -> readme.append(place.replace("ADDRESS", address)).append("\n\n---\n\n"));
        }
        Files.writeString(root.resolve("README.md"), readme);
        browser.open(server.uri());
        assertEquals(List.of("http:"), browser.run("""
                const parts = [...document.querySelectorAll('article [href], article [src]')];
                return [...new Set(parts.map(part => new URL(part.href ?? part.src).protocol))];
                """));
        assertEquals(false, browser.run("""
                const parts = [...document.querySelectorAll('article *')];
                return parts.some(part => part.matches('script, svg, iframe, style')
                    || [...part.attributes].some(attribute => attribute.name.startsWith('on')));
                """));
    }

    @Test
    void seeksInASoundByRange() throws Exception {
        Wave.write(root.resolve("tone.wav"), 300);
        server.close();
        var ranges = new ConcurrentLinkedQueue<String>();
        server = Sample.readOnly(root)
                .with(Authenticator.class, Authenticator.of("None", request -> {
                    request.header("Range").ifPresent(ranges::add);
                    return Optional.empty();
                }))
                .start();
        browser.open(server.uri().resolve("/tone.wav"));
        browser.await(
                "the sound's length", driver -> browser.run("return document.querySelector('video').duration >= 299"));
        browser.run("document.querySelector('video').currentTime = 280");
        browser.await(
                "the sound's end",
                driver -> browser.run(
                        "const v = document.querySelector('video'); return !v.seeking && v.currentTime >= 280"));
        assertTrue(
                ranges.stream().anyMatch(range -> range.matches("bytes=2[0-9]{7}-[0-9]*")),
                () -> "What lies 20 MB behind the start was not asked for by range: " + ranges);
    }
}
