package dev.bistro.app;

import static dev.bistro.startup.Golden.assertText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.health.Health;
import dev.bistro.health.HealthCheck;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.Clients;
import dev.bistro.wire.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener for those who run the application. */
@Timeout(60)
class ManagementTest {
    @Route("/{path*}")
    static final class All {
        @Get
        String all(String path) {
            return "the application";
        }
    }

    @Route("/")
    static final class Shop {
        final CountDownLatch leave = new CountDownLatch(1);

        @Get("/hello")
        String hello() {
            return "hello";
        }

        @Get("/slow")
        String slow() throws InterruptedException {
            leave.await();
            return "slow";
        }
    }

    @Filter
    static final class Refusing {
        Response<?> filter(Request request, Chain chain) {
            return Response.noContent();
        }
    }

    static final class Disk implements HealthCheck {
        @Override
        public String name() {
            return "disk";
        }

        @Override
        public Health check() {
            return Health.down("full");
        }
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(ManagementTest.class)
                .classes(classes)
                .set("server.host", "127.0.0.1")
                .set("management.port", "0")
                .port(0);
    }

    private static String get(InetSocketAddress address, String path) throws Exception {
        return RawClient.exchange(address, "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    private static InetSocketAddress management(Server server) {
        return server.managementAddress().orElseThrow();
    }

    @Test
    void listensOnLoopbackAndSaysWhere() throws Exception {
        try (CapturedLog log = CapturedLog.of("dev.bistro.Bistro", Level.INFO);
                Server server = app(Shop.class).start()) {
            InetSocketAddress address = management(server);
            assertTrue(address.getAddress().isLoopbackAddress());
            assertNotEquals(server.address(), address);
            assertEquals(1, server.addresses().size());
            String line = log.await("Management is on");
            assertTrue(line.contains("http://localhost:" + address.getPort() + " (127.0.0.1:"), line);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/health/live, 200, application/json, 404",
        "/health/ready, 200, application/json, 404",
        "/metrics, 200, text/plain, 404",
        "/openapi.json, 200, application/json, 404",
        "/openapi.yaml, 200, application/yaml, 404",
        "/docs, 200, text/html, 404",
        "/hello, 404, application/problem+json, 200",
        "/, 404, application/problem+json, 404",
        "/health, 404, application/problem+json, 404",
        "/health/ready/, 404, application/problem+json, 404",
        "/%zz, 404, application/problem+json, 400",
    })
    void servesPagesOfBistrosAndNothingElse(String path, int status, String type, int onMainPort) throws Exception {
        try (Server server = app(Shop.class).start()) {
            String answer = get(management(server), path);
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(answer.contains("\r\nContent-Type: " + type), answer);
            assertTrue(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"), answer);
            assertTrue(get(server.address(), path).startsWith("HTTP/1.1 " + onMainPort + " "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/openapi.json", "/openapi.yaml", "/docs"})
    void tellsWhichMethodsThereAre(String path) throws Exception {
        try (Server server = app(Shop.class)
                .set("health.enabled", "true")
                .set("metrics.enabled", "true")
                .set("openapi.enabled", "true")
                .set("openapi.docs", "true")
                .start()) {
            for (InetSocketAddress address : List.of(management(server), server.address())) {
                for (String method : List.of("POST", "DELETE", "BREW")) {
                    String answer = RawClient.exchange(
                            address, method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
                    assertTrue(answer.contains("\r\nAllow: GET, HEAD, OPTIONS\r\n"), answer);
                }
                String options = RawClient.exchange(
                        address, "OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertTrue(options.startsWith("HTTP/1.1 204 "), options);
                assertTrue(options.contains("\r\nAllow: GET, HEAD, OPTIONS\r\n"), options);
            }
        }
    }

    @Test
    void isWithoutTheApplicationsFiltersLoginsAndRoutes() throws Exception {
        try (Server server = app(All.class, Refusing.class).start()) {
            assertTrue(get(server.address(), "/health/ready").startsWith("HTTP/1.1 204 "));
            for (String path : new String[] {"/health/ready", "/metrics", "/openapi.json"}) {
                assertTrue(get(management(server), path).startsWith("HTTP/1.1 200 "), path);
            }
            assertTrue(get(management(server), "/any").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void showsDetailsOfHealth() throws Exception {
        try (Server server = app(Shop.class, Disk.class)
                .set("health.enabled", "true")
                .set("server.tls.development", "true")
                .set("server.tls.port", "0")
                .start()) {
            String answer = get(management(server), "/health/ready");
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertTrue(
                    answer.contains("{\"name\":\"disk\",\"status\":\"DOWN\",\"details\":{\"reason\":\"full\"}}"),
                    answer);
            assertTrue(answer.contains("{\"name\":\"certificates\",\"status\":\"UP\",\"details\":{\""), answer);
            assertTrue(answer.contains(" days\"}"), answer);
            assertTrue(get(server.address(), "/health/ready").endsWith("\r\n\r\n{\"status\":\"DOWN\"}"));
        }
    }

    @Test
    void countsRequestsOfTheMainPortAlone() throws Exception {
        try (Server server = app(Shop.class).start()) {
            get(server.address(), "/hello");
            get(management(server), "/metrics");
            get(management(server), "/health/live");
            String count = "http_server_request_duration_seconds_count{http_request_method=\"GET\"";
            String metrics = get(management(server), "/metrics");
            assertTrue(
                    metrics.contains(count + ",http_response_status_code=\"200\",http_route=\"/hello\"} 1"), metrics);
            assertEquals(metrics.indexOf(count), metrics.lastIndexOf(count), metrics);
        }
    }

    @Test
    void hasTheLimitsOfTheMainPort() throws Exception {
        try (Server server = app(Shop.class).set("server.max-head-size", "1KiB").start();
                var twoHosts = new RawClient(management(server))) {
            String long1 = RawClient.exchange(
                    management(server), "GET /metrics HTTP/1.1\r\nHost: a\r\nA: " + "a".repeat(2000) + "\r\n\r\n");
            assertTrue(long1.startsWith("HTTP/1.1 431 "), long1);
            String answer = twoHosts.send("GET /metrics HTTP/1.1\r\n\r\n").readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
    }

    /** Neither connections nor threads are left to the main port. */
    @Test
    void answersWhileTheMainPortIsFull() throws Exception {
        int most = 300; // more than there are threads for handlers on Java 17
        try (Server server = app(Shop.class)
                        .set("server.max-connections", "" + most)
                        .set("server.loops", "1")
                        .start();
                var clients = new Clients<RawClient>()) {
            for (int i = 0; i < most; i++) {
                clients.add(new RawClient(server.address())).send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            for (String path : new String[] {"/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs"}) {
                String answer = get(management(server), path);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), path);
            }
            server.get(Shop.class).leave.countDown();
            clients.get(0).readResponse();
        }
    }

    // ---- faults

    @Test
    void reportsAPortThatIsTheApplicationsToo() {
        var builder = app(Shop.class)
                .set("server.port", "4711")
                .set("management.port", "4711")
                .set("server.host", "0.0.0.0")
                .set("health.timeout", "0s");
        assertText(
                "shared-port",
                assertThrows(StartupException.class, builder::start).getMessage());
    }

    @Test
    void namesItsSettingsWhereItCannotListen() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(
                    "Stop what uses the port, or take another one: --management.port=9001, MANAGEMENT_PORT=9001, or 0"
                            + " for a free one.",
                    cure(app(Shop.class).set("management.port", "" + taken.getLocalPort())));
        }
        String other = "Set management.host to an address of this machine, such as 127.0.0.1.";
        assertEquals(other, cure(app(Shop.class).set("management.host", "192.0.2.1")));
        assertEquals(other, cure(app(Shop.class).set("management.host", "no such host")));
    }

    /** The last line of the fault. */
    private static String cure(BistroBuilder app) {
        String text = assertThrows(StartupException.class, app::start).getMessage();
        assertTrue(text.contains("1) [cannot-listen] Can't listen on "), text);
        String[] lines = text.strip().split("\n");
        return lines[lines.length - 1].strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "x"})
    void rejectsWhatIsNoPort(String port) {
        var builder = app(Shop.class).set("management.port", port);
        String message = assertThrows(StartupException.class, builder::start).getMessage();
        assertTrue(message.contains("\"management.port\" is \"" + port + "\""), message);
    }

    @Test
    void isNotThereUnlessItsPortIsSet() {
        try (Server server = app(Shop.class).set("management.port", "").start()) {
            assertFalse(server.managementAddress().isPresent());
        }
    }
}
