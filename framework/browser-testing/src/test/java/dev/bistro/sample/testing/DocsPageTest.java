package dev.bistro.sample.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.http.NotFoundException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page to read the OpenAPI document and to try requests, in a real browser and by the keyboard alone. */
@Timeout(600)
class DocsPageTest {
    private static final int MOST_TABS = 60;

    @RegisterExtension
    static final Browser browser = new Browser();

    private static Server server;

    @Description("A seat of the theatre.")
    record Seat(
            @Description("The row, from the stage.") int row,

            @Description("The number in the row, from the left.")
            int number,

            @Description("What it costs tonight, in euros.") int price) {}

    @Route("/seats")
    @Description("The seats of tonight.")
    static final class SeatController {
        @Get
        @Description("Lists the seats that are free, the nearest first.")
        List<Seat> free(@Description("how far from the stage it may be, in rows") @DefaultValue("20") int within) {
            return List.of(new Seat(1, 7, 40), new Seat(within, 12, 15));
        }

        @Get("/{row}/{number}")
        @Description("Finds a seat.")
        Seat find(@Description("from the stage") int row, @Description("from the left") int number) {
            if (row > 20) {
                throw new NotFoundException("There is no such row");
            }
            return new Seat(row, number, 25);
        }

        @Post("/reservations")
        @Status(201)
        @Description("Reserves a seat.")
        Seat reserve(Seat seat) {
            return seat;
        }
    }

    /** A theatre. */
    static final class Theatre {}

    @BeforeAll
    static void start() {
        server = Bistro.app(Theatre.class)
                .classes(SeatController.class)
                .port(0)
                .set("openapi.enabled", "true")
                .set("openapi.docs", "true")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        browser.complaints(); // those of the test before
        browser.open(URI.create(server.uri() + "/docs"));
        browser.await(
                "the operations",
                driver ->
                        driver.findElements(By.cssSelector("details.operation")).size() == 3);
    }

    private static void press(CharSequence... keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }

    /** Goes on by Tab until what has the focus is this. */
    private static WebElement tabTo(String selector) {
        for (int i = 0; i < MOST_TABS; i++) {
            WebElement at = browser.driver().switchTo().activeElement();
            if (Boolean.TRUE.equals(browser.run("return arguments[0].matches(arguments[1])", at, selector))) {
                return at;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("No Tab leads to " + selector);
    }

    private static String answer() {
        return browser.await("an answer", driver -> {
            String text = driver.findElement(By.cssSelector("details.operation[open]"))
                    .getText();
            return text.contains("content-type") ? text : null;
        });
    }

    @Test
    void triesARequestByTheKeyboard() throws Exception {
        tabTo("#find");
        press("find a seat");
        browser.await(
                "the one that is found",
                driver -> driver.findElements(By.cssSelector("details.operation:not([hidden])"))
                                .size()
                        == 1);
        tabTo("details.operation > summary");
        press(Keys.ENTER);
        tabTo("summary.try");
        press(Keys.ENTER);
        tabTo("input[aria-label=row]");
        press("3");
        tabTo("input[aria-label=number]");
        press("9");
        tabTo("button");
        press(Keys.ENTER);
        String shown = answer();
        assertTrue(shown.contains("200 OK"), shown);
        assertTrue(shown.contains("\"row\": 3") && shown.contains("\"number\": 9"), shown);
        browser.resize(820, 1250);
        browser.run("scrollTo(0, 0)");
        browser.screenshot(Path.of("target", "openapi.png")); // the guide has a copy
        browser.resize(1000, 800);
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void sendsABodyAndShowsErrors() {
        tabTo("#find");
        press("reserve");
        tabTo("details.operation:not([hidden]) > summary");
        press(Keys.ENTER);
        tabTo("summary.try");
        press(Keys.ENTER);
        WebElement body = tabTo("textarea");
        assertTrue(body.getAttribute("value").contains("\"row\": 0"), body.getAttribute("value"));
        press(Keys.chord(Keys.CONTROL, "a"));
        press("{\"row\":\"x\"}");
        tabTo("button");
        press(Keys.ENTER);
        String shown = answer();
        assertTrue(shown.contains("422") && shown.contains("/row"), shown);
    }

    /** Nothing is loaded of other hosts, nor could be: the page's policy allows its own files alone. */
    @Test
    void loadsNothingOfOtherHosts() {
        Object hosts = browser.run("return [...new Set(performance.getEntriesByType('resource')"
                + ".map(one => new URL(one.name).host))].join()");
        assertEquals(server.uri().getAuthority(), hosts);
        Object refused = browser.run("return fetch('http://127.0.0.1:1/').then(() => 'loaded', () => 'refused')");
        assertEquals("refused", refused);
        assertTrue(
                browser.complaints().stream().anyMatch(one -> one.contains("Content Security Policy")),
                "no complaint of the policy");
        browser.run("const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
                + " document.body.append(script)");
        assertEquals(Boolean.TRUE, browser.run("return window.ran === undefined"));
    }
}
