package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.http.Cookie;
import dev.bistro.http.Headers;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.wire.FrameClient;
import dev.bistro.wire.Nginx;
import dev.bistro.wire.NginxFront;
import dev.bistro.wire.NginxGuide;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application behind a real nginx, which runs with the configurations of the guide: the whole one of "To the
 * internet", and the block of "Behind a proxy" on a port without TLS. Clients have an address of their own, so that
 * they aren't taken for the proxy.
 */
@Timeout(120)
class NginxTest {
    private static final String CLIENT = "127.0.0.2";
    private static final NginxGuide GUIDE = new NginxGuide(Path.of("guide"));
    private static final int UPLOAD_BYTES = 2_000_000;

    @TempDir
    static Path folder;

    private static Nginx.FreePort redirected;
    private static Nginx.FreePort secure;
    private static Nginx.FreePort plain;
    private static SSLContext clients;
    private static Server server;
    private static Nginx nginx;

    /** Which of the configurations. */
    enum Way {
        INTERNET("https"),
        PROXIES("http");

        private final String scheme;

        Way(String scheme) {
            this.scheme = scheme;
        }

        RawClient connect() throws IOException {
            return this == INTERNET
                    ? new RawClient(speak(socket(secure.address())))
                    : new RawClient(socket(plain.address()));
        }
    }

    private static SSLSocket speak(Socket plain) throws IOException {
        return NginxFront.speak(clients, plain);
    }

    /** From the client's address. */
    private static Socket socket(InetSocketAddress address) throws IOException {
        return new Socket(address.getAddress(), address.getPort(), InetAddress.getByName(CLIENT), 0);
    }

    // ---- the application

    @StaticFiles(path = "/static", from = "classpath:/static/site")
    static final class Shop {}

    @Route("/")
    static final class Seen {
        private final Feed<String> news = Feed.create();
        private final CountDownLatch begun = new CountDownLatch(1);

        @Get
        String seen(Request request) {
            return request.remoteAddress().getAddress().getHostAddress() + " " + request.scheme() + " "
                    + request.host().orElse("-") + " " + request.port() + " " + forwarded(request.headers());
        }

        @Get("/peer")
        String peer(Request request) {
            return request.peerAddress().toString();
        }

        @Post("/made")
        Response<String> made() {
            return Response.created("/made/7", "").withCookie(Cookie.of("user", "ada"));
        }

        @Get("/absolute")
        Response<Void> absolute(Request request) {
            return Response.seeOther(
                    request.scheme() + "://" + request.authority().orElseThrow() + "/cart");
        }

        @Get("/news")
        Feed<String> news() {
            return news;
        }

        @Post("/news")
        void publish(String item) {
            news.publish(item);
        }

        @Put("/upload")
        long upload(InputStream body) throws IOException {
            return body.transferTo(OutputStream.nullOutputStream());
        }

        /** Says that it has begun when it has the first bytes. */
        @Put("/pieces")
        long uploadInPieces(InputStream body) throws IOException {
            int first = body.readNBytes(5).length;
            begun.countDown();
            return first + body.transferTo(OutputStream.nullOutputStream());
        }

        @Get("/begun")
        boolean hasBegun() throws InterruptedException {
            return begun.await(20, TimeUnit.SECONDS);
        }

        @Post("/whole")
        int whole(byte[] body) {
            return body.length;
        }

        @Get("/large")
        byte[] large() {
            return new byte[UPLOAD_BYTES];
        }
    }

    @WebSocket("/ws")
    static final class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private static List<String> forwarded(Headers headers) {
        var names = new ArrayList<String>();
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).toLowerCase().matches("forwarded|x-.*")) {
                names.add(headers.name(i) + "=" + headers.value(i));
            }
        }
        return names;
    }

    // ---- the configurations

    @BeforeAll
    static void start() throws Exception {
        Nginx.assumeInstalled();
        redirected = Nginx.freePort();
        secure = Nginx.freePort();
        plain = Nginx.freePort();
        clients = NginxFront.certify(folder);
        Path challenges = Files.createDirectories(folder.resolve("acme/.well-known/acme-challenge"));
        Files.writeString(challenges.resolve("token"), "answer");
        server = Bistro.app(Shop.class)
                .classes(Seen.class, Echo.class)
                .set("server.host", "127.0.0.1")
                .set("server.proxy.trusted", "127.0.0.1")
                .port(0)
                .start();
        nginx = Nginx.start(
                Files.createDirectory(folder.resolve("nginx")),
                "http {\n" + GUIDE.internet(folder, redirected, secure, "127.0.0.1:" + server.port())
                        + GUIDE.proxies(plain, "127.0.0.1:" + server.port()) + "}\n",
                redirected,
                secure,
                plain);
    }

    @AfterAll
    static void stop() throws IOException {
        if (nginx != null) {
            nginx.close();
            List<String> log = nginx.log().lines().toList();
            assertTrue(log.stream().noneMatch(line -> line.matches(".*\\[(emerg|alert|crit)].*")), log::toString);
            server.close();
            redirected.close();
            secure.close();
            plain.close();
        }
    }

    // ---- requests

    private static String request(String line, String... fields) {
        var request = new StringBuilder(line + " HTTP/1.1\r\nHost: shop.example\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request + "\r\n";
    }

    private static String exchange(Way way, String line, String... fields) throws IOException {
        try (RawClient client = way.connect()) {
            return client.send(request(line, fields)).readResponse();
        }
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private static String body(String response) {
        assertStatus(200, response);
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String field(String response, String name) {
        return response.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("none");
    }

    // ---- what the application knows of the client

    @ParameterizedTest
    @CsvSource({
        "INTERNET, 127.0.0.2 https shop.example 443 [X-Forwarded-For=127.0.0.2; X-Forwarded-Proto=https]",
        "PROXIES, 127.0.0.2 http shop.example 80 [X-Forwarded-For=127.0.0.2; X-Forwarded-Proto=http]"
    })
    void tellsAddressSchemeAndHost(Way way, String expected) throws IOException {
        assertEquals(expected.replace(';', ','), body(exchange(way, "GET /")));
    }

    @ParameterizedTest
    @CsvSource({
        "INTERNET, 127.0.0.2 https shop.example 443 [X-Forwarded-For=127.0.0.2; X-Forwarded-Proto=https]",
        "PROXIES, 127.0.0.2 http shop.example 80"
                + " [X-Forwarded-For=192.0.2.66; 127.0.0.1; 127.0.0.2; X-Forwarded-Proto=http]"
    })
    void believesNothingThatAClientForges(Way way, String expected) throws IOException {
        String response = exchange(
                way,
                "GET /",
                "X-Forwarded-For: 192.0.2.66, 127.0.0.1",
                "X-Forwarded-Proto: " + (way == Way.INTERNET ? "http" : "https"),
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 8443",
                "X-Forwarded-Prefix: /evil",
                "X-Real-IP: 192.0.2.66",
                "Forwarded: for=192.0.2.66;proto=ftp;host=evil.example");
        assertEquals(expected.replace(';', ','), body(response));
    }

    @ParameterizedTest
    @EnumSource
    void refersToTheAddressesThatClientsUse(Way way) throws IOException {
        String made = exchange(way, "POST /made", "Content-Length: 0");
        assertStatus(201, made);
        assertTrue(field(made, "Location").matches("(" + way.scheme + "://shop\\.example)?/made/7"), made);
        assertEquals(way == Way.INTERNET, field(made, "Set-Cookie").contains("; Secure"), made);
        assertEquals(way.scheme + "://shop.example/cart", field(exchange(way, "GET /absolute"), "Location"));
        String folder = field(exchange(way, "GET /static/docs"), "Location");
        assertTrue(folder.matches("(" + way.scheme + "://shop\\.example)?/static/docs/"), folder);
    }

    // ---- connections

    @Test
    void redirectsToHttps() throws IOException {
        String response = RawClient.exchange(redirected.address(), request("GET /cart?id=7", "Connection: close"));
        assertStatus(308, response);
        assertEquals("https://shop.example/cart?id=7", field(response, "Location"));
        String challenge = RawClient.exchange(
                redirected.address(), request("GET /.well-known/acme-challenge/token", "Connection: close"));
        assertEquals("answer", body(challenge));
    }

    @Test
    void keepsConnectionsToTheServer() throws IOException {
        String first = body(exchange(Way.INTERNET, "GET /peer"));
        assertEquals(first, body(exchange(Way.INTERNET, "GET /peer")), "another client, and the same connection");
    }

    // ---- what isn't there at once

    @ParameterizedTest
    @CsvSource({
        "INTERNET, https, 101",
        "INTERNET, http, 403",
        "PROXIES, http, 101",
    })
    void letsPagesOfThePublicOriginConnect(Way way, String scheme, String status) throws IOException {
        try (RawClient client = way.connect()) {
            client.send(FrameClient.request("/ws", "Origin: " + scheme + "://localhost:8080\r\n"));
            assertEquals(status, client.readHead().substring(9, 12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesWebSocketsOn(Way way) throws IOException {
        try (RawClient raw = way.connect();
                var client = new FrameClient(raw, "/ws")) {
            assertEquals("T:hello", client.send("T:hello").read());
            assertEquals("T*70000", client.send("T*70000").read().replaceFirst("^T:\\*{70000}$", "T*70000"));
            assertEquals("CLOSE=1000", client.send("CLOSE=1000").readToEnd());
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesEventsOnAtOnce(Way way) throws IOException {
        exchange(way, "POST /news?item=first-" + way, "Content-Length: 0");
        try (RawClient client = way.connect()) {
            client.send(request("GET /news", "Accept: text/event-stream"));
            assertStatus(200, client.readHead());
            client.readUntil("data: first-" + way + "\n");
            exchange(way, "POST /news?item=second-" + way, "Content-Length: 0");
            client.readUntil("data: second-" + way + "\n");
        }
    }

    // ---- bodies

    @ParameterizedTest
    @EnumSource
    void passesBodiesOn(Way way) throws IOException {
        int length = way == Way.INTERNET ? UPLOAD_BYTES : 900_000; // nginx takes a MB unless it is told otherwise
        try (RawClient client = way.connect()) {
            client.send(request("PUT /upload", "Content-Length: " + length));
            client.send("x".repeat(length));
            assertEquals(String.valueOf(length), body(client.readResponse()));
            client.send(request("PUT /upload", "Transfer-Encoding: chunked"));
            client.send("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
            assertEquals("6", body(client.readResponse()));
            client.send(request("GET /large"));
            assertEquals(UPLOAD_BYTES, body(client.readResponse()).length());
        }
    }

    @Test
    void passesAnUploadOnWhileItIsSent() throws IOException {
        try (RawClient client = Way.INTERNET.connect()) {
            client.send(request("PUT /pieces", "Content-Length: " + UPLOAD_BYTES) + "first");
            assertEquals("true", body(exchange(Way.INTERNET, "GET /begun")));
            client.send("x".repeat(UPLOAD_BYTES - 5));
            assertEquals(String.valueOf(UPLOAD_BYTES), body(client.readResponse()));
        }
    }

    /** The server answers before it has the body, and closes: nginx must not take this for a fault of the server's. */
    @ParameterizedTest
    @CsvSource({"3000000", "30000000"})
    void passesARefusalOn(int length) throws IOException {
        CompletableFuture<Void> sender;
        try (RawClient client = Way.INTERNET.connect()) {
            client.send(request("POST /whole", "Content-Type: application/octet-stream", "Content-Length: " + length));
            sender = CompletableFuture.runAsync(() -> {
                try {
                    client.send("x".repeat(length));
                } catch (IOException refused) {
                    // nginx closes after the answer
                }
            });
            assertStatus(413, client.readHead());
        }
        sender.join();
    }

    // ---- other ways to the server, with the settings of the guide

    /** An application with the settings of a block of "To the internet", and with others in their place. */
    private static Server application(String part, Map<String, String> others) throws IOException {
        var builder = Bistro.app(Shop.class).classes(Seen.class, Echo.class);
        GUIDE.settings(part, others).forEach(builder::set);
        return builder.start();
    }

    private static Server behindLoadBalancer() throws IOException {
        return application(
                "server.proxy.protocol",
                Map.of(
                        "server.port",
                        "0",
                        "server.tls.certificate",
                        folder.resolve("fullchain.pem").toString(),
                        "server.tls.key",
                        folder.resolve("privkey.pem").toString(),
                        "server.proxy.trusted",
                        "127.0.0.1"));
    }

    @Test
    void passesTlsThroughWithTheProxyProtocol() throws IOException {
        Nginx.assumeStream();
        try (Server behind = behindLoadBalancer();
                Nginx.FreePort port = Nginx.freePort();
                var balancer = Nginx.start(
                        Files.createDirectory(folder.resolve("stream")),
                        GUIDE.loadBalancer(port, "127.0.0.1:" + behind.port()),
                        port);
                var client = new RawClient(speak(socket(port.address())));
                var raw = new RawClient(speak(socket(port.address())))) {
            client.send(request("GET /", "X-Forwarded-For: 192.0.2.66", "X-Forwarded-Proto: http"));
            assertEquals(
                    "127.0.0.2 https shop.example 443 []",
                    body(client.readResponse()),
                    () -> String.join("\n", log(balancer)));
            client.send(request("GET /peer"));
            assertTrue(body(client.readResponse()).startsWith("/127.0.0.1:"));
            client.send(request("GET /large"));
            assertEquals(UPLOAD_BYTES, body(client.readResponse()).length());
            var socket = new FrameClient(raw, "/ws", "Origin: https://localhost:8080\r\n");
            assertEquals("T:hello", socket.send("T:hello").read());
        }
    }

    /** Neither without the header from the proxy, nor with it from another. */
    @Test
    void takesNobodyWhoDoesNotKeepToTheProxyProtocol() throws IOException {
        try (Server behind = behindLoadBalancer()) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), behind.port());
            assertThrows(IOException.class, () -> speak(new Socket(address.getAddress(), behind.port())));
            assertThrows(IOException.class, () -> {
                Socket stranger = socket(address);
                stranger.getOutputStream()
                        .write("PROXY TCP4 192.0.2.66 192.0.2.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
                speak(stranger);
            });
            try (var stranger = new RawClient(speak(socket(address)))) {
                stranger.send(request("GET /"));
                assertEquals("127.0.0.2 https shop.example 443 []", body(stranger.readResponse()));
            }
        }
    }

    @Test
    void reachesAServerOverAUnixDomainSocket() throws IOException {
        Path file = folder.resolve("shop.sock");
        String map = "map $http_upgrade $connection_upgrade { default upgrade; '' ''; }\n";
        try (Server behind = application("server.listen=unix:", Map.of("server.listen", "unix:" + file));
                Nginx.FreePort port = Nginx.freePort();
                var front = Nginx.start(
                        Files.createDirectory(folder.resolve("unix")),
                        "http {\n" + map + GUIDE.unixUpstream(file) + GUIDE.proxies(port, "shop") + "}\n",
                        port);
                var client = new RawClient(socket(port.address()));
                var raw = new RawClient(socket(port.address()))) {
            client.send(request("GET /", "X-Forwarded-For: 192.0.2.66", "X-Real-IP: 192.0.2.66"));
            assertEquals(
                    "127.0.0.2 http shop.example 80 [X-Forwarded-For=192.0.2.66, 127.0.0.2, X-Forwarded-Proto=http]",
                    body(client.readResponse()),
                    () -> String.join("\n", log(front)));
            client.send(request("PUT /upload", "Content-Length: 900000") + "x".repeat(900_000));
            assertEquals("900000", body(client.readResponse()));
            client.send(request("GET /large"));
            assertEquals(UPLOAD_BYTES, body(client.readResponse()).length());
            var socket = new FrameClient(raw, "/ws", "Origin: http://localhost:8080\r\n");
            assertEquals("T:hello", socket.send("T:hello").read());
            assertNotNull(behind);
        }
        assertFalse(Files.exists(file), "it is removed at the end");
    }

    private static List<String> log(Nginx nginx) {
        try {
            return nginx.log().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
