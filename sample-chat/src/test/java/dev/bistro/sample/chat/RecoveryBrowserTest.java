package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.sample.testing.ApplicationProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;

/** The page where a way to the server is lost, or isn't there. */
@Timeout(600)
class RecoveryBrowserTest extends TwoPeople {
    private final HttpClient client = HttpClient.newHttpClient();

    /** One for all tests, which talk in rooms of their own. */
    private static ApplicationProcess chat;

    @BeforeAll
    static void start() throws IOException {
        chat = start(0);
    }

    private static ApplicationProcess start(int port) throws IOException {
        return ApplicationProcess.start(ChatApplication.class, Map.of(), "--server.port=" + port);
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    @Override
    URI uri() {
        return chat.uri();
    }

    private HttpResponse<String> post(String text) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri().resolve("/rooms/robots/messages"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"user\":\"Robot\",\"text\":\"" + text + "\"}"))
                        .build(),
                BodyHandlers.ofString());
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
        chat = start(chat.uri().getPort());
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
        open(ann, "Ann", "?room=robots");
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
}
