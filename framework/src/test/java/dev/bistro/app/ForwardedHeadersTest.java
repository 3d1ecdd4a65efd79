package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.Cookie;
import dev.bistro.http.Headers;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.FrameClient;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application sees of a request that came by a proxy, or pretends to: {@code proxy/cases.txt}. */
@Timeout(120)
class ForwardedHeadersTest {
    private static final String ALL = "X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Port,"
            + " X-Forwarded-Prefix, Forwarded";
    private static final Map<String, String> FIELDS = Map.of(
            "usual", "X-Forwarded-For, X-Forwarded-Proto",
            "all", ALL,
            "word", "forwarded",
            "addresses", "X-Forwarded-For, Forwarded");
    private static final Map<String, Server> SERVERS = new TreeMap<>();

    @StaticFiles(path = "/static", from = "classpath:/static/site")
    static final class Shop {}

    @Route("/")
    static final class Seen {
        @Get
        String seen(Request request) {
            InetSocketAddress address = request.remoteAddress();
            String text = address.getAddress().getHostAddress();
            String host = text.contains(":") ? "[" + InetText.shortest(text) + "]" : text;
            String client = address.equals(request.peerAddress()) ? host : host + ":" + address.getPort();
            assertEquals(request.scheme().equals("https"), request.isSecure());
            return client + " " + request.scheme() + " " + request.host().orElse("-") + " " + request.port() + " "
                    + request.pathPrefix() + "/ " + forwarded(request.headers());
        }

        @Get("/params")
        String params(
                Request request,
                @HeaderParam("X-Forwarded-For") Optional<String> list,
                @HeaderParam("Forwarded") Optional<String> word,
                @HeaderParam("X-Real-IP") List<String> real,
                @HeaderParam("X-Forwarded-Anything") Optional<String> any) {
            return List.of(list, word, real, any, forwarded(request.headers()), request.header("x-forwarded-for"))
                    .toString();
        }

        @Get("/cookie")
        Response<String> cookie() {
            return Response.ok("").withCookie(Cookie.of("user", "ada"));
        }

        @Get("/later")
        CompletionStage<Response<String>> later() {
            return CompletableFuture.supplyAsync(() -> Response.created("/made", ""));
        }

        @Post("/made")
        Response<String> made() {
            return Response.created("/made/7", "");
        }

        @Get("/elsewhere")
        Response<Void> elsewhere(String to) {
            return Response.seeOther(to);
        }

        @Get("/authority")
        String authority(Request request) {
            return request.authority().orElse("none");
        }
    }

    @Filter("/{path*}")
    static final class Sees {
        Response<?> filter(Request request, Chain chain) throws Exception {
            return chain.proceed().withHeader("X-Seen", String.valueOf(forwarded(request.headers())));
        }
    }

    @WebSocket("/ws")
    static final class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    /** The names of the fields of the family, found by iterating. */
    private static List<String> forwarded(Headers headers) {
        var names = new ArrayList<String>();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).toLowerCase();
            if (name.equals("forwarded") || name.startsWith("x-forwarded") || name.equals("x-real-ip")) {
                names.add(headers.name(i));
            }
        }
        return names;
    }

    /** {@code 2001:db8::1} for {@code 2001:db8:0:0:0:0:0:1}, as the JDK writes it. */
    private static final class InetText {
        static String shortest(String address) {
            return address.equals("0:0:0:0:0:0:0:0") ? "::" : address.replaceFirst("(:0)+:", "::");
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(Shop.class)
                .classes(Seen.class, Sees.class, Echo.class)
                .set("server.loops", "1");
    }

    private static BistroBuilder trusting(String fields) {
        return app().set("server.proxy.trusted", "127.0.0.1, 10.0.0.0/8, 2001:db8:1::/48")
                .set("server.proxy.headers", fields);
    }

    @BeforeAll
    static void start() {
        SERVERS.put("stranger", app().port(0).set("server.host", "127.0.0.1").start());
        FIELDS.forEach((name, fields) -> SERVERS.put(
                name, trusting(fields).port(0).set("server.host", "127.0.0.1").start()));
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
    }

    private static InetSocketAddress address(Server server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String exchange(String server, String line, String... fields) throws IOException {
        return RawClient.exchange(
                address(SERVERS.get(server)),
                line + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n"
                        + String.join("", Stream.of(fields).map(f -> f + "\r\n").toList()) + "\r\n");
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String field(String response, String name) {
        return response.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("none");
    }

    record Case(String server, List<String> fields, String expected) {
        static Case of(String line) {
            String[] parts = line.split("\\|");
            return new Case(
                    parts[0].strip(),
                    Stream.of(parts[1].split(" & "))
                            .map(String::strip)
                            .map(f -> f.replaceFirst("^(For|Proto|Host|Port|Prefix):", "X-Forwarded-$1:"))
                            .toList(),
                    parts[2].strip());
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = ForwardedHeadersTest.class.getResourceAsStream("/proxy/cases.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Case::of);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void seesWhatIsBelieved(Case c) throws IOException {
        String response = exchange(c.server, "GET /", c.fields.toArray(String[]::new));
        String expected = c.expected.equals("400") ? "HTTP/1.1 400 Bad Request" : "HTTP/1.1 200 OK";
        assertEquals(expected, response.lines().findFirst().orElse(""), response);
        if (!c.expected.equals("400")) {
            assertEquals(c.expected, body(response));
            String names = c.expected.substring(c.expected.lastIndexOf(" [") + 1);
            assertEquals(names, field(response, "X-Seen"), "what a filter sees");
        }
    }

    @Test
    void closesTheConnectionAfterWhatIsMalformed() throws IOException {
        try (var client = new RawClient(address(SERVERS.get("usual")))) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: localhost\r\n\r\n");
            String response = client.readToEnd();
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
            assertTrue(response.contains("\"A proxy's header field has an address that isn't one.\""), response);
            assertEquals("close", field(response, "Connection"));
        }
    }

    @Test
    void forgetsAfterEachRequestOfAConnection() throws IOException {
        try (var client = new RawClient(address(SERVERS.get("usual")))) {
            client.send("GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n");
            assertTrue(body(client.readResponse()).startsWith("203.0.113.9:0 "));
            client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            assertEquals("127.0.0.1 http a.example 80 / []", body(client.readResponse()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stranger | [Optional.empty, Optional.empty, [], Optional.empty, [], Optional.empty]",
                "usual | [Optional[203.0.113.9], Optional.empty, [], Optional.empty, [X-Forwarded-For],"
                        + " Optional[203.0.113.9]]"
            })
    void showsParametersOnlyWhatIsBelieved(String server, String expected) throws IOException {
        String response = exchange(
                server,
                "GET /params",
                "X-Forwarded-For: 203.0.113.9",
                "Forwarded: for=203.0.113.9",
                "X-Real-IP: 203.0.113.9",
                "X-Forwarded-Anything: 1");
        assertEquals(expected, body(response));
    }

    @Test
    void refusesWhatIsMalformedBeforeTheBodyIsRead() throws IOException {
        String response = exchange("all", "POST /made", "Content-Length: 5", "X-Forwarded-Port: 0");
        assertTrue(response.startsWith("HTTP/1.1 400 "), response);
        assertTrue(response.contains("a port that isn't a number from 1 to 65535"), response);
    }

    @Test
    void believesWithinTheProcessToo() {
        try (Server server = trusting("Forwarded").startInProcess()) {
            TestClient.of(server)
                    .get("/")
                    .header("Forwarded", "for=203.0.113.9;proto=https;host=shop.example")
                    .send()
                    .assertStatus(200)
                    .assertText("203.0.113.9:0 https shop.example 443 / [Forwarded]");
        }
        try (Server server = app().startInProcess()) {
            TestClient.of(server)
                    .get("/params")
                    .header("Forwarded", "for=203.0.113.9")
                    .send()
                    .assertText("[Optional.empty, Optional.empty, [], Optional.empty, [], Optional.empty]");
        }
    }

    // ---- what follows from it

    @ParameterizedTest
    @CsvSource({"usual, https, true", "usual, http, false", "word, https, false", "stranger, https, false"})
    void keepsCookiesToTls(String server, String proto, boolean expected) throws IOException {
        String cookie = field(exchange(server, "GET /cookie", "X-Forwarded-Proto: " + proto), "Set-Cookie");
        assertEquals(expected, cookie.contains("; Secure"), cookie);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /made, /shop/made/7",
        "GET /later, /shop/made",
        "GET /static/docs, /shop/static/docs/",
        "GET /elsewhere?to=/cart, /shop/cart",
        "GET /elsewhere?to=cart, cart",
        "GET /elsewhere?to=//other.example/, //other.example/",
        "GET /elsewhere?to=https://other.example/, https://other.example/",
    })
    void givesALocationThePrefix(String line, String expected) throws IOException {
        assertEquals(expected, field(exchange("all", line, "X-Forwarded-Prefix: /shop"), "Location"));
        String plain = expected.startsWith("/shop") ? expected.substring(5) : expected;
        assertEquals(plain, field(exchange("all", line), "Location"));
        assertEquals(plain, field(exchange("usual", line, "X-Forwarded-Prefix: /shop"), "Location"));
    }

    @ParameterizedTest
    @CsvSource({
        "80, https, shop.example:80",
        "443, https, shop.example",
        "80, http, shop.example",
        "8443, https, shop.example:8443"
    })
    void writesThePortIntoTheAuthority(String port, String proto, String expected) throws IOException {
        String response = exchange(
                "all",
                "GET /authority",
                "X-Forwarded-Host: shop.example",
                "X-Forwarded-Port: " + port,
                "X-Forwarded-Proto: " + proto);
        assertEquals(expected, body(response));
    }

    @ParameterizedTest
    @CsvSource({
        "usual, https://localhost:8080, https, '', 101",
        "usual, http://localhost:8080, https, '', 403",
        "usual, http://localhost:8080, http, '', 101",
        "usual, https://localhost:8080, http, '', 101",
        "usual, https://localhost, https, '', 403",
        "stranger, http://localhost:8080, https, '', 101",
        "stranger, https://shop.example, https, shop.example, 403",
        "usual, https://shop.example, https, shop.example, 403",
        "all, https://shop.example, https, shop.example, 101",
        "all, https://shop.example:443, https, shop.example, 101",
        "all, https://shop.example, https, shop.example:443, 101",
        "all, http://shop.example, https, shop.example, 403",
        "all, https://evil.example, https, shop.example, 403",
        "all, https://shop.example:8443, https, shop.example, 403",
    })
    void letsPagesOfThePublicOriginConnect(String server, String origin, String proto, String host, String status)
            throws IOException {
        String forwardedHost = host.isEmpty() ? "" : "X-Forwarded-Host: " + host + "\r\n";
        try (var client = new RawClient(address(SERVERS.get(server)))) {
            client.send(FrameClient.request(
                    "/ws", "Origin: " + origin + "\r\n", "X-Forwarded-Proto: " + proto + "\r\n", forwardedHost));
            assertEquals(status, client.readHead().substring(9, 12));
        }
    }

    // ---- the warning, and the settings

    private static List<String> warnings(BistroBuilder builder, String... names) {
        try (CapturedLog log = CapturedLog.of("dev.bistro.http1.ForwardedHeaders", Level.WARN);
                Server server = builder.startInProcess()) {
            for (String name : names) {
                TestClient.of(server)
                        .get("/")
                        .header(name, "203.0.113.9")
                        .send()
                        .assertStatus(200);
            }
            assertTrue(log.events().stream().allMatch(event -> event.getLevel().equals(Level.WARN)));
            return log.messages();
        }
    }

    @Test
    void warnsOnceOfAStranger() {
        assertEquals(
                List.of("A request from 127.0.0.1 had the header field x-real-ip, which is neither believed nor"
                        + " shown to the application. If this is a proxy of yours, name it in server.proxy.trusted."
                        + " This is said once"),
                warnings(app(), "Accept", "x-real-ip", "X-Forwarded-For", "x-real-ip"));
    }

    @Test
    void warnsNotOfATrustedProxy() {
        assertEquals(List.of(), warnings(trusting("X-Forwarded-For"), "X-Forwarded-For", "X-Real-IP"));
    }

    @Test
    void refusesSettingsThatAreNoAddresses() {
        var fault = assertThrows(
                StartupException.class,
                app().set("server.proxy.trusted", "10.1.2.3/8, unix, proxy.example")::startInProcess);
        assertTrue(
                fault.getMessage()
                        .contains("proxy.trusted: \"10.1.2.3/8\" doesn't begin its range: write"
                                + " 10.0.0.0/8, or 10.1.2.3 alone;"
                                + " proxy.trusted: \"proxy.example\" is neither an address, nor a range such as"
                                + " 10.0.0.0/8 or 2001:db8::/32, nor the word unix"),
                fault.getMessage());
        assertFalse(fault.getMessage().contains("\"unix\" "), fault.getMessage());
    }

    @Test
    void refusesSettingsThatAreNoHeaders() {
        var fault =
                assertThrows(StartupException.class, app().set("server.proxy.headers", "X-Real-IP")::startInProcess);
        assertTrue(
                fault.getMessage().contains("\"server.proxy.headers\" is \"X-Real-IP\", which is not a list"),
                fault.getMessage());
    }
}
