package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.http.Cookie;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import dev.bistro.wire.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is kept of a connection's last head, of a target's last response, and of an exchange, changes no byte of an
 * answer: the first answer, alone on its connection, is the measure of all later ones.
 */
@Timeout(60)
class RepeatedHeadsTest {
    /** All kinds of heads: of one object or made anew, with and without a body, errors, and what the client decides. */
    private static final List<String> REQUESTS = List.of(
            "GET /text HTTP/1.1~Host: a~~",
            "HEAD /text HTTP/1.1~Host: a~~",
            "GET /text HTTP/1.1~Host: b~~",
            "GET /page HTTP/1.1~Host: a~~",
            "GET /annotated HTTP/1.1~Host: a~~",
            "GET /own/1 HTTP/1.1~Host: a~~",
            "GET /own/2 HTTP/1.1~Host: a~~",
            "GET /nothing HTTP/1.1~Host: a~~",
            "GET /cookie HTTP/1.1~Host: a~~",
            "GET /moved HTTP/1.1~Host: a~~",
            "GET /moved HTTP/1.1~Host: a~X-Forwarded-Prefix: /shop~X-Forwarded-Proto: https~~",
            "GET /cookie HTTP/1.1~Host: a~X-Forwarded-Proto: https~~",
            "GET /text HTTP/1.1~Host: a~X-Forwarded-Proto: https~~",
            "GET /status/200 HTTP/1.1~Host: a~~",
            "GET /status/202 HTTP/1.1~Host: a~~",
            "GET /missing HTTP/1.1~Host: a~~",
            "GET /no-such-route HTTP/1.1~Host: a~~",
            "POST /text HTTP/1.1~Host: a~Content-Length: 2~~ok",
            "GET /text HTTP/1.0~Connection: keep-alive~~");

    private static Server server;

    @Route("/")
    static final class Heads {
        private final AtomicInteger calls = new AtomicInteger();

        @Get("/text")
        String text() {
            return "text";
        }

        @Get("/page")
        @Produces("text/html")
        String page() {
            return "<p>page</p>";
        }

        @Get("/annotated")
        @Header(name = "Cache-Control", value = "no-store")
        String annotated() {
            return "annotated";
        }

        @Get("/own/{number}")
        Response<String> own(@PathParam int number) {
            return Response.ok("own").withHeader("X-Own", "" + number);
        }

        @Get("/nothing")
        void nothing() {
            calls.incrementAndGet();
        }

        @Get("/cookie")
        Response<String> cookie() {
            return Response.ok("cookie").withCookie(Cookie.of("a", "b"));
        }

        @Get("/moved")
        Response<Void> moved() {
            return Response.seeOther("/text");
        }

        @Get("/status/{code}")
        Response<String> status(@PathParam int code) {
            return Response.ok("status").withStatus(code);
        }

        @Get("/missing")
        String missing() {
            throw new NotFoundException("It isn't there.");
        }
    }

    @BeforeAll
    static void start() {
        server = Bistro.app(RepeatedHeadsTest.class)
                .classes(Heads.class)
                .port(0)
                .set("server.proxy.trusted", "127.0.0.1, ::1")
                .set("server.proxy.headers", "X-Forwarded-Proto, X-Forwarded-Prefix")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String bytes(String request) {
        return request.replace("~", "\r\n");
    }

    /** Without what differs each time. */
    private static String answer(RawClient client, String request) throws Exception {
        String head = client.readHead();
        int length = head.contains("Content-Length: ") && !request.startsWith("HEAD")
                ? Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"))
                : 0;
        String date = head.replaceAll("(?s).*\r\nDate: ([^\r]*).*", "$1");
        String id = head.replaceAll("(?s).*\r\nX-Request-Id: ([^\r]*).*", "$1");
        assertTrue(id.matches("[0-9a-f]{32}"), head);
        return head.replace(date, "now").replace(id, "id") + client.read(length).replace(id, "id");
    }

    private static Map<String, String> first() throws Exception {
        var answers = new LinkedHashMap<String, String>();
        for (String request : REQUESTS) {
            try (var client = new RawClient(address())) {
                client.send(bytes(request));
                answers.put(request, answer(client, request));
            }
        }
        return answers;
    }

    @Test
    void areTheSameWhateverCameBefore() throws Exception {
        Map<String, String> first = first();
        assertEquals(first, first());
        try (var client = new RawClient(address())) {
            for (String before : REQUESTS) {
                for (String request : REQUESTS) {
                    client.send(bytes(before + request));
                    assertEquals(first.get(before), answer(client, before), before);
                    assertEquals(first.get(request), answer(client, request), before + " " + request);
                }
            }
        }
    }

    @Test
    void areTheSameForManyClientsAtOnce() throws Exception {
        Map<String, String> first = first();
        var threads = Executors.newFixedThreadPool(4);
        var clients = new ArrayList<Callable<Void>>();
        for (int each = 0; each < 8; each++) {
            int from = each;
            clients.add(() -> {
                try (var client = new RawClient(address())) {
                    for (int i = 0; i < 10 * REQUESTS.size(); i++) {
                        String request = REQUESTS.get((from + i * (from + 1)) % REQUESTS.size());
                        client.send(bytes(request));
                        assertEquals(first.get(request), answer(client, request), request);
                    }
                }
                return null;
            });
        }
        for (var done : threads.invokeAll(clients)) {
            done.get();
        }
        threads.shutdown();
    }
}
