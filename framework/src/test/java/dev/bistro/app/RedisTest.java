package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FeedStores;
import dev.bistro.startup.Golden;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.Await;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.RedisServer;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application with something in Redis: what it shares with other instances, and what is told at the start. */
@Timeout(60)
class RedisTest {
    @Route("/news")
    static final class News {
        private final Feed<String> feed;

        @Inject
        News(FeedStores stores) {
            feed = Feed.create(FeedSettings.DEFAULTS, stores.create("news", String.class));
        }

        @Get
        Feed<String> follow() {
            return feed;
        }

        @Post
        CompletionStage<?> add(@Body String text) {
            return feed.publish(text);
        }
    }

    @Route("/plain")
    static final class Plain {
        @Get
        String get() {
            return "plain";
        }
    }

    private static BistroBuilder app(String url) {
        return Bistro.app(RedisTest.class)
                .classes(News.class)
                .set("feeds.store", "redis")
                .set("redis.url", url);
    }

    private static StartupException faults(BistroBuilder application) {
        return assertThrows(
                StartupException.class, () -> application.startInProcess().close());
    }

    private static int freePort() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return listener.getLocalPort();
        }
    }

    private static void assertReport(String golden, StartupException faults, int port) {
        assertFalse(faults.getMessage().contains("secret"), faults.getMessage());
        Golden.assertText(golden, faults.getMessage().replace(String.valueOf(port), "PORT"));
    }

    @Test
    void sharesFeedsBetweenInstances() {
        RedisServer server = RedisServer.shared();
        server.ask("FLUSHALL");
        BistroBuilder one = app(server.url()).set("health.enabled", "true").set("redis.timeout", "500ms");
        try (TestClient client = TestClient.start(one);
                TestClient other = TestClient.start(app(server.url()))) {
            client.post("/news").text("text/plain", "hello").send().assertStatus(200);
            other.get("/news?wait=20").send().assertStatus(200).assertContains("hello");
            server.pause();
            try {
                client.get("/health/ready").send().assertStatus(503);
            } finally {
                server.resume();
            }
            Await.until(() -> client.get("/health/ready").send().status().code()
                    == 200); // what a check has found is kept for a moment
        }
    }

    @Test
    void connectsOnlyIfSomethingIsInIt() throws Exception {
        String url = "redis://:secret@127.0.0.1:" + freePort();
        try (TestClient client = TestClient.start(
                Bistro.app(RedisTest.class).classes(Plain.class).set("redis.url", url))) {
            client.get("/plain").send().assertText("plain");
        }
    }

    // ---- faults

    @Test
    void tellsOfMissingAndWrongAddresses() {
        BistroBuilder without = Bistro.app(RedisTest.class).classes(Plain.class).set("feeds.store", "redis");
        assertReport("redis-without-url", faults(without), 0);
        assertReport("bad-redis-url", faults(app("redis://:secret@one,two")), 0);
    }

    @Test
    void tellsOfAllFaultsAtOnce() {
        BistroBuilder all = Bistro.app(RedisTest.class)
                .classes(Plain.class)
                .set("feeds.store", "redis")
                .set("session.store", "redis")
                .set("limits.store", "redis")
                .set("redis.timeout", "0s");
        assertReport("redis-all-faults", faults(all), Integer.MAX_VALUE);
        assertEquals(
                List.of("rejected-settings", "bad-redis-url"),
                faults(all.set("redis.url", "redis://:secret@one,two")).problems().stream()
                        .map(each -> each.id())
                        .toList());
    }

    @Test
    void tellsOfARedisThatCanNotBeReached() throws Exception {
        int port = freePort();
        assertReport("no-redis-connection", faults(app("redis://ada:secret@127.0.0.1:" + port)), port);
    }

    @Test
    void tellsOfALoginThatIsRefused() {
        RedisServer server = RedisServer.shared();
        BistroBuilder app = app(server.url()).set("redis.user", "bob").set("redis.password", "secret");
        assertReport("redis-login-refused", faults(app), server.port());
    }

    @Test
    void tellsOfAUserWhoMayNotDoWhatFeedsNeed() {
        RedisServer server = RedisServer.shared();
        server.ask("ACL SETUSER eve on >secret ~* +ping +client");
        BistroBuilder app = app(server.url()).set("redis.user", "eve").set("redis.password", "secret");
        assertReport("no-feeds-in-redis", faults(app), server.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=0s", "user=ada", "password=secret"})
    void tellsOfSettingsThatMeanNothing(String setting) {
        StartupException faults = faults(Bistro.app(RedisTest.class)
                .classes(Plain.class)
                .set("redis." + setting.split("=")[0], setting.split("=")[1]));
        assertEquals("rejected-settings", faults.problems().get(0).id());
        assertFalse(faults.getMessage().contains("secret"), faults.getMessage());
    }

    // ---- what is warned of

    /** What is logged of its settings by an application that keeps feeds in it. */
    private static List<String> told(RedisServer server) {
        return told(server, app(server.url()));
    }

    private static List<String> told(RedisServer server, BistroBuilder app) {
        try (CapturedLog log = CapturedLog.of("dev.bistro.feed.redis", Level.INFO)) {
            TestClient.start(app).close();
            return log.events().stream()
                    .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .filter(line -> line.contains("Feeds are in Redis"))
                    .map(line -> line.replace(server.url() + "/0", "URL"))
                    .toList();
        }
    }

    @Test
    void warnsOfSettingsThatMayLoseSomething() {
        assertEquals(List.of(), told(RedisServer.shared()));
        try (RedisServer server = RedisServer.create(List.of("--maxmemory-policy", "allkeys-lru"))) {
            assertEquals(
                    List.of(
                            "WARN Feeds are in Redis at URL, whose appendonly is no: what was acknowledged may be lost"
                                    + " when it ends. Set appendonly yes",
                            "WARN Feeds are in Redis at URL, whose maxmemory-policy removes any keys when the memory is"
                                    + " full. Set maxmemory-policy noeviction, or one that begins with volatile-"),
                    told(server));
            server.ask("CONFIG SET appendonly yes");
            server.ask("CONFIG SET maxmemory-policy volatile-lru");
            assertEquals(
                    List.of("WARN Feeds are in Redis at URL, whose appendfsync is everysec: what was acknowledged in"
                            + " the last second or longer may be lost when it ends. Set appendfsync always"),
                    told(server));
        }
    }

    @Test
    void saysWhatARedisOfAPlatformDoesNotTell() {
        RedisServer server = RedisServer.shared();
        server.ask("ACL SETUSER managed on >secret ~* +@all -config");
        assertEquals(
                List.of("INFO Feeds are in Redis at URL, which doesn't tell its appendfsync: it should be always"),
                told(server, app(server.url()).set("redis.user", "managed").set("redis.password", "secret")));
    }
}
