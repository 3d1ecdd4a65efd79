package dev.bistro.sample.chat;

import dev.bistro.sample.testing.Browser;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Two people with a browser each, what they do and what they see. */
abstract class TwoPeople {
    @RegisterExtension
    static final Browser ann = new Browser();

    @RegisterExtension
    static final Browser bob = new Browser();

    /** Where the chat is. */
    abstract URI uri();

    @AfterEach
    void leave() {
        for (Browser browser : List.of(ann, bob)) {
            browser.open(URI.create("about:blank"));
            browser.complaints(); // so that the next test has only its own
        }
    }

    // ---- what they do

    final void open(Browser browser, String name) {
        open(browser, name, "");
    }

    final void open(Browser browser, String name, String query) {
        browser.open(uri().resolve("/" + query));
        awaitConnected(browser);
        WebElement user = browser.driver().findElement(By.id("user"));
        user.clear();
        user.sendKeys(name);
    }

    static void type(Browser browser, CharSequence... keys) {
        browser.driver().findElement(By.id("text")).sendKeys(keys);
    }

    static void say(Browser browser, String text) {
        type(browser, text, Keys.ENTER);
    }

    /** Opens a page in which a script of ours comes first. */
    static void without(Browser browser, String taken, Runnable opening) {
        ChromeDriver driver = (ChromeDriver) browser.driver();
        Object script = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", taken))
                .get("identifier");
        opening.run();
        driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    // ---- what they see

    static String status(Browser browser) {
        return browser.driver().findElement(By.id("status")).getText();
    }

    static void awaitConnected(Browser browser) {
        browser.await("a connection", driver -> status(browser).equals("Connected"));
    }

    /** The way in which messages come. */
    static String way(Browser browser) {
        return browser.driver().findElement(By.id("status")).getAttribute("data-way");
    }

    /** Each message's name and text; a gap is dots. One script reads them all, since each question takes its time. */
    static List<String> shown(Browser browser) {
        var lines = new ArrayList<String>();
        for (Object line : (List<?>) browser.run("""
                        return [...document.querySelectorAll('#messages li')].map(item => item.className === 'gap'
                            ? '…'
                            : `${item.querySelector('b').innerText}: ${item.querySelector('p').innerText}`);""")) {
            lines.add((String) line);
        }
        return lines;
    }

    static void awaitShown(Browser browser, String... expected) {
        var last = new AtomicReference<List<String>>();
        browser.await(() -> "the messages " + List.of(expected) + ", but there were " + last, driver -> {
            last.set(shown(browser));
            return last.get().equals(List.of(expected));
        });
    }
}
