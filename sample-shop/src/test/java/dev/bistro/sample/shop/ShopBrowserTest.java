package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.sample.testing.Browser;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as a person has it, in a real browser. */
@Timeout(300)
class ShopBrowserTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    private Server server;
    private Catalog catalog;

    @BeforeEach
    void start() {
        start(shop());
        browser.complaints(); // those of the test before
    }

    private static BistroBuilder shop() {
        return Bistro.app(ShopApplication.class).port(0).set("shop.database", "mem:browser");
    }

    private void start(BistroBuilder shop) {
        server = shop.start();
        catalog = server.get(Catalog.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Product add(String name, String price, String emoji, int stock) {
        return catalog.add(product(name, price, emoji, stock));
    }

    private static NewProduct product(String name, String price, String emoji, int stock) {
        return new NewProduct(name, new BigDecimal(price), Optional.of(emoji), stock);
    }

    // ---- what a person does

    private void open() {
        browser.open(server.uri());
    }

    private static WebElement find(String selector) {
        return browser.driver().findElement(By.cssSelector(selector));
    }

    private static void click(String selector) {
        find(selector).click();
    }

    private static void fill(String name, String text) {
        WebElement input = find("[name=" + name + "]");
        input.clear();
        input.sendKeys(text);
    }

    private static List<String> names() {
        return browser.driver().findElements(By.tagName("h2")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static void awaitNames(String... expected) {
        browser.await("the names " + List.of(expected), driver -> names().equals(List.of(expected)));
    }

    private static void awaitMessage(String expected) {
        browser.await(
                "the message: " + expected, driver -> find(".message").getText().equals(expected));
    }

    private static void awaitWarning(String expected) {
        browser.await(
                "the warning: " + expected, driver -> find(".warning").getText().startsWith(expected));
    }

    private static void awaitHeading(String expected) {
        browser.await("the heading: " + expected, driver -> find("h1").getText().equals(expected));
    }

    // ----

    @Test
    void searchesSortsAndGoesFromPageToPage() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 23; i++) {
            all.add("Tea " + (char) ('A' + i));
            add("Tea " + (char) ('A' + i), "2", "", 1);
        }
        open();
        fill("q", "tea");
        find("select").sendKeys("By name, from Z");
        find("[name=q]").sendKeys(Keys.ENTER);
        browser.await("what is found", driver -> find(".count").getText().equals("23 products with “tea”"));
        var seen = new ArrayList<>(names());
        assertEquals(20, seen.size());
        click("[rel=next]");
        awaitNames("Tea C", "Tea B", "Tea A");
        seen.addAll(names());
        Collections.reverse(seen);
        assertEquals(all, seen);
        click("[rel=first]");
        browser.await("the first page", driver -> names().size() == 20);
        assertEquals("tea", find("[name=q]").getAttribute("value"));
        assertEquals("-name", find("select").getAttribute("value"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void addsChangesAndDeletes() {
        open();
        click("summary");
        fill("name", "Tea & <b>more</b>");
        fill("price", "3.5");
        fill("emoji", "🍵");
        fill("stock", "7");
        click("details button");
        awaitMessage("The product was added.");
        assertEquals("Tea & <b>more</b>", names().get(0));
        assertEquals(
                new Product(4, "Tea & <b>more</b>", new BigDecimal("3.50"), "🍵", 7, 1),
                catalog.find(4).get());

        click("a[aria-label^='Change Tea']");
        awaitHeading("Change Tea & <b>more</b>");
        fill("name", "Green tea");
        fill("emoji", "");
        click("button");
        awaitMessage("The product was saved.");
        assertEquals("Green tea", names().get(0)); // the list is as it was
        assertEquals(
                new Product(4, "Green tea", new BigDecimal("3.50"), "", 7, 2),
                catalog.find(4).get());

        click("a[aria-label='Delete Green tea']");
        awaitHeading("Delete Green tea?");
        click("main a");
        browser.await("the list", driver -> names().size() == 4);
        click("a[aria-label='Delete Green tea']");
        awaitHeading("Delete Green tea?");
        click("button");
        awaitMessage("The product was deleted.");
        awaitNames("Mechanical Keyboard", "Coffee", "Python Book");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void showsWhatSomebodyElseHasChangedMeanwhile() {
        browser.open(server.uri().resolve("/products/2?sort=-price"));
        catalog.replace(2, 1, product("Coffee", "5.49", "☕", 80));
        fill("name", "Espresso");
        click("button");
        awaitWarning("Somebody else has changed this product meanwhile. Nothing is saved yet");
        var theirs = new ArrayList<String>();
        browser.driver().findElements(By.className("theirs")).forEach(one -> theirs.add(one.getText()));
        assertEquals(List.of("Now: Coffee", "Now: 5.49", "Now: 80"), theirs);
        assertEquals("Espresso", find("[name=name]").getAttribute("value"));
        assertEquals("4.99", find("[name=price]").getAttribute("value"));
        assertEquals("Coffee", catalog.find(2).get().name());
        fill("price", "5.49");
        fill("stock", "80");
        click("button");
        awaitMessage("The product was saved.");
        awaitNames("Mechanical Keyboard", "Python Book", "Espresso");
        assertEquals(
                new Product(2, "Espresso", new BigDecimal("5.49"), "☕", 80, 3),
                catalog.find(2).get());
    }

    @Test
    void orders() {
        open();
        WebElement pieces = find("[aria-label='Pieces of Mechanical Keyboard']");
        pieces.clear();
        pieces.sendKeys("2", Keys.ENTER);
        awaitMessage("Thank you! You have ordered 2 × Mechanical Keyboard for €179.98.");
        assertEquals(3, catalog.find(3).get().stock());
        catalog.take(3, 3); // somebody is faster
        click("[aria-label='Order Mechanical Keyboard']");
        awaitWarning("Mechanical Keyboard is sold out.");
        assertEquals(
                List.of("12 in stock", "100 in stock", "sold out"),
                browser.driver().findElements(By.className("stock")).stream()
                        .map(WebElement::getText)
                        .toList());
        assertEquals(2, browser.driver().findElements(By.className("order")).size());
    }

    @Test
    void lettersStayLetters() {
        String text = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'>\"'&amp;";
        long id = add(text, "1", "<i>", 3).id();
        for (String path : List.of("/?sort=-added", "/products/" + id, "/products/" + id + "/deletion")) {
            browser.open(server.uri().resolve(path));
            assertEquals(0L, browser.run("return document.querySelectorAll('script, img, i').length"));
            assertNull(browser.run("return window.broken"));
        }
        browser.open(server.uri().resolve("/?q=" + "%22%3E%3Cimg%20src=x%20onerror=%22window.broken=3%22%3E"));
        assertNull(browser.run("return window.broken"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void worksByKeyboard() {
        open();
        browser.run("document.activeElement.blur()");
        var names = new ArrayList<String>();
        while (!names.contains("Order Coffee") && names.size() < 40) {
            browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
            WebElement focused = browser.driver().switchTo().activeElement();
            assertNotEquals("none", focused.getCssValue("outline-style"), focused.getAccessibleName());
            names.add(focused.getAccessibleName());
        }
        assertEquals(
                List.of(
                        "Shop",
                        "Search",
                        "Sort",
                        "Show",
                        "Add a product",
                        "Pieces of Python Book",
                        "Order Python Book",
                        "Change Python Book",
                        "Delete Python Book",
                        "Pieces of Coffee",
                        "Order Coffee"),
                names);
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        awaitMessage("Thank you! You have ordered 1 × Coffee for €4.99.");
        assertEquals("message", browser.run("return document.activeElement.className")); // it is read, and found again
    }

    @Test
    void asksForALoginWhereThereIsAPassword() {
        stop();
        start(shop().set("shop.admin-password", "geheim"));
        open();
        assertEquals(
                0,
                browser.driver()
                        .findElements(By.cssSelector("details, .changes"))
                        .size());
        assertEquals("Log in", find("header form + form").getText());
        // a person types this into the browser's own question, which no driver sees
        browser.open(URI.create(server.uri().toString().replace("://", "://admin:geheim@") + "/login"));
        open();
        click("[aria-label='Delete Coffee']");
        awaitHeading("Delete Coffee?");
        click("button");
        awaitNames("Python Book", "Mechanical Keyboard");
    }

    @Test
    void fitsOnAPhone() throws IOException {
        String name = "x".repeat(100);
        long id = add(name, "1000000", "👩‍👩‍👧‍👦☕☕☕", 1_000_000).id();
        browser.resize(320, 568);
        try {
            String query = "?sort=-added&limit=2";
            for (String path :
                    List.of("/" + query, "/products/" + id, "/products/" + id + "/deletion", "/?q=" + name)) {
                browser.open(server.uri().resolve(path));
                assertFits(path);
            }
            browser.open(server.uri().resolve("/products/" + id));
            catalog.replace(id, 1, product("y".repeat(100), "1", "", 1));
            click("button");
            awaitWarning("Somebody else");
            assertFits("the conflict");
            browser.resize(375, 812);
            browser.screenshot(Path.of("target", "phone-conflict.png"));
        } finally {
            browser.resize(1000, 800);
        }
    }

    private static void assertFits(String page) {
        String beyond = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assertEquals(0L, browser.run(beyond), page);
    }

    /** Writes {@code target/shop.png}; copy it to {@code shop.png} in this module when the page looks different. */
    @Test
    void looksAsInTheReadme() throws IOException {
        add("Green Tea", "3.50", "🍵", 40);
        add("Headphones", "129.00", "🎧", 0);
        add("Croissant", "1.80", "🥐", 24);
        catalog.take(3, 2);
        open();
        click("[aria-label='Order Coffee']");
        awaitMessage("Thank you! You have ordered 1 × Coffee for €4.99.");
        browser.resize(1000, 640);
        browser.screenshot(Path.of("target", "shop.png"));
        browser.resize(375, 812);
        browser.screenshot(Path.of("target", "phone.png"));
        browser.resize(1000, 800);
    }
}
