package dev.bistro.health;

import static dev.bistro.startup.Golden.assertText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.ClientConnection;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.RawClient;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /health/live} and {@code /health/ready} on the main port. */
@Timeout(60)
class HealthTest {
    @Route("/hello")
    static final class Hello {
        @Get
        String hello() {
            return "hello";
        }
    }

    @Route("/{path*}")
    static final class All {
        @Get
        String own(String path) {
            return "my own";
        }
    }

    @Route("/health/ready")
    static final class OwnReady {
        @Get
        String own() {
            return "my own";
        }
    }

    /** A class that is found as it is. */
    @Singleton
    static final class Disk implements HealthCheck {
        final AtomicInteger count = new AtomicInteger();
        volatile boolean isFull;

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public Health check() {
            count.incrementAndGet();
            return isFull ? Health.down("The disk \"a\" is full") : Health.up().with("free", 7);
        }
    }

    /** What a factory's method makes. */
    @Factory
    static final class Checks {
        @Bean
        HealthCheck warehouse() {
            return HealthCheck.of("warehouse", () -> {
                throw new IllegalStateException("jdbc://warehouse?password=s3cret");
            });
        }
    }

    @Singleton
    static final class Slow implements HealthCheck {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Health check() throws InterruptedException {
            entered.countDown();
            leave.await();
            return Health.up();
        }
    }

    static final class Nameless implements HealthCheck {
        @Override
        public String name() {
            return " ";
        }

        @Override
        public Health check() {
            return Health.up();
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.of(Duration.ZERO);
        }
    }

    @Factory
    static final class Logins {
        @Bean
        Authenticator people() {
            return Authenticator.basic("Shop", (name, password) -> {
                if (password.equals("fails")) {
                    throw new IllegalStateException("The directory of users can't be asked");
                }
                return Optional.of(Login.of(name, name)).filter(login -> password.equals("right"));
            });
        }
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(HealthTest.class)
                .classes(classes)
                .set("server.host", "127.0.0.1")
                .set("health.enabled", "true")
                .port(0);
    }

    private static String request(String line, String fields) {
        return line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n";
    }

    private static String send(Server server, String line) throws Exception {
        return RawClient.exchange(server.address(), request(line, ""));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void answersWithTheStatusAlone() throws Exception {
        try (Server server = app(Hello.class, Disk.class).start()) {
            for (String path : new String[] {"/health/live", "/health/ready", "/health/ready?full=true"}) {
                String answer = send(server, "GET " + path);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                assertTrue(answer.contains("\r\nContent-Type: application/json\r\n"), answer);
                assertTrue(answer.contains("\r\nCache-Control: no-store\r\n"), answer);
                assertEquals("{\"status\":\"UP\"}", body(answer));
                String head = send(server, "HEAD " + path);
                assertTrue(head.startsWith("HTTP/1.1 200 "), head);
                assertTrue(head.contains("\r\nContent-Length: 15\r\n"), head);
                assertEquals("", body(head));
            }
        }
    }

    @Test
    void aCheckThatIsDownConcernsReadinessAlone() throws Exception {
        try (Server server = app(Hello.class, Disk.class).start()) {
            server.get(Disk.class).isFull = true;
            String ready = send(server, "GET /health/ready");
            assertTrue(ready.startsWith("HTTP/1.1 503 "), ready);
            assertTrue(ready.contains("\r\nCache-Control: no-store\r\n"), ready);
            assertEquals("{\"status\":\"DOWN\"}", body(ready));
            assertTrue(send(server, "HEAD /health/ready").startsWith("HTTP/1.1 503 "));
            assertEquals("{\"status\":\"UP\"}", body(send(server, "GET /health/live")));
            assertEquals(1, server.get(Disk.class).count.get(), "one run for both, and none for liveness");
        }
    }

    @Test
    void answersWhileNoThreadWaits() throws Exception {
        try (Server server = app(Hello.class, Slow.class).start();
                var first = new RawClient(server.address());
                var second = new RawClient(server.address())) {
            first.send(request("GET /health/ready", ""));
            second.send(request("HEAD /health/ready", ""));
            Slow slow = server.get(Slow.class);
            slow.entered.await();
            assertEquals("{\"status\":\"UP\"}", body(send(server, "GET /health/live")));
            assertEquals(0, server.statistics().handlerThreads());
            new RawClient(server.address())
                    .send(request("GET /health/ready", ""))
                    .close(); // cancels nothing
            slow.leave.countDown();
            assertEquals("{\"status\":\"UP\"}", body(first.readToEnd()));
            assertTrue(second.readToEnd().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void isForEverybodyWhereRoutesNeedALogin() throws Exception {
        try (Server server =
                app(Hello.class, Logins.class).set("security.default", "deny").start()) {
            assertTrue(send(server, "GET /hello").startsWith("HTTP/1.1 401 "));
            assertTrue(send(server, "GET /health/ready").startsWith("HTTP/1.1 200 "));
            assertTrue(send(server, "GET /health/live").startsWith("HTTP/1.1 200 "));
        }
    }

    @ParameterizedTest
    @CsvSource({"ops:right, true", "ada:right, false", "ops:wrong, false", "ops:fails, false", "'', false"})
    void showsDetailsToARole(String login, boolean shows) throws Exception {
        try (Server server = app(Hello.class, Logins.class, Disk.class, Checks.class)
                .set("health.details-role", "ops")
                .start()) {
            String field = login.isEmpty()
                    ? ""
                    : "Authorization: Basic "
                            + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)) + "\r\n";
            String answer = RawClient.exchange(server.address(), request("GET /health/ready", field));
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertEquals(
                    shows
                            ? "{\"status\":\"DOWN\",\"checks\":["
                                    + "{\"name\":\"warehouse\",\"status\":\"DOWN\",\"details\":"
                                    + "{\"reason\":\"It threw java.lang.IllegalStateException\"}},"
                                    + "{\"name\":\"disk\",\"status\":\"UP\",\"details\":{\"free\":\"7\"}}]}"
                            : "{\"status\":\"DOWN\"}",
                    sorted(body(answer)));
        }
    }

    /** Checks come in an order of their own; here the disk is the last one. */
    private static String sorted(String body) {
        String disk = "{\"name\":\"disk\",\"status\":\"UP\",\"details\":{\"free\":\"7\"}}";
        return body.contains(disk + ",") ? body.replace(disk + ",", "").replace("]}", "," + disk + "]}") : body;
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnReady.class, All.class})
    void anyRouteOfTheApplicationsOwnWins(Class<?> routes) throws Exception {
        try (Server server = app(routes).start()) {
            assertEquals("my own", body(send(server, "GET /health/ready")));
        }
    }

    @Test
    void isOffByDefaultAndThenAsksNoCheck() throws Exception {
        try (Server server =
                app(Hello.class, Nameless.class).set("health.enabled", "false").start()) {
            assertTrue(send(server, "GET /health/live").startsWith("HTTP/1.1 404 "));
            assertTrue(send(server, "GET /health/ready").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void worksWithinTheProcess() throws Exception {
        try (Server server = app(Hello.class, Slow.class)
                        .with(Slow.class, released())
                        .set("management.port", "1")
                        .startInProcess();
                ClientConnection client = server.connect()) {
            client.output().write(request("GET /health/ready", "").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.input().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertEquals("{\"status\":\"UP\"}", body(answer));
            assertFalse(server.managementAddress().isPresent());
        }
    }

    private static Slow released() {
        var slow = new Slow();
        slow.leave.countDown();
        return slow;
    }

    @Test
    void aCheckWithoutANameIsAFaultOfTheStart() {
        var builder = app(Hello.class, Nameless.class);
        assertText(
                "bad-health-check",
                assertThrows(StartupException.class, builder::start).getMessage());
    }

    @Test
    void settingsWithoutEffectAreFaults() {
        var builder = app(Hello.class)
                .set("health.enabled", "false")
                .set("health.details-role", "ops")
                .set("health.timeout", "0s");
        String message = assertThrows(StartupException.class, builder::start).getMessage();
        assertTrue(message.contains("details-role has no effect without enabled"), message);
        assertTrue(message.contains("timeout has to be from 1ms to 365d"), message);
    }
}
