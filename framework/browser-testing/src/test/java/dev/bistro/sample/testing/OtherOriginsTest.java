package dev.bistro.sample.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.html.Html;
import dev.bistro.http.Response;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** What a real browser lets pages do with a server of another origin: CORS, forged requests, WebSockets and frames. */
@Timeout(600)
class OtherOriginsTest {
    private static final AtomicInteger CHANGES = new AtomicInteger();

    /** Sends a request, and says what the page's script gets to know of the answer. */
    private static final String FETCH = "return fetch(arguments[0], {method: arguments[1], headers: arguments[2] ?"
            + " {'X-One': '1'} : {}, body: arguments[3] || undefined}).then(answer => answer.text().then(text =>"
            + " answer.status + ' ' + answer.headers.get('X-Total') + (answer.ok ? ' ' + text : '')),"
            + " fault => 'nothing')";

    private static final String CONNECT = "return new Promise(done => {const socket = new WebSocket(arguments[0]);"
            + " socket.onopen = () => done('open'); socket.onerror = () => done('refused')})";

    @RegisterExtension
    static final Browser browser = new Browser();

    private static Server pages;
    private static Server api;

    @Route("/page")
    static final class Page {
        @Get
        Html page() {
            return Html.of("<title>page</title><body></body>");
        }
    }

    @Route("/")
    static final class Things {
        @Get("/shared/thing")
        Response<String> read() {
            return Response.ok("thing").withHeader("X-Total", "7");
        }

        @Put("/shared/thing")
        String change() {
            CHANGES.incrementAndGet();
            return "changed";
        }

        @Post("/shared/text")
        int add(@Body String text) {
            CHANGES.incrementAndGet();
            return text.length();
        }

        @Get("/closed/thing")
        String closed() {
            return "closed";
        }

        @Put("/closed/thing")
        String changeClosed() {
            CHANGES.incrementAndGet();
            return "changed";
        }

        @Post("/closed/text")
        String addClosed(@Body String text) {
            CHANGES.incrementAndGet();
            return "added";
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnMessage
        void message(String text) {}
    }

    @WebSocket("/shared/ws")
    static final class SharedSocket {
        @OnMessage
        void message(String text) {}
    }

    @BeforeAll
    static void start() {
        pages = Bistro.app(Page.class).classes(Page.class).port(0).start();
        api = Bistro.app(Things.class)
                .classes(Things.class, Page.class, Socket.class, SharedSocket.class)
                .port(0)
                .set("server.max-body-size", "100B")
                .set("security.cors.origins", "http://localhost:" + pages.port())
                .set("security.cors.paths", "/shared/{path*}")
                .set("security.cors.exposed-headers", "X-Total")
                .start();
    }

    @AfterAll
    static void stop() {
        pages.close();
        api.close();
    }

    @BeforeEach
    void forget() {
        CHANGES.set(0);
        browser.complaints();
    }

    private static URI at(String host, Server server, String path) {
        return URI.create("http://" + host + ":" + server.port() + path);
    }

    private static Object fetch(String path, String method, boolean hasField, String body) {
        return browser.run(FETCH, at("localhost", api, path).toString(), method, hasField, body);
    }

    private static void open(String from) {
        switch (from) {
            case "allowed" -> browser.open(at("localhost", pages, "/page"));
            case "other" -> browser.open(at("127.0.0.1", pages, "/page"));
            default -> browser.open(at("localhost", api, "/page"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // a page of the origin that is allowed
                "allowed, GET,  /shared/thing,   false, -,   200 7 thing, 0",
                "allowed, GET,  /shared/thing,   true,  -,   200 7 thing, 0",
                "allowed, PUT,  /shared/thing,   false, -,   200 null changed, 1",
                "allowed, POST, /shared/text,    false, abc, 200 null 3, 1",
                "allowed, GET,  /shared/nowhere, false, -,   404 null, 0",
                "allowed, POST, /shared/thing,   false, a,   405 null, 0",
                "allowed, POST, /shared/text,    false, long, 413 null, 0",
                "allowed, GET,  /closed/thing,   false, -,   nothing, 0",
                "allowed, PUT,  /closed/thing,   false, -,   nothing, 0",
                "allowed, POST, /closed/text,    false, abc, nothing, 0",
                // a page of another site
                "other,   GET,  /shared/thing,   false, -,   nothing, 0",
                "other,   PUT,  /shared/thing,   false, -,   nothing, 0",
                "other,   POST, /shared/text,    false, abc, nothing, 0",
                // our own
                "own,     GET,  /closed/thing,   false, -,   200 null closed, 0",
                "own,     PUT,  /closed/thing,   true,  -,   200 null changed, 1",
                "own,     POST, /closed/text,    false, abc, 200 null added, 1",
            })
    void letsScriptsReadAndChangeWhatTheyMay(
            String from, String method, String path, boolean hasField, String body, String told, int changes) {
        open(from);
        assertEquals(told, fetch(path, method, hasField, "long".equals(body) ? "x".repeat(200) : body));
        assertEquals(changes, CHANGES.get());
    }

    @ParameterizedTest
    @CsvSource({
        "allowed, /shared/ws, open",
        "allowed, /ws,        refused",
        "other,   /shared/ws, refused",
        "other,   /ws,        refused",
        "own,     /ws,        open",
        "own,     /shared/ws, open",
    })
    void letsPagesOpenTheWebSocketsThatTheyMay(String from, String path, String expected) {
        open(from);
        assertEquals(expected, browser.run(CONNECT, "ws://localhost:" + api.port() + path));
    }

    @ParameterizedTest
    @CsvSource({"allowed, 403, 0", "other, 403, 0", "own, added, 1"})
    void refusesFormsOfOtherPages(String from, String told, int changes) {
        open(from);
        browser.run(
                "const form = document.createElement('form'); form.method = 'post'; form.enctype = 'text/plain';"
                        + " form.action = arguments[0]; document.body.append(form); form.submit()",
                at("localhost", api, "/closed/text").toString());
        String text = browser.await(
                "the answer",
                driver -> driver.getCurrentUrl().endsWith("/closed/text")
                        ? driver.findElement(By.tagName("body")).getText()
                        : null);
        assertTrue(text.contains(told), text);
        assertEquals(changes, CHANGES.get());
    }

    @Test
    void keepsPagesOutOfTheFramesOfOthers() {
        open("allowed");
        browser.run(
                "return new Promise(done => {const frame = document.createElement('iframe'); frame.onload = done;"
                        + " frame.src = arguments[0]; document.body.append(frame)})",
                at("localhost", api, "/page").toString());
        assertTrue(
                browser.complaints().stream().anyMatch(complaint -> complaint.contains("frame-ancestors")),
                "the browser says that it refuses");
    }
}
