package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.sample.testing.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page as people have it: two of them, in two real browsers. */
@Timeout(600)
class ChatBrowserTest {
    @RegisterExtension
    static final Browser ann = new Browser();

    @RegisterExtension
    static final Browser bob = new Browser();

    private ChatProcess chat;

    @BeforeEach
    void start() throws IOException {
        chat = ChatProcess.start(0);
    }

    @AfterEach
    void stop() {
        chat.close();
        for (Browser browser : List.of(ann, bob)) {
            browser.open(URI.create("about:blank"));
            browser.complaints(); // so that the next test has only its own
        }
    }

    // ---- what people do

    private void open(Browser browser, String name) {
        open(browser, name, "");
    }

    private void open(Browser browser, String name, String query) {
        browser.open(chat.uri().resolve("/" + query));
        awaitConnected(browser);
        WebElement user = browser.driver().findElement(By.id("user"));
        user.clear();
        user.sendKeys(name);
    }

    private static void type(Browser browser, CharSequence... keys) {
        browser.driver().findElement(By.id("text")).sendKeys(keys);
    }

    private static void say(Browser browser, String text) {
        type(browser, text, Keys.ENTER);
    }

    // ---- what people see

    private static String status(Browser browser) {
        return browser.driver().findElement(By.id("status")).getText();
    }

    private static void awaitConnected(Browser browser) {
        browser.await("a connection", driver -> status(browser).equals("Connected"));
    }

    /** The way in which messages come. */
    private static String way(Browser browser) {
        return browser.driver().findElement(By.id("status")).getAttribute("data-way");
    }

    /** Each message's name and text; a gap is dots. */
    private static List<String> shown(Browser browser) {
        var lines = new ArrayList<String>();
        for (WebElement item : browser.driver().findElements(By.cssSelector("#messages li"))) {
            lines.add(
                    item.getAttribute("class").equals("gap")
                            ? "…"
                            : item.findElement(By.tagName("b")).getText() + ": "
                                    + item.findElement(By.tagName("p")).getText());
        }
        return lines;
    }

    private static void awaitShown(Browser browser, String... expected) {
        browser.await(
                "the messages " + List.of(expected) + ", but there were " + shown(browser),
                driver -> shown(browser).equals(List.of(expected)));
    }

    private HttpResponse<String> post(String text) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(chat.uri().resolve("/messages"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"user\":\"Robot\",\"text\":\"" + text + "\"}"))
                                .build(),
                        BodyHandlers.ofString());
    }

    // ----

    @Test
    void twoPeopleTalk() throws IOException {
        Dimension before = ann.driver().manage().window().getSize();
        ann.driver().manage().window().setSize(new Dimension(640, 600));
        open(ann, "Ann");
        open(bob, "Bob");
        say(ann, "Is anybody here?");
        awaitShown(bob, "Ann: Is anybody here?");
        say(bob, "I am. Wie geht’s?");
        type(ann, "Fine.", Keys.chord(Keys.SHIFT, Keys.ENTER), "And you?", Keys.ENTER);
        awaitShown(bob, "Ann: Is anybody here?", "Bob (you): I am. Wie geht’s?", "Ann: Fine.\nAnd you?");
        awaitShown(ann, "Ann (you): Is anybody here?", "Bob: I am. Wie geht’s?", "Ann (you): Fine.\nAnd you?");
        assertEquals(
                2, ann.driver().findElements(By.cssSelector("#messages li.own")).size());
        assertEquals("", ann.driver().findElement(By.id("text")).getAttribute("value"));
        ann.screenshot(Path.of("target", "screenshot.png")); // the README has a copy
        ann.driver().manage().window().setSize(before);
        assertEquals(List.of(), ann.complaints());
        assertEquals(List.of(), bob.complaints());
    }

    @Test
    void bothRecoverWhenTheServerIsKilled() throws Exception {
        open(ann, "Ann");
        without(bob, "delete window.WebSocket; delete window.EventSource;", () -> open(bob, "Bob"));
        say(ann, "before");
        awaitShown(bob, "Ann: before");
        chat.kill();
        ann.await("that it is noticed", driver -> status(ann).startsWith("Connecting"));
        say(ann, "after");
        ann.await(
                "that it isn't sent",
                driver -> driver.findElement(By.id("problem")).getText().startsWith("Not sent"));
        assertEquals("after", ann.driver().findElement(By.id("text")).getAttribute("value"));
        chat = ChatProcess.start(chat.uri().getPort());
        awaitConnected(ann);
        awaitConnected(bob);
        ann.driver().findElement(By.cssSelector("button")).click();
        awaitShown(ann, "Ann (you): before", "…", "Ann (you): after");
        say(bob, "again");
        awaitShown(bob, "Ann: before", "…", "Ann: after", "Bob (you): again");
        awaitShown(ann, "Ann (you): before", "…", "Ann (you): after", "Bob: again");
        assertEquals("", ann.driver().findElement(By.id("problem")).getText());
    }

    @Test
    void nothingIsLostOrDoubledWhileItConnectsAnew() throws Exception {
        open(ann, "Ann");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            if (i % 3 == 0) {
                ann.run("window.dispatchEvent(new Event('online'))");
            }
            assertEquals(201, post("number " + i).statusCode());
            expected.add("Robot: number " + i);
        }
        awaitShown(ann, expected.toArray(String[]::new));
    }

    @Test
    void markupStaysText() throws Exception {
        String name = "<b onclick=alert(1)>Eve</b>";
        String text = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'>&amp; ü 你好";
        open(ann, name);
        open(bob, "Bob");
        say(ann, text);
        awaitShown(bob, name + ": " + text);
        awaitShown(ann, name + " (you): " + text);
        for (Browser browser : List.of(ann, bob)) {
            assertNull(browser.run("return window.broken"));
            assertEquals(0L, browser.run("return document.querySelectorAll('#messages :is(script, img, b b)').length"));
            assertEquals(List.of(), browser.complaints());
        }
        bob.open(chat.uri().resolve("/messages"));
        assertEquals(List.of(name + ": " + text), shown(bob));
        assertNull(bob.run("return window.broken"));
        assertEquals(List.of(), bob.complaints());
    }

    @Test
    void itTakesTheNextBestWayWhereOneIsNotThere() {
        talkWithout("", "bySocket");
        talkWithout("delete window.WebSocket;", "byEvents");
        talkWithout("delete window.WebSocket; delete window.EventSource;", "byPolling");
        // there, but something on the way doesn't let them through
        talkWithout("""
                window.WebSocket = class { constructor() { setTimeout(() => this.onclose(), 1); } close() {} };
                window.EventSource = class extends EventTarget {
                    constructor() { super(); setTimeout(() => this.onerror(), 1); } close() {} };""", "byPolling");
    }

    /** Two people talk, one of whom has a browser that a script has taken something from. */
    private void talkWithout(String taken, String way) {
        String room = "?room=" + way + taken.length();
        without(ann, taken, () -> open(ann, "Ann", room));
        assertEquals(way, way(ann));
        open(bob, "Bob", room);
        assertEquals("bySocket", way(bob));
        say(ann, "one");
        awaitShown(bob, "Ann: one");
        say(bob, "two");
        awaitShown(ann, "Ann (you): one", "Bob: two");
        say(ann, "three");
        awaitShown(ann, "Ann (you): one", "Bob: two", "Ann (you): three");
        awaitShown(bob, "Ann: one", "Bob (you): two", "Ann: three");
    }

    /** Opens a page in which a script of ours comes first. */
    private static void without(Browser browser, String taken, Runnable opening) {
        ChromeDriver driver = (ChromeDriver) browser.driver();
        Object script = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", taken))
                .get("identifier");
        opening.run();
        driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    @Test
    void remembersTheNameAndOnesOwnMessages() {
        open(ann, "Ann");
        say(ann, "hello");
        awaitShown(ann, "Ann (you): hello");
        ann.open(chat.uri());
        awaitShown(ann, "Ann (you): hello");
        assertEquals("Ann", ann.driver().findElement(By.id("user")).getAttribute("value"));
        say(ann, "again");
        awaitShown(ann, "Ann (you): hello", "Ann (you): again");
    }

    @Test
    void showsTimesInTheZoneOfTheReader() {
        for (String zone : List.of("Asia/Kolkata", "America/Lima")) {
            ((ChromeDriver) ann.driver())
                    .executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
            open(ann, "Ann");
            say(ann, zone);
            ann.await("the message", driver -> shown(ann).contains("Ann (you): " + zone));
            assertEquals(true, ann.run("""
                            const time = document.querySelector('#messages li:last-child time');
                            const short = {timeStyle: 'short', timeZone: arguments[0]};
                            return time.dateTime.endsWith('Z')
                                && time.textContent ===
                                    new Intl.DateTimeFormat(undefined, short)
                                        .format(new Date(time.dateTime));""", zone));
        }
        ((ChromeDriver) ann.driver()).executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
    }

    @Test
    void keepsRoomsApart() {
        open(ann, "Ann", "?room=k%C3%BCche");
        open(bob, "Bob");
        assertEquals("Chat: küche", ann.driver().findElement(By.tagName("h1")).getText());
        say(bob, "in the lobby");
        say(ann, "in the kitchen");
        awaitShown(ann, "Ann (you): in the kitchen");
        awaitShown(bob, "Bob (you): in the lobby");
    }

    @Test
    void worksOnAPhoneByKeyboardAndWithAScreenReader() {
        ann.resize(320, 568);
        open(ann, "Ann");
        say(ann, "x".repeat(300));
        ann.await("the message", driver -> shown(ann).size() == 1);
        assertEquals(320L, ann.run("return document.scrollingElement.scrollWidth"));
        assertEquals(true, ann.run("return document.scrollingElement.scrollHeight <= window.innerHeight"));
        assertEquals("log", ann.run("return document.getElementById('messages').getAttribute('role')"));
        assertEquals("false", ann.run("return document.getElementById('messages').getAttribute('aria-busy')"));
        var names = new ArrayList<String>();
        ann.run("document.activeElement.blur()");
        for (int i = 0; i < 6; i++) {
            ann.driver().switchTo().activeElement().sendKeys(Keys.TAB);
            names.add(ann.driver().switchTo().activeElement().getAccessibleName());
        }
        assertTrue(names.containsAll(List.of("Messages", "Name", "Message", "Send")), names.toString());
        ann.resize(1000, 800);
    }
}
