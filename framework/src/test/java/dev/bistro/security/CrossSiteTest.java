package dev.bistro.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.CrossOrigin;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.UnauthorizedException;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are refused as forged: what a browser says of them × where they go. */
@Timeout(60)
class CrossSiteTest {
    private static final AtomicInteger FILTERED = new AtomicInteger();

    private static Server server;
    private static Server proxied;
    private static Server open;

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class Application {}

    @Route("/")
    static final class Things {
        @Get("/thing")
        String get() {
            return "got";
        }

        @Query("/thing")
        String query() {
            return "asked";
        }

        @Post("/thing")
        String post() {
            return "posted";
        }

        @Put("/thing")
        String put(InputStream body) {
            return "put";
        }

        @Patch("/thing")
        String patch() {
            return "patched";
        }

        @Delete("/thing")
        String delete() {
            return "deleted";
        }

        @Route(value = "/thing", method = "MKCOL")
        String make() {
            return "made";
        }

        @Post("/form")
        String form(@FormParam String name) {
            return name;
        }

        @Post("/json")
        String json(@Body java.util.Map<String, String> body) {
            return "read";
        }

        @Post("/hooks/{name}")
        String hook(String name) {
            return name;
        }

        @Post("/transfer")
        String transfer() {
            return "transferred";
        }

        @Post("/shared")
        @CrossOrigin(origins = {"https://partner.example", "https://*.club.example:8443"})
        String shared() {
            return "shared";
        }

        @Get("/read-only")
        @CrossOrigin(origins = "https://partner.example")
        String readOnly() {
            return "read";
        }

        @Post("/public")
        @CrossOrigin(origins = "*")
        String open() {
            return "open";
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnMessage
        void message(String text) {}
    }

    @WebSocket("/ws-shared")
    @CrossOrigin(origins = "https://partner.example")
    static final class SharedSocket {
        @OnMessage
        void message(String text) {}
    }

    @Filter
    static final class Counting {
        Response<?> filter(Request request, Chain chain) {
            FILTERED.incrementAndGet();
            if (request.header("X-Login").isPresent()) {
                throw new UnauthorizedException("Basic realm=\"x\"");
            }
            return chain.proceed();
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(Application.class)
                .classes(Things.class, Socket.class, SharedSocket.class, Counting.class)
                .port(0)
                .set("security.csrf.trusted-paths", "/hooks/{path*}")
                .set("server.websocket.origins", "https://chat.example");
    }

    @BeforeAll
    static void start() {
        server = app().start();
        proxied = app().set("server.proxy.trusted", "127.0.0.1, ::1")
                .set("server.proxy.headers", "X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Port")
                .start();
        open = app().set("security.csrf.enabled", "false").start();
    }

    @AfterAll
    static void stop() {
        server.close();
        proxied.close();
        open.close();
    }

    private static String exchange(Server to, String line, String fields) throws IOException {
        String upgrade = line.contains("/ws")
                ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                : "Connection: close\r\nContent-Length: 0\r\n";
        String host = (" " + fields).contains(" Host: ") ? "" : "Host: shop.example\r\n";
        String request = line + " HTTP/1.1\r\n" + host + upgrade
                + fields.replace("; ", "\r\n").replace("-none-", "X-No: 1") + "\r\n\r\n";
        try (var client = new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port()))) {
            return line.startsWith("HEAD")
                    ? client.send(request).readHead()
                    : client.send(request).readResponse();
        }
    }

    private static int status(String response) {
        return Integer.parseInt(response.substring(9, 12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                // clients that are no browsers
                "POST /thing      | -none-                                                          | 200",
                "DELETE /thing    | Cookie: a=b                                                     | 200",
                "MKCOL /thing     | -none-                                                          | 200",
                "GET /ws          | -none-                                                          | 101",
                // what Sec-Fetch-Site says
                "POST /thing      | Sec-Fetch-Site: same-origin                                     | 200",
                "POST /thing      | Sec-Fetch-Site: none                                            | 200",
                "POST /thing      | Sec-Fetch-Site: cross-site                                      | 403",
                "POST /thing      | Sec-Fetch-Site: same-site                                       | 403",
                "PUT /thing       | Sec-Fetch-Site: cross-site                                      | 403",
                "PATCH /thing     | Sec-Fetch-Site: cross-site                                      | 403",
                "DELETE /thing    | Sec-Fetch-Site: same-site                                       | 403",
                "MKCOL /thing     | Sec-Fetch-Site: cross-site                                      | 403",
                "GET /thing       | Sec-Fetch-Site: cross-site                                      | 200",
                "HEAD /thing      | Sec-Fetch-Site: cross-site                                      | 200",
                "QUERY /thing     | Sec-Fetch-Site: cross-site; Origin: https://evil.example        | 200",
                "OPTIONS /thing   | Sec-Fetch-Site: cross-site; Origin: https://evil.example        | 204",
                // it counts where Origin says something else: a proxy may have rewritten Host
                "POST /thing      | Sec-Fetch-Site: same-origin; Origin: https://public.example     | 200",
                "POST /thing      | Sec-Fetch-Site: cross-site; Origin: http://shop.example         | 403",
                // what is no value of it is as if it weren't there
                "POST /thing      | Sec-Fetch-Site: sideways                                        | 200",
                "POST /thing      | Sec-Fetch-Site: cross-site;x=1                                  | 403",
                "POST /thing      | Sec-Fetch-Site: same-origin;x                                   | 200",
                "POST /thing      | Sec-Fetch-Site: ;                                               | 200",
                "POST /thing      | Sec-Fetch-Site: sideways; Origin: https://evil.example          | 403",
                "POST /thing      | Sec-Fetch-Site: Cross-Site                                      | 403",
                "POST /thing      | Sec-Fetch-Site: same-origin, cross-site                         | 403",
                "POST /thing      | Sec-Fetch-Site: same-origin; Sec-Fetch-Site: same-site          | 403",
                "POST /thing      | Sec-Fetch-Site: same-origin, none; Origin: https://evil.example | 403",
                // without it, Origin is compared with the host and port
                "POST /thing      | Origin: http://shop.example                                     | 200",
                "POST /thing      | Origin: https://shop.example                                    | 200",
                "POST /thing      | Origin: HTTPS://Shop.Example                                    | 200",
                "POST /thing      | Origin: http://shop.example:80                                  | 200",
                "POST /thing      | Origin: https://shop.example:443                                | 200",
                "POST /thing      | Origin: http://shop.example:8080                                | 403",
                "POST /thing      | Origin: http://shop.example:443                                 | 403",
                "POST /thing      | Origin: http://shop.example; Host: shop.example:8080            | 403",
                "POST /thing      | Origin: http://shop.example:8080; Host: Shop.example:8080       | 200",
                "POST /thing      | Origin: https://shop.example:8080; Host: shop.example:8080      | 200",
                "POST /thing      | Origin: https://shop.example; Host: shop.example:443            | 200",
                "POST /thing      | Origin: http://shop.example; Host: shop.example:443             | 403",
                "POST /thing      | Origin: https://shop.example; Host: shop.example:80             | 403",
                "POST /thing      | Origin: http://[::1]; Host: [::1]:80                            | 200",
                "POST /thing      | Origin: http://[::2]; Host: [::1]:80                            | 403",
                "POST /thing      | Origin: http://evil.example                                     | 403",
                "POST /thing      | Origin: http://a.shop.example                                   | 403",
                "POST /thing      | Origin: http://shop.example.evil.example                        | 403",
                "POST /thing      | Origin: http://evilshop.example                                 | 403",
                "POST /thing      | Origin: ftp://shop.example                                      | 403",
                // what is no origin
                "POST /thing      | Origin: null                                                    | 403",
                "POST /thing      | Origin:                                                         | 403",
                "POST /thing      | Origin: shop.example                                            | 403",
                "POST /thing      | Origin: http://shop.example/                                    | 403",
                "POST /thing      | Origin: http://user@shop.example                                | 403",
                "POST /thing      | Origin: http://evil.example#shop.example                        | 403",
                "POST /thing      | Origin: http://shop.example:                                    | 403",
                "POST /thing      | Origin: http://shop.example:99999                               | 403",
                "POST /thing      | Origin: http://shop.example http://evil.example                 | 403",
                "POST /thing      | Origin: http://shop.example; Origin: http://shop.example        | 403",
                // WebSockets
                "GET /ws          | Origin: http://shop.example                                     | 101",
                "GET /ws          | Origin: http://evil.example                                     | 403",
                "GET /ws          | Origin: null                                                    | 403",
                "GET /ws          | Origin: http://shop.example; Origin: http://shop.example        | 403",
                "GET /ws          | Origin: http://shop.example; Sec-Fetch-Site: same-origin        | 101",
                "GET /ws          | Origin: http://evil.example; Sec-Fetch-Site: cross-site         | 403",
                "GET /ws          | Sec-Fetch-Site: same-site                                       | 403",
                "GET /ws          | Origin: https://chat.example                                    | 101",
                "GET /ws          | Origin: https://chat.example; Sec-Fetch-Site: cross-site        | 101",
                "GET /ws          | Origin: http://chat.example                                     | 403",
                "GET /ws-shared   | Origin: https://partner.example                                 | 101",
                "GET /ws          | Origin: https://partner.example                                 | 403",
                "GET /ws/no-route | Origin: http://evil.example                                     | 403",
                "POST /thing      | Origin: https://chat.example                                    | 403",
                // other places
                "POST /form       | Origin: http://evil.example                                     | 403",
                "POST /json       | Origin: http://evil.example                                     | 403",
                "POST /nowhere    | Origin: http://evil.example                                     | 403",
                "POST /nowhere    | Origin: http://shop.example                                     | 404",
                "POST /files/a    | Origin: http://evil.example                                     | 403",
                "POST /files/a    | -none-                                                          | 405",
                "POST /%zz        | Origin: http://evil.example                                     | 403",
                "POST /%zz        | -none-                                                          | 400",
                // before logins
                "POST /thing      | X-Login: 1                                                      | 401",
                "POST /thing      | X-Login: 1; Origin: http://evil.example                         | 403",
                // origins that are allowed for the route
                "POST /shared     | Origin: https://partner.example; Sec-Fetch-Site: cross-site     | 200",
                "POST /shared     | Origin: https://partner.example                                 | 200",
                "POST /shared     | Origin: https://a.club.example:8443                             | 200",
                "POST /shared     | Origin: https://club.example:8443                               | 403",
                "POST /shared     | Origin: https://a.b.club.example:8443                           | 403",
                "POST /shared     | Origin: https://a.club.example                                  | 403",
                "POST /shared     | Origin: https://evil.example                                    | 403",
                "POST /shared     | Sec-Fetch-Site: cross-site                                      | 403",
                "POST /public     | Origin: null; Sec-Fetch-Site: cross-site                        | 200",
                "POST /public     | Sec-Fetch-Site: cross-site                                      | 200",
                "POST /read-only  | Origin: https://partner.example                                 | 405",
                "POST /read-only  | Origin: https://evil.example                                    | 403",
                "POST /thing      | Origin: https://partner.example                                 | 403",
                // paths that are trusted
                "POST /hooks/pay  | Origin: https://evil.example                                    | 200",
                "POST /hooks      | Origin: https://evil.example                                    | 404",
                "POST /hooks/..%2Ftransfer | Origin: https://evil.example                           | 404",
                "POST /hooks/../transfer   | Origin: https://evil.example                           | 404",
                "POST //hooks/pay | Origin: https://evil.example                                    | 403",
            })
    void refusesWhatAPageOfAnotherSiteMayHaveForged(String line, String fields, int status) throws IOException {
        FILTERED.set(0);
        String response = exchange(server, line.strip(), fields.strip());
        assertEquals(status, status(response), response);
        if (status == 403) {
            assertTrue(response.contains("application/problem+json"), response);
            assertTrue(response.contains("CSRF"), response);
            assertEquals(0, FILTERED.get(), "no filter is asked");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "X-Forwarded-Proto: https; Origin: https://shop.example                                  | 200",
                "X-Forwarded-Proto: https; Origin: http://shop.example                                   | 403",
                "X-Forwarded-Proto: http; Origin: http://shop.example                                    | 200",
                "X-Forwarded-Host: public.example; Origin: https://public.example                        | 200",
                "X-Forwarded-Host: public.example; Origin: https://shop.example                          | 403",
                "X-Forwarded-Host: public.example:8443; Origin: https://public.example:8443              | 200",
                "X-Forwarded-Host: public.example:8443; Origin: https://public.example                   | 403",
                "X-Forwarded-Host: public.example; X-Forwarded-Proto: https; X-Forwarded-Port: 8443;"
                        + " Origin: https://public.example:8443                                          | 200",
                "X-Forwarded-Host: public.example; X-Forwarded-Proto: https; X-Forwarded-Port: 8443;"
                        + " Origin: https://public.example                                               | 403",
                "X-Forwarded-Host: public.example; X-Forwarded-Proto: https; X-Forwarded-Port: 443;"
                        + " Origin: https://public.example                                               | 200",
            })
    void takesTheHostThatATrustedProxyTells(String fields, int status) throws IOException {
        assertEquals(status, status(exchange(proxied, "POST /thing", fields.strip())), fields);
    }

    @Test
    void saysWhatWasCompared() throws IOException {
        String response = exchange(
                server, "POST /thing", "Origin: https://public.example; Sec-Fetch-Site: same-site; Host: app:8080");
        assertTrue(
                response.contains("Refused by the rule against requests that pages of other sites forge (CSRF):"
                        + " Sec-Fetch-Site is same-site, Origin is https://public.example, Host is app:8080."),
                response);
        String without = exchange(server, "POST /thing", "Origin: <script>" + "x".repeat(5_000));
        assertTrue(without.contains("Sec-Fetch-Site is missing, Origin is <script>xxx"), without);
        assertTrue(without.length() < 1_500, "it is cut: " + without.length());
        String page = exchange(server, "POST /thing", "Accept: text/html; Origin: <script>");
        assertTrue(page.contains("Origin is &lt;script&gt;"), page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /thing", "DELETE /thing", "GET /ws"})
    void isSwitchedOffByASetting(String line) throws IOException {
        String fields = "Origin: https://evil.example; Sec-Fetch-Site: cross-site";
        assertEquals(403, status(exchange(server, line, fields)));
        assertFalse(status(exchange(open, line, fields)) >= 400);
    }

    /** The refusal needs no body, so it doesn't wait for one. */
    @Test
    void refusesBeforeTheBodyIsRead() throws IOException {
        try (var client = new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            String head = client.send("PUT /thing HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 1000000\r\n"
                            + "Expect: 100-continue\r\nOrigin: http://evil.example\r\n\r\n")
                    .readHead();
            assertEquals(403, status(head));
        }
    }
}
