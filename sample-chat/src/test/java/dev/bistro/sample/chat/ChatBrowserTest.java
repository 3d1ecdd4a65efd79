package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.sample.testing.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page as people have it: two of them, in two real browsers. */
@Timeout(600)
class ChatBrowserTest extends TwoPeople {
    private Server server;

    @BeforeEach
    void start() {
        server = Bistro.app(ChatApplication.class).port(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    URI uri() {
        return server.uri();
    }

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
        bob.open(uri().resolve("/messages"));
        assertEquals(List.of(name + ": " + text), shown(bob));
        assertNull(bob.run("return window.broken"));
        assertEquals(List.of(), bob.complaints());
    }

    @Test
    void remembersTheNameAndOnesOwnMessages() {
        open(ann, "Ann");
        say(ann, "hello");
        awaitShown(ann, "Ann (you): hello");
        ann.open(uri());
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
