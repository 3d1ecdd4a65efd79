package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.http.Request;
import dev.bistro.wire.Nginx;
import dev.bistro.wire.RawClient;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

/** The access log of an application. {@link DecoratedAnswersTest} has a line of each format for each kind of answer. */
@Timeout(60)
class AccessLogTest {
    private static final String TIME = "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]";
    private static final String LONG = "x".repeat(10_000);

    private final AccessLines lines = new AccessLines();

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @Route("/")
    static final class Shop {
        @Get("/cart/{id}")
        String cart(String id) {
            return "cart";
        }

        @Get("/mine")
        String mine(Login login) {
            return "mine";
        }

        @Get("/maybe")
        String maybe(Optional<Login> login) {
            return "maybe";
        }

        @Get("/as")
        String as(Request request, String name) {
            request.setPrincipal(() -> name);
            return "as";
        }
    }

    @Factory
    static final class Logins {
        static final AtomicInteger ASKED = new AtomicInteger();

        @Bean
        Authenticator people() {
            return Authenticator.basic("Shop", (name, password) -> {
                ASKED.incrementAndGet();
                return Optional.of(Login.of(name)).filter(login -> password.equals("right"));
            });
        }
    }

    @WebSocket("/ws")
    static final class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private static BistroBuilder app(String format) {
        return Bistro.app(AccessLogTest.class)
                .classes(Shop.class, Logins.class, Echo.class)
                .set("server.host", "127.0.0.1")
                .set("server.access-log", format)
                .port(0);
    }

    private static String get(String target, String... fields) {
        var request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request + "\r\n";
    }

    /** The only line, with its time as {@code [TIME]}. */
    private String line(String format, String request) throws Exception {
        try (Server server = app(format).start()) {
            RawClient.exchange(server.address(), request);
        }
        List<String> written = lines.written();
        assertEquals(1, written.size(), written.toString());
        return written.get(0).replaceFirst(TIME, "[TIME]");
    }

    private Map<?, ?> object(String request) throws Exception {
        return JsonMapper.shared().readValue(line("json", request), TreeMap.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /cart/7                    | GET /cart/7 HTTP/1.1                  | 200 4
            /cart/7?a=%22&b=%0d%0a     | GET /cart/7?a=%22&b=%0d%0a HTTP/1.1   | 200 4
            /cart/7?resetToken=x1&a=b  | GET /cart/7?resetToken=***&a=b HTTP/1.1 | 200 4
            /cart/7?%70assword=x1      | GET /cart/7?%70assword=*** HTTP/1.1   | 200 4
            /cart/7;sid=x1             | GET /cart/7;sid=*** HTTP/1.1          | 200 4
            http://a.example/cart/7?b  | GET http://a.example/cart/7?b HTTP/1.1 | 200 4
            """)
    void isAsApaches(String target, String request, String result) throws Exception {
        String common = "127.0.0.1 - - [TIME] \"" + request + "\" " + result;
        assertEquals(common, line("common", get(target)));
        assertEquals(
                common + " \"https://a.example/?code=***\" \"a \\\"quoted\\\" \\\\\\tone\\xc3\\xa9\"",
                line(
                        "combined",
                        get(
                                target,
                                "Referer: https://a.example/?code=x1",
                                "User-Agent: a \"quoted\" \\\tone\u00c3\u00a9")));
    }

    @Test
    void isAnObject() throws Exception {
        Map<?, ?> object = object(get("/cart/7?key=x1&a=b", "Referer: /?code=x1", "User-Agent: \"\u00e9\\"));
        assertTrue(object.remove("time").toString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertTrue(((Number) object.remove("millis")).doubleValue() > 0);
        assertFalse(object.remove("requestId").toString().isEmpty());
        assertEquals(
                "{bytes=4, client=127.0.0.1, complete=true, host=shop.example, method=GET, path=/cart/7,"
                        + " peer=127.0.0.1, protocol=HTTP/1.1, query=key=***&a=b, referer=/?code=***,"
                        + " route=/cart/{id}, scheme=http, status=200, userAgent=\"\u00e9\\}",
                object.toString());
    }

    @Test
    void hasTheTrace() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        assertEquals(
                trace,
                object(get("/", "traceparent: 00-" + trace + "-00f067aa0ba902b7-01"))
                        .get("traceId"));
    }

    @Test
    void hasTheVersion() throws Exception {
        assertEquals(
                "127.0.0.1 - - [TIME] \"GET /cart/7 HTTP/1.0\" 200 4", line("common", "GET /cart/7 HTTP/1.0\r\n\r\n"));
    }

    @Test
    void cutsWhatIsLong() throws Exception {
        String line = line("combined", get("/cart/7", "User-Agent: " + LONG));
        assertTrue(line.endsWith(" \"" + LONG.substring(0, 8 * 1024) + "...\""), line);
    }

    // ---- users

    @ParameterizedTest
    @CsvSource({
        "/mine, right, 200, ada, 1",
        "/mine, wrong, 401, -, 1",
        "/maybe, right, 200, ada, 1",
        "/maybe, wrong, 200, -, 1",
        "/cart/7, right, 200, -, 0",
        "/nowhere, right, 404, -, 0"
    })
    void saysWhoHasLoggedInAndAsksNobody(String path, String password, int status, String user, int asked)
            throws Exception {
        Logins.ASKED.set(0);
        String line = line("common", get(path, "Authorization: Basic " + base64("ada:" + password)));
        assertTrue(line.startsWith("127.0.0.1 - " + user + " [TIME] \"GET " + path + " HTTP/1.1\" " + status), line);
        assertEquals(asked, Logins.ASKED.get());
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ada                     | ada
            %0d%0a1.1.1.1+-+-       | \\r\\n1.1.1.1 - -
            %22%5c%1b               | \\"\\\\\\x1b
            %e2%80%a8               | \\xe2\\x80\\xa8
            """)
    void isNotForgedByNames(String name, String user) throws Exception {
        String line = line("common", get("/as?name=" + name));
        assertEquals("127.0.0.1 - " + user + " [TIME] \"GET /as?name=" + name + " HTTP/1.1\" 200 2", line);
    }

    // ---- what is no request, or not only one

    @Test
    void hasALineForPlainHttpWhereTlsIsSpoken() throws Exception {
        try (Server server =
                app("combined").set("server.tls.development", "true").start()) {
            String answer = RawClient.exchange(server.address(), get("/cart/7"));
            int bytes = answer.length() - answer.indexOf("\r\n\r\n") - 4;
            assertEquals(
                    "127.0.0.1 - - [TIME] \"-\" 400 " + bytes + " \"-\" \"-\"",
                    lines.next().replaceFirst(TIME, "[TIME]"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.9 192.0.2.1 5555 443, 203.0.113.9",
        "PROXY TCP6 2001:db8::9 2001:db8::1 5555 443, 2001:db8::9",
        "PROXY UNKNOWN, 127.0.0.1"
    })
    void hasTheClientThatTheProxyProtocolNames(String header, String client) throws Exception {
        try (Server server = app("common")
                .set("server.proxy.trusted", "127.0.0.1")
                .set("server.proxy.protocol", "true")
                .start()) {
            RawClient.exchange(server.address(), header + "\r\n" + get("/cart/7"));
            assertTrue(lines.next().startsWith(client + " - - ["));
            RawClient.exchange(server.address(), header + "\r\nnonsense\r\n\r\n");
            String refused = lines.next();
            assertTrue(refused.startsWith(client + " - - [") && refused.contains("\"-\" 400 "), refused);
        }
    }

    @Test
    void hasALineForAHandshake() throws Exception {
        String line = line(
                "common",
                "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                        + "\u0088\u0080\0\0\0\0");
        assertEquals("127.0.0.1 - - [TIME] \"GET /ws HTTP/1.1\" 101 -", line);
    }

    // ---- proxies

    @ParameterizedTest
    @ValueSource(strings = {"common", "json"})
    void hasTheRealClientBehindNginx(String format, @TempDir Path folder) throws Exception {
        Nginx.assumeInstalled();
        try (Server server =
                        app(format).set("server.proxy.trusted", "127.0.0.1").start();
                Nginx.FreePort port = Nginx.freePort();
                Nginx nginx = Nginx.start(Files.createDirectory(folder.resolve("nginx")), front(port, server), port);
                var client = new RawClient(new Socket(
                        port.address().getAddress(), port.number(), InetAddress.getByName("127.0.0.2"), 0))) {
            client.send(get("/cart/7", "X-Forwarded-For: 192.0.2.66")).readResponse();
            String line = lines.next();
            if (format.equals("json")) {
                Map<?, ?> object = JsonMapper.shared().readValue(line, Map.class);
                assertEquals(
                        List.of("127.0.0.2", "127.0.0.1", "https", "shop.example"),
                        List.of(object.get("client"), object.get("peer"), object.get("scheme"), object.get("host")),
                        nginx.log());
            } else {
                assertTrue(line.startsWith("127.0.0.2 - - ["), line);
            }
        }
    }

    private static String front(Nginx.FreePort port, Server server) {
        return "http {\nserver {\nlisten 127.0.0.1:" + port + ";\nlocation / {\nproxy_pass http://127.0.0.1:"
                + server.port() + ";\nproxy_set_header Host $http_host;\n"
                + "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
                + "proxy_set_header X-Forwarded-Proto https;\n}\n}\n}\n";
    }

    // ---- starting and stopping

    private static boolean hasThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("bistro-access-log"));
    }

    @Test
    void isOffWithoutTheSetting() throws Exception {
        try (Server server = Bistro.app(AccessLogTest.class)
                .classes(Shop.class, Logins.class)
                .port(0)
                .start()) {
            RawClient.exchange(server.address(), get("/cart/7"));
            assertFalse(hasThread());
        }
        assertEquals(List.of(), lines.written());
    }

    @Test
    void isWrittenToTheEndWhenTheServerStops() throws Exception {
        try (Server server = app("common").start();
                var client = new RawClient(server.address())) {
            assertTrue(hasThread());
            for (int i = 0; i < 300; i++) {
                client.send("GET /cart/" + i + " HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
            }
        }
        List<String> written = lines.written();
        assertEquals(300, written.size());
        assertTrue(written.get(299).contains("\"GET /cart/299 HTTP/1.1\" 200 4"), written.get(299));
        assertFalse(hasThread());
    }

    @Singleton
    static final class Ending {
        static final List<String> SEEN = new ArrayList<>();
        static AccessLines lines;

        @OnStop
        void stop() {
            SEEN.addAll(lines.written());
        }
    }

    @Test
    void isWrittenBeforeHooksAreCalled() throws Exception {
        Ending.lines = lines;
        Ending.SEEN.clear();
        try (Server server =
                app("common").classes(Shop.class, Logins.class, Ending.class).start()) {
            RawClient.exchange(server.address(), get("/cart/7"));
        }
        assertEquals(1, Ending.SEEN.size());
    }

    @Test
    void endsWithAStartThatFails() {
        try {
            app("common").set("server.host", "192.0.2.1").start().close();
        } catch (RuntimeException expected) {
            assertFalse(hasThread());
            return;
        }
        throw new AssertionError("192.0.2.1 is an address of this machine");
    }

    @Test
    void followsTheLevelOfItsLogger() throws Exception {
        try (Server server = app("common").start()) {
            lines.setLevel(Level.WARN);
            RawClient.exchange(server.address(), get("/cart/1"));
            RawClient.exchange(server.address(), get("/cart/2"));
            lines.setLevel(Level.INFO);
            RawClient.exchange(server.address(), get("/cart/3"));
            assertTrue(lines.next().contains("/cart/3"));
        }
    }

    /** The guide's configuration of Logback writes the line as it is, and other lines with the request's id. */
    @Test
    void isWrittenByTheGuidesLogback(@TempDir Path folder) throws Exception {
        String guide = Files.readString(Path.of("guide/production.md"));
        int begin = guide.indexOf("<configuration>");
        String configuration = guide.substring(begin, guide.indexOf("```", begin))
                .replace("/var/log/shop", folder.toString())
                .replace("ch.qos.logback.core.ConsoleAppender", "ch.qos.logback.core.FileAppender")
                .replace("<target>System.err</target>", "<file>" + folder.resolve("other.log") + "</file>");
        var context = new LoggerContext();
        context.setMDCAdapter(((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
        context.getLogger("bistro.access").info("{\"a\":1}");
        MDC.put("requestId", "id-7");
        context.getLogger("shop").info("Sold");
        MDC.remove("requestId");
        context.getLogger("shop").info("Closed");
        context.stop();
        assertEquals("{\"a\":1}\n", Files.readString(folder.resolve("access.log")));
        String other = Files.readString(folder.resolve("other.log"));
        assertTrue(other.matches("(?s)\\S+ INFO  \\[id-7] shop Sold\n\\S+ INFO  \\[-] shop Closed\n"), other);
    }
}
