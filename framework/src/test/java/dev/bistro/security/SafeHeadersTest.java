package dev.bistro.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.html.Html;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header fields that make browsers careful × kinds of answers. */
@Timeout(60)
class SafeHeadersTest {
    private static final String NOSNIFF = "X-Content-Type-Options: nosniff";
    private static final String REFERRER = "Referrer-Policy: strict-origin-when-cross-origin";
    private static final String FRAMES = "Content-Security-Policy: frame-ancestors 'self'";

    private static Server server;
    private static Server bare;

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class Application {}

    @Route("/")
    static final class Answers {
        @Get("/text")
        String text() {
            return "text";
        }

        @Get("/page")
        Html page() {
            return Html.of("<p>");
        }

        @Get("/xhtml")
        @Produces("application/xhtml+xml")
        String xhtml() {
            return "<p/>";
        }

        @Get("/upper")
        Response<Html> upper() {
            return Response.ok(Html.of("")).withHeader("Content-Type", "TEXT/HTML ; charset=utf-8");
        }

        @Get("/own")
        @Header(name = "Content-Security-Policy", value = "default-src 'none'")
        @Header(name = "Referrer-Policy", value = "no-referrer")
        @Header(name = "X-Content-Type-Options", value = "sniff")
        Html own() {
            return Html.of("");
        }

        @Get("/denied")
        @Header(name = "X-Frame-Options", value = "DENY")
        Html denied() {
            return Html.of("");
        }

        @Get("/report")
        @Header(name = "Content-Security-Policy-Report-Only", value = "default-src 'none'")
        Html report() {
            return Html.of("");
        }

        @Get("/stream")
        @Produces("text/html")
        StreamingBody stream() {
            return output -> output.write('a');
        }

        @Get("/feed")
        Feed<String> feed() {
            Feed<String> feed = Feed.create();
            feed.close();
            return feed;
        }

        @Get("/fails")
        String fails() {
            throw new IllegalStateException("expected");
        }

        @Get("/see")
        Response<Void> see() {
            return Response.seeOther("/text");
        }

        @Post("/body")
        String body(@Body String body) {
            return body;
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnMessage
        void message(String text) {}
    }

    private static BistroBuilder app() {
        return Bistro.app(Application.class)
                .classes(Answers.class, Socket.class)
                .port(0)
                .set("server.max-body-size", "100B")
                .set("server.head-timeout", "100ms");
    }

    @BeforeAll
    static void start() {
        server = app().start();
        bare = app().set("security.headers.nosniff", "false")
                .set("security.headers.referrer-policy", "false")
                .set("security.headers.frame-ancestors", "false")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        bare.close();
    }

    private static String head(Server to, String line, String fields) throws IOException {
        String request = line.strip() + "\r\nHost: a\r\nConnection: close\r\n"
                + fields.strip().replace("; ", "\r\n") + "\r\n\r\n";
        try (var client = new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port()))) {
            return client.send(line.contains("UNFINISHED") ? "GET /" : request).readHead();
        }
    }

    private static String added(String head) {
        var added = new ArrayList<String>();
        for (String line : head.split("\r\n")) {
            if (line.matches("(?i)(X-Content-Type-Options|Referrer-Policy|Content-Security-Policy): .*")) {
                added.add(
                        switch (line) {
                            case NOSNIFF -> "nosniff";
                            case REFERRER -> "referrer";
                            case FRAMES -> "frames";
                            default -> line.contains("frame-ancestors 'none'") ? "strict" : line;
                        });
            }
        }
        return String.join(", ", added.stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "GET /text HTTP/1.1       | X-No: 1                | 200 | nosniff",
                "HEAD /text HTTP/1.1      | X-No: 1                | 200 | nosniff",
                "GET /page HTTP/1.1       | X-No: 1                | 200 | frames, nosniff, referrer",
                "HEAD /page HTTP/1.1      | X-No: 1                | 200 | frames, nosniff, referrer",
                "GET /xhtml HTTP/1.1      | X-No: 1                | 200 | frames, nosniff, referrer",
                "GET /upper HTTP/1.1      | X-No: 1                | 200 | frames, nosniff, referrer",
                "GET /own HTTP/1.1        | X-No: 1                | 200 | Content-Security-Policy: default-src 'none',"
                        + " Referrer-Policy: no-referrer, X-Content-Type-Options: sniff",
                "GET /denied HTTP/1.1     | X-No: 1                | 200 | nosniff, referrer",
                "GET /report HTTP/1.1     | X-No: 1                | 200 | frames, nosniff, referrer",
                "GET /stream HTTP/1.1     | X-No: 1                | 200 | frames, nosniff, referrer",
                "GET /feed HTTP/1.1       | X-No: 1                | 200 | nosniff",
                "GET /see HTTP/1.1        | X-No: 1                | 303 | nosniff",
                "GET /fails HTTP/1.1      | X-No: 1                | 500 | nosniff",
                "GET /fails HTTP/1.1      | Accept: text/html      | 500 | nosniff, referrer, strict",
                "GET /nowhere HTTP/1.1    | X-No: 1                | 404 | nosniff",
                "GET /nowhere HTTP/1.1    | Accept: text/html      | 404 | nosniff, referrer, strict",
                "DELETE /text HTTP/1.1    | X-No: 1                | 405 | nosniff",
                "OPTIONS /text HTTP/1.1   | X-No: 1                | 204 | nosniff",
                "GET /files/index.html HTTP/1.1 | X-No: 1              | 200 | frames, nosniff, referrer",
                "GET /files/index.html HTTP/1.1 | If-None-Match: *     | 304 | nosniff",
                "POST /body HTTP/1.1      | Content-Length: 101    | 413 | nosniff",
                "POST /body HTTP/1.1      | Origin: http://b       | 403 | nosniff",
                "GET /text HTTP/1.1       | Expect: magic          | 417 | nosniff",
                "GET /text HTTP/9.9       | X-No: 1                | 505 | nosniff",
                "GET  /text HTTP/1.1      | X-No: 1                | 400 | nosniff",
                "UNFINISHED               | X-No: 1                | 408 | nosniff",
                "GET /ws HTTP/1.1         | X-No: 1                | 426 | nosniff",
                "GET /ws HTTP/1.1         | Connection: Upgrade; Upgrade: websocket; Sec-WebSocket-Version: 13;"
                        + " Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 101 | nosniff",
            })
    void areOnEachAnswer(String line, String fields, int status, String expected) throws IOException {
        String head = head(server, line, fields);
        assertEquals(status, Integer.parseInt(head.substring(9, 12)), head);
        assertEquals(expected, added(head), head);
        assertFalse(head.matches("(?si).*\r\n(Server|X-Powered-By|Via|X-[a-z-]*Version):.*"), head);
        assertFalse(head.toLowerCase().contains("bistro"), head);
        String without = head(bare, line, fields);
        List<String> own = List.of(expected.split(", ")).stream()
                .filter(field -> !List.of("frames", "nosniff", "referrer").contains(field))
                .toList();
        assertEquals(String.join(", ", own), added(without), without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "nosniff         | frames, referrer",
                "referrer-policy | frames, nosniff",
                "frame-ancestors | nosniff, referrer"
            })
    void eachIsSwitchedOffByItself(String setting, String left) throws IOException {
        try (Server without =
                app().set("security.headers." + setting.strip(), "false").start()) {
            String head = head(without, "GET /page HTTP/1.1", "X-No: 1");
            assertEquals(left, added(head), head);
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
        }
    }
}
