package dev.bistro.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisAddress;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.redis.RedisReply;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FeedStores;
import dev.bistro.feed.FollowedFeed;
import dev.bistro.feed.SharedFeedStoreManners;
import dev.bistro.http.HttpException;
import dev.bistro.wire.Await;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.LossyProxy;
import dev.bistro.wire.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feeds of several instances in one Redis. */
class RedisFeedsTest extends SharedFeedStoreManners {
    private static final String KEY = "bistro:feed:{" + NAME + "}";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private RedisServer server;

    @BeforeEach
    void start() {
        server = RedisServer.shared();
        server.ask("FLUSHALL");
    }

    private FeedStores instance(String url, Duration limit, Duration patience) throws RedisException {
        Redis redis = closing(Redis.open(RedisAddress.of(url), limit));
        return closing(RedisFeedStores.open(redis, codec(), patience));
    }

    @Override
    protected FeedStores instance(Duration patience) throws RedisException {
        return instance(server.url(), LIMIT, patience);
    }

    @Override
    protected FeedStores losingAnswers(AtomicInteger losses) throws RedisException {
        LossyProxy proxy = closing(LossyProxy.open(server.port(), "\"publisher\"", losses));
        return instance("redis://127.0.0.1:" + proxy.port(), LIMIT, PATIENCE);
    }

    private RedisReply ask(String... words) throws RedisException {
        try (Redis redis = Redis.open(RedisAddress.of(server.url()), LIMIT)) {
            return redis.call(words);
        }
    }

    @Override
    protected void restart() {
        server.kill();
        server.start();
    }

    @Override
    protected void pause() {
        server.pause();
    }

    @Override
    protected void resume() {
        server.resume();
    }

    @Override
    protected void endReaders() {
        server.ask("CLIENT KILL TYPE normal");
    }

    @Override
    protected void removeAll() {
        server.ask("FLUSHALL");
    }

    @Override
    protected void restoreFirst() throws RedisException {
        ask("eval", """
                local items = redis.call('xrange', KEYS[1] .. ':items', '-', '+')
                redis.call('del', KEYS[1] .. ':items')
                redis.call('xadd', KEYS[1] .. ':items', items[1][1], unpack(items[1][2]))
                redis.call('hset', KEYS[1], 'last', items[1][1])
                """, "1", KEY);
    }

    @Override
    protected void moveElsewhere() throws RedisException {
        ask("hset", KEY, "life", "elsewhere");
    }

    // ---- what is lost

    /** A server of the test's own, which may lose something. */
    private RedisServer own(List<String> arguments) {
        server = closing(RedisServer.create(arguments));
        return server;
    }

    private static List<String> durableAnd(String... arguments) {
        return Stream.concat(RedisServer.DURABLE.stream(), Stream.of(arguments)).toList();
    }

    @Test
    void resetsWhenTheServerLosesAll() throws Exception {
        own(List.of());
        assertReset(this::restart);
    }

    @Test
    void resetsWhenTheServerIsBackWithAnEarlierState() throws Exception {
        own(List.of());
        Feed<Said> here = feed(10);
        Feed<Said> there = feed(10);
        publish(here, 1);
        server.ask("SAVE");
        String place = publish(here, 2);
        var client =
                new FollowedFeed<>(there, Feed.START).until(told -> told.items().size() == 2);
        restart();
        publish(here, 3);
        publish(here, 4);
        client.until(told -> numbers(told).contains(4));
        assertEquals(1, client.resets());
        assertEquals(List.of(1, 3, 4), numbers(feed(10)));
        assertTrue(feed(10).read(place).reset());
    }

    @Test
    void resetsWhenAReplicaTakesOver() throws Exception {
        RedisServer first = own(durableAnd("--repl-diskless-sync-delay", "0"));
        Feed<Said> feed = feed(10);
        String place = publish(feed, 1);
        RedisServer second = own(durableAnd("--replicaof", "127.0.0.1 " + first.port()));
        Await.until(() -> ask("info", "replication").text(0).contains("master_link_status:up"));
        second.ask("REPLICAOF NO ONE");
        Feed<Said> after = feed(10);
        assertTrue(after.read(place).reset());
        assertEquals(List.of(1), numbers(after));
    }

    /** Those that the guide says a user of Redis needs. */
    @Test
    void needsFewRights() throws Exception {
        String guide = Files.readString(Path.of("guide/instances.md")).replaceAll("\\s+", " ");
        Matcher rights = Pattern.compile("`(on >password [^`]*)`").matcher(guide);
        assertTrue(rights.find());
        server.ask("ACL SETUSER few " + rights.group(1));
        String url = server.url().replace("redis://", "redis://few:password@") + "/1";
        try (CapturedLog log = CapturedLog.of("dev.bistro.feed.redis", Level.INFO)) {
            Feed<Said> feed = feed(instance(url, LIMIT, PATIENCE), 1);
            var client = new FollowedFeed<>(feed, feed.read(Feed.LATEST).next());
            for (int number = 1; number <= 100; number++) {
                publish(feed, number);
            }
            client.until(told -> numbers(told).contains(100));
            assertEquals(List.of(), log.messages());
        }
        assertEquals("NOPERM", code(url, "flushall"));
        assertEquals("NOPERM", code(url, "get", "another"));
    }

    private static String code(String url, String... words) throws RedisException {
        try (Redis redis = Redis.open(RedisAddress.of(url), LIMIT)) {
            return assertThrows(RedisException.class, () -> redis.call(words)).code();
        }
    }

    // ---- limits

    @Test
    void removesWhatIsOldAndOutOfTheHistory() throws Exception {
        Feed<Said> feed = feed(5);
        for (int number = 1; number <= 99; number++) {
            feed.publish(new Said(0, number));
        }
        publish(feed, 100);
        assertEquals(100, ask("xlen", KEY + ":items").number());
        // the same an hour ago
        ask("eval", """
                local items = redis.call('xrange', KEYS[1] .. ':items', '-', '+')
                redis.call('del', KEYS[1] .. ':items')
                for _, item in ipairs(items) do
                  local number, millis = string.match(item[1], '(%d+)-(%d+)')
                  redis.call('xadd', KEYS[1] .. ':items', number .. '-' .. string.format('%.0f', millis - 3600000),
                    unpack(item[2]))
                end
                """, "1", KEY);
        Feed<Said> other = feed(5);
        for (int number = 101; number <= 199; number++) {
            other.publish(new Said(0, number));
        }
        publish(other, 200);
        assertEquals(100, ask("xlen", KEY + ":items").number());
        assertEquals(100, ask("hlen", KEY + ":publications").number());
        publish(other, 201);
        new FollowedFeed<>(other, Feed.START).until(told -> numbers(told).contains(201));
        assertEquals(List.of(197, 198, 199, 200, 201), numbers(other));
    }

    @Test
    void makesNoKeyForWhoeverAsks() throws Exception {
        FeedStores stores = instance(Duration.ofSeconds(30));
        for (int i = 0; i < 20; i++) {
            closing(Feed.create(FeedSettings.DEFAULTS, stores.create("asked " + i, Said.class)))
                    .read(Feed.START);
        }
        Feed<Said> feed = feed(10);
        var client = new FollowedFeed<>(feed, feed.read(Feed.START).next());
        assertEquals(List.of("bistro:feeds"), ask("keys", "*").values());
        publish(feed, 1);
        client.until(told -> numbers(told).contains(1));
        assertEquals(0, client.resets());
        assertEquals(4, ask("dbsize").number());
        assertEquals(-1, ask("ttl", KEY).number());
    }

    /** The epoch of feeds without items is then that of the lost one, too. */
    @Test
    void resetsWhenAFeedAloneIsRemoved() throws Exception {
        assertReset(() -> ask("del", KEY, KEY + ":items", KEY + ":publications"));
    }

    @Test
    void refusesWhatCanNotBeStoredForLong() throws Exception {
        Feed<Said> feed = feed(instance(server.url(), Duration.ofMillis(500), Duration.ofMillis(1)), 10);
        publish(feed, 1);
        pause();
        try {
            CompletionException fault = assertThrows(CompletionException.class, () -> publish(feed, 2));
            assertEquals(503, ((HttpException) fault.getCause()).status().code());
        } finally {
            resume();
        }
    }

    @Test
    void refusesAtOnceWhatCanNeverBeStored() throws Exception {
        FeedStores stores = instance(PATIENCE);
        ask("set", "bistro:feed:{taken}", "something else");
        Feed<Said> taken = closing(Feed.create(FeedSettings.DEFAULTS, stores.create("taken", Said.class)));
        CompletionException fault = assertThrows(CompletionException.class, () -> publish(taken, 1));
        assertEquals(RedisException.class, fault.getCause().getClass());
        publish(feed(stores, 10), 1);
    }
}
