package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.Route;
import dev.bistro.app.tiny.TinyApplication;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications that are started by a program. */
class FrontDoorTest {
    private static final String CLOSE = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

    private static String get(Server server, String path, String... headers) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        return RawClient.exchange(address, "GET " + path + CLOSE + String.join("", headers) + "\r\n");
    }

    @Test
    void startsAnApplicationFromItsPackage() throws IOException {
        try (Server server = Bistro.app(TinyApplication.class).port(0).start()) {
            assertNotEquals(0, server.port());
            assertEquals("http://localhost:" + server.port(), server.uri().toString());
            assertTrue(get(server, "/hello/World").endsWith("Hello, World!"));
            assertTrue(get(server, "/nowhere").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void injectsWhatIsGiven() throws IOException {
        TinyApplication.Greeting gruff = name -> "Oh, " + name;
        try (Server server = Bistro.app(TinyApplication.class)
                .port(0)
                .with(TinyApplication.Greeting.class, gruff)
                .start()) {
            assertTrue(get(server, "/hello/you").endsWith("Oh, you"));
            assertEquals(gruff, server.get(TinyApplication.Greeting.class));
        }
    }

    @Test
    void closesWhatItMadeAfterTheLastRequest() {
        int before = TinyApplication.Hello.closed();
        Server server = Bistro.app(TinyApplication.class).port(0).start();
        server.stop(Duration.ofSeconds(5));
        server.close();
        assertEquals(before + 1, TinyApplication.Hello.closed());
    }

    @Test
    void compressesUnlessItIsToldNotTo() throws IOException {
        String gzip = "Accept-Encoding: gzip\r\n";
        try (Server server = Bistro.app(TinyApplication.class).port(0).start()) {
            assertTrue(get(server, "/long", gzip).contains("\r\nContent-Encoding: gzip\r\n"));
        }
        try (Server server = Bistro.app(TinyApplication.class)
                .port(0)
                .set("server.compression", "false")
                .start()) {
            assertTrue(get(server, "/long", gzip).endsWith("long "));
        }
    }

    @Test
    void takesSettings() throws IOException {
        try (Server server = Bistro.app(TinyApplication.class)
                .port(0)
                .args("--server.max-head-size=1KiB", "--server.host=127.0.0.1")
                .start()) {
            assertTrue(
                    get(server, "/hello/x", "X: " + "x".repeat(2_000) + "\r\n").startsWith("HTTP/1.1 431 "));
        }
    }

    interface PriceList {}

    @Config("items")
    record ItemSettings(URI database) {}

    @Route("/items/{id}")
    static final class ItemController {
        @Inject
        ItemController(PriceList prices, ItemSettings settings) {}

        @Get
        String find(@PathParam long itemId, String id) {
            return "";
        }
    }

    @Route("/items/{id}")
    static final class SameAgain {
        @Get
        String find(String id) {
            return "";
        }
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        var fault = assertThrows(
                StartupException.class,
                () -> Bistro.app(TinyApplication.class)
                        .classes(ItemController.class, SameAgain.class, ItemSettings.class)
                        .args("--server.port=many", "--server.prot=1")
                        .set("server.max-connections", "0")
                        .start());
        assertEquals(
                List.of(
                        "unknown-setting",
                        "bad-setting",
                        "rejected-settings",
                        "missing-setting",
                        "nothing-provides",
                        "unknown-path-variable",
                        "duplicate-route"),
                fault.problems().stream().map(problem -> problem.id()).toList(),
                fault.getMessage());
    }

    @Test
    void reportsServerSettingsThatAreOutOfBounds() {
        var problems = new Problems();
        assertThrows(
                        StartupException.class,
                        () -> Bistro.app(TinyApplication.class)
                                .args(
                                        "--server.port=70000",
                                        "--server.max-connections=0",
                                        "--server.max-body-size=2GB",
                                        "--server.head-timeout=0ms",
                                        "--server.stop-timeout=366d")
                                .start())
                .problems()
                .forEach(problems::add);
        Golden.assertGolden("rejected-server-settings", problems);
    }

    @Route("/database")
    static final class DatabaseController {
        private final ItemSettings settings;

        @Inject
        DatabaseController(ItemSettings settings) {
            this.settings = settings;
        }

        @Get
        String get() {
            return settings.database.toString();
        }
    }

    @Test
    void injectsARecordOfSettings() throws IOException {
        BistroBuilder app = Bistro.app(FrontDoorTest.class).classes(DatabaseController.class, ItemSettings.class);
        try (Server server = app.port(0).set("items.database", "db:items").start()) {
            assertTrue(get(server, "/database").endsWith("db:items"));
        }
    }

    @Test
    void takesARecordOfSettingsAsTheProgramGivesIt() throws IOException {
        try (Server server = Bistro.app(FrontDoorTest.class)
                .classes(DatabaseController.class, ItemSettings.class)
                .port(0)
                .with(ItemSettings.class, new ItemSettings(URI.create("db:given")))
                .start()) {
            assertTrue(get(server, "/database").endsWith("db:given"));
        }
    }

    @Test
    void saysThatThePortIsInUse() {
        try (Server server = Bistro.app(TinyApplication.class).port(0).start()) {
            var fault = assertThrows(
                    StartupException.class,
                    () -> Bistro.app(TinyApplication.class).port(server.port()).start());
            assertTrue(
                    fault.getMessage().contains("[cannot-listen] Can't listen on 0.0.0.0:" + server.port()),
                    fault.getMessage());
        }
    }

    @Test
    void bindsAgainAtOnceAfterAStop() throws IOException {
        Server first = Bistro.app(TinyApplication.class).port(0).start();
        int port = first.port();
        get(first, "/hello/x");
        first.close();
        try (Server second = Bistro.app(TinyApplication.class).port(port).start()) {
            assertTrue(get(second, "/hello/again").endsWith("Hello, again!"));
        }
    }
}
