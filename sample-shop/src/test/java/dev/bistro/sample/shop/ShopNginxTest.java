package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.wire.NginxFront;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The shop behind nginx, as the guide configures it. Each test has clients with addresses of their own. */
@Timeout(60)
@ParameterizedClass
@EnumSource
record ShopNginxTest(NginxFront.Way way) {
    private static final String PASSWORD = "geheim";
    private static final URI PRODUCTS = URI.create("https://" + NginxFront.HOST + "/api/products");
    private static final String TEA = "{\"name\":\"Tea\",\"price\":3.50}";

    @TempDir
    static Path folder;

    private static SSLContext clients;
    private static NginxFront front;
    private static Server server;

    @BeforeParameterizedClassInvocation
    static void open(NginxFront.Way way) throws Exception {
        if (clients == null) {
            clients = NginxFront.certify(folder);
        }
        front = NginxFront.prepare(way, folder, clients, Path.of("../framework/guide"));
        BistroBuilder application = Bistro.app(ShopApplication.class).set("shop.admin-password", PASSWORD);
        front.settings().forEach(application::set);
        server = application.start();
        front.start(way == NginxFront.Way.UNIX_SOCKET ? 0 : server.port());
    }

    @AfterParameterizedClassInvocation
    static void close() throws IOException {
        if (server != null) { // it is null where nginx isn't installed
            front.close();
            server.close();
        }
    }

    private static String add(String from, String... fields) throws IOException {
        return addAs("admin:" + PASSWORD, from, fields);
    }

    private static String addAs(String login, String from, String... fields) throws IOException {
        var request = new StringBuilder("POST /api/products HTTP/1.1\r\nHost: " + NginxFront.HOST + "\r\n");
        request.append("Authorization: Basic ")
                .append(Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        for (String field : fields) {
            request.append("\r\n").append(field);
        }
        request.append("\r\nContent-Type: application/json\r\nContent-Length: " + TEA.length() + "\r\n\r\n" + TEA);
        return front.exchange(from, request.toString());
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private static String field(String response, String name) {
        Matcher matcher = Pattern.compile("(?mi)^" + name + ": (.*)$").matcher(response);
        assertTrue(matcher.find(), response);
        return matcher.group(1);
    }

    /** What leads a client to the product is an address that it can use. */
    @Test
    void namesThePublicAddressOfANewProduct() throws IOException {
        String made = add("127.0.0.2");
        assertStatus(201, made);
        URI location = PRODUCTS.resolve(field(made, "Location"));
        assertEquals(PRODUCTS.getAuthority(), location.getAuthority());
        assertEquals("https", location.getScheme());
        assertTrue(location.getPath().matches("/api/products/[0-9]+"), made);
        String product = front.exchange(
                "127.0.0.2", "GET " + location.getPath() + " HTTP/1.1\r\nHost: " + NginxFront.HOST + "\r\n\r\n");
        assertStatus(200, product);
        assertTrue(product.contains("\"name\":\"Tea\""), product);
    }

    /** Pages of the public address may change something, and it has the scheme that clients use. */
    @Test
    void knowsTheSchemeThatClientsUse() throws IOException {
        assertStatus(201, add("127.0.0.2", "Origin: https://" + NginxFront.HOST));
        assertStatus(403, add("127.0.0.2", "Origin: http://" + NginxFront.HOST));
        assertStatus(403, add("127.0.0.2", "Origin: https://evil.example"));
    }

    /** Failures count for the client and not for nginx, and nobody gets rid of them by a header field. */
    @Test
    void countsFailedLoginsByTheClientsAddress() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertStatus(401, addAs("eve" + i + ":guess", "127.0.0.3"));
        }
        assertStatus(429, addAs("eve:guess", "127.0.0.3", "X-Forwarded-For: 192.0.2.66", "X-Real-IP: 192.0.2.66"));
        assertStatus(401, addAs("eve:guess", "127.0.0.4"));
        assertStatus(201, add("127.0.0.2"));
    }
}
