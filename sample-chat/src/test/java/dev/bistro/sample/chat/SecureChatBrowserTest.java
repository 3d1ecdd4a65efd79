package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Server;
import dev.bistro.sample.testing.Browser;
import dev.bistro.testing.TestClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page over HTTPS in a real browser, with the certificate for development; messages come over {@code wss}. */
@Timeout(300)
class SecureChatBrowserTest {
    private static Server server;

    @Order(1)
    @RegisterExtension
    static final BeforeAllCallback application = context -> server = Chat.settings()
            .set("server.tls.development", "true")
            .set("server.host", "127.0.0.1")
            .port(0)
            .start();

    @Order(2)
    @RegisterExtension
    static final Browser browser = Browser.trusting(() -> server.trustManager().getAcceptedIssuers()[0]);

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void awaitShown(String... expected) {
        browser.await(
                "the messages " + List.of(expected),
                driver -> driver.findElements(By.cssSelector("#messages li")).stream()
                        .map(item -> item.findElement(By.tagName("b")).getText() + ": "
                                + item.findElement(By.tagName("p")).getText())
                        .toList()
                        .equals(List.of(expected)));
    }

    @Test
    void talksOverHttpsAndWss() {
        URI uri = server.uri();
        assertEquals("https", uri.getScheme());
        browser.open(uri);
        browser.await(
                "a connection",
                driver -> driver.findElement(By.id("status")).getText().equals("Connected"));
        assertEquals("bySocket", browser.driver().findElement(By.id("status")).getAttribute("data-way"));
        assertEquals(true, browser.run("return isSecureContext && location.protocol === 'https:'"));
        browser.driver().findElement(By.id("user")).sendKeys("Ann");
        browser.driver().findElement(By.id("text")).sendKeys("hello", Keys.ENTER);
        awaitShown("Ann (you): hello");
        TestClient.of(server)
                .post("/messages")
                .json(new NewMessage(Optional.of("Bob"), "hello too"))
                .send()
                .assertStatus(201);
        awaitShown("Ann (you): hello", "Bob: hello too");
        assertEquals(List.of(), browser.complaints(), "no mixed content, and nothing else");
    }
}
