package dev.bistro.feed.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.json.ApplicationJson;
import dev.bistro.body.json.JsonValues;
import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.pool.PoolOptions;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedItem;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FollowedFeed;
import dev.bistro.feed.store.ItemCodec;
import dev.bistro.http.HttpException;
import dev.bistro.wire.PostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feeds of several instances in one PostgreSQL: nothing is lost, nothing comes twice, and all in the same order. */
@Timeout(120)
class PostgresqlFeedsTest {
    private static final int PUBLISHERS = 4;
    private static final int EACH = 250;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private PostgresServer server;
    private String url;

    /** An item, by whom it was published, and as which of theirs. */
    record Said(int publisher, int number) {}

    @BeforeEach
    void start() {
        server = PostgresServer.shared();
        url = server.newSchema();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private ConnectionPool pool() throws SQLException {
        ConnectionPool pool = ConnectionPool.open(
                DatabaseAddress.of(url), new PoolOptions("test", 2, Duration.ofSeconds(1), Optional.empty()));
        opened.add(pool);
        return pool;
    }

    private PostgresqlFeedStores instance(DataSource pool, Duration patience) throws SQLException {
        PostgresqlFeedStores stores = PostgresqlFeedStores.open(pool, url, Map.of(), codec(), patience);
        opened.add(stores);
        return stores;
    }

    private Feed<Said> feed(int history) throws SQLException {
        return feed(instance(pool().dataSource(), Duration.ofSeconds(30)), history);
    }

    private Feed<Said> feed(PostgresqlFeedStores stores, int history) {
        Feed<Said> feed = Feed.create(FeedSettings.DEFAULTS.withHistory(history), stores.create("said", Said.class));
        opened.add(feed);
        return feed;
    }

    private static ItemCodec codec() {
        var values = new JsonValues(new ApplicationJson());
        return new ItemCodec() {
            @Override
            public <T> String write(T data, Class<T> type) {
                return values.write(data, type);
            }

            @Override
            public <T> T read(String json, Class<T> type) {
                return values.read(json, type);
            }
        };
    }

    private static String publish(Feed<Said> feed, int number) {
        return feed.publish(new Said(0, number)).toCompletableFuture().join().id();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Integer> numbers(FollowedFeed<Said> client) {
        return client.items().stream().map(Said::number).toList();
    }

    // ---- many at once

    /** Publishes from several threads, each after the other of its items without waiting. */
    private static Stream<CompletableFuture<FeedItem<Said>>> publishAll(Feed<Said> feed, int publisher) {
        return IntStream.range(0, EACH)
                .mapToObj(number -> feed.publish(new Said(publisher, number)).toCompletableFuture());
    }

    private void assertAllInOneOrder(List<FollowedFeed<Said>> clients) {
        List<Said> order = clients.get(0).items();
        for (FollowedFeed<Said> client : clients) {
            assertEquals(order, client.items());
            assertEquals(0, client.resets());
        }
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            int wanted = publisher;
            assertEquals(
                    IntStream.range(0, EACH).boxed().toList(),
                    order.stream()
                            .filter(one -> one.publisher() == wanted)
                            .map(Said::number)
                            .toList());
        }
        assertEquals(PUBLISHERS * EACH, order.size());
    }

    @Test
    void tellsAllInstancesTheSameInTheSameOrder() throws SQLException {
        manyAtOnce(() -> {});
    }

    @Test
    void losesNothingAndRepeatsNothingWhenTheServerIsKilled() throws SQLException {
        manyAtOnce(() -> {
            server.kill();
            server.start();
        });
    }

    private void manyAtOnce(Runnable disturbance) throws SQLException {
        List<Feed<Said>> feeds = List.of(feed(2 * PUBLISHERS * EACH), feed(2 * PUBLISHERS * EACH));
        List<CompletableFuture<FollowedFeed<Said>>> clients = feeds.stream()
                .flatMap(feed -> Stream.of(feed, feed))
                .map(feed -> new FollowedFeed<>(feed, feed.read(Feed.LATEST).next())
                        .untilAsync(client -> client.items().size() >= PUBLISHERS * EACH))
                .toList();
        List<CompletableFuture<List<CompletableFuture<FeedItem<Said>>>>> publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(publisher -> CompletableFuture.supplyAsync(
                        () -> publishAll(feeds.get(publisher % 2), publisher).toList()))
                .toList();
        disturbance.run();
        publishers.forEach(one -> one.join().forEach(CompletableFuture::join));
        assertAllInOneOrder(clients.stream().map(CompletableFuture::join).toList());
    }

    // ---- the history

    @Test
    void keepsTheHistoryOverARestartOfTheApplication() throws Exception {
        Feed<Said> before = feed(5);
        String first = publish(before, 1);
        IntStream.rangeClosed(2, 9).forEach(number -> publish(before, number));
        String last = publish(before, 10);
        stop();
        opened.clear();
        Feed<Said> after = feed(5);
        assertEquals(
                List.of(6, 7, 8, 9, 10),
                after.read(Feed.START).items().stream()
                        .map(item -> item.data().number())
                        .toList());
        assertTrue(after.read(first).reset());
        assertEquals(last, after.read(last).next());
        publish(after, 11);
        assertEquals(
                List.of(11),
                numbers(new FollowedFeed<>(after, last)
                        .until(client -> !client.items().isEmpty())));
    }

    @Test
    void removesWhatIsOldAndOutOfTheHistory() throws SQLException {
        Feed<Said> feed = feed(5);
        for (int number = 1; number <= 98; number++) {
            feed.publish(new Said(0, number));
        }
        publish(feed, 99);
        execute("update bistro_feed_items set at = at - interval '1 hour'");
        publish(feed, 100);
        publish(feed, 101);
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select count(*), min(number) from bistro_feed_items")) {
            row.next();
            assertTrue(row.getInt(1) <= 6 && row.getInt(2) >= 95, row.getInt(1) + " from " + row.getInt(2));
        }
    }

    // ---- resets

    private void assertReset(String sql) throws SQLException {
        Feed<Said> here = feed(10);
        Feed<Said> there = feed(10);
        String place = publish(here, 1);
        place = publish(here, 2);
        var client = new FollowedFeed<>(there, place);
        execute(sql);
        client.until(told -> told.resets() == 1);
        publish(here, 3);
        client.until(told -> numbers(told).contains(3));
        assertEquals(1, client.resets());
        assertTrue(feed(10).read(place).reset());
    }

    @Test
    void resetsWhenTheTablesAreEmptied() throws SQLException {
        assertReset("truncate bistro_feeds, bistro_feed_items");
    }

    @Test
    void resetsWhenTheTablesAreDropped() throws SQLException {
        assertReset("drop table bistro_feeds, bistro_feed_items");
    }

    @Test
    void resetsWhenAnEarlierStateIsRestored() throws SQLException {
        assertReset("with one as (update bistro_feeds set last = 1) delete from bistro_feed_items where number > 1");
    }

    @Test
    void resetsWhenItIsAnotherServer() throws SQLException {
        Feed<Said> feed = feed(10);
        String place = publish(feed, 1);
        execute("update bistro_feeds set made_in = 'elsewhere'");
        Feed<Said> after = feed(10);
        assertTrue(after.read(place).reset());
        assertEquals(1, after.read(Feed.START).items().size());
    }

    // ---- faults in between

    /** A connection whose commit is done, and whose answer is lost, a number of times. */
    private static DataSource losingAnswers(DataSource pool, AtomicInteger losses) {
        return wrap(
                DataSource.class,
                pool,
                (method, result) -> method.equals("getConnection")
                        ? wrap(Connection.class, (Connection) result, (called, answer) -> {
                            if (called.equals("commit") && losses.getAndDecrement() > 0) {
                                throw new SQLException("the answer is lost", "08006");
                            }
                            return answer;
                        })
                        : result);
    }

    private interface After {
        Object then(String method, Object result) throws Exception;
    }

    private static <T> T wrap(Class<T> type, T wrapped, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, with) -> {
            try {
                return after.then(method.getName(), method.invoke(wrapped, with));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Test
    void storesOnceWhatIsSentAgainSinceTheAnswerWasLost() throws SQLException {
        var losses = new AtomicInteger();
        Feed<Said> feed = feed(instance(losingAnswers(pool().dataSource(), losses), Duration.ofSeconds(30)), 10);
        losses.set(2);
        publish(feed, 1);
        assertTrue(losses.get() < 0, "no answer was lost");
        publish(feed, 2);
        assertEquals(
                List.of(1, 2),
                numbers(new FollowedFeed<>(feed, Feed.START)
                        .until(client -> client.items().size() >= 2)));
        assertEquals(2, feed(10).read(Feed.START).items().size());
    }

    @Test
    void givesUpWhatCanNotBeStoredForLong() throws SQLException {
        var losses = new AtomicInteger();
        Feed<Said> feed = feed(instance(losingAnswers(pool().dataSource(), losses), Duration.ofMillis(1)), 10);
        execute("drop table bistro_feed_items; create view bistro_feed_items as select 1 as one");
        CompletionException fault = assertThrows(CompletionException.class, () -> publish(feed, 1));
        assertEquals(503, ((HttpException) fault.getCause()).status().code());
    }

    @Test
    void listensAgainWhenItsConnectionIsEnded() throws SQLException {
        Feed<Said> here = feed(10);
        Feed<Said> there = feed(10);
        var client = new FollowedFeed<>(there, there.read(Feed.LATEST).next());
        publish(here, 1);
        client.until(told -> told.items().size() == 1);
        execute("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'");
        publish(here, 2);
        client.until(told -> told.items().size() == 2);
        assertEquals(0, client.resets());
        assertEquals(List.of(1, 2), numbers(client));
    }

    @Test
    void isOpenedByAUserWhoMayDoNothingElse() throws SQLException {
        String schema = url.replaceAll(".*currentSchema=", "");
        String user = "plain_" + schema;
        execute("create role " + user + " login");
        execute("grant usage, create on schema " + schema + " to " + user);
        url = url.replace("user=postgres", "user=" + user);
        publish(feed(10), 1);
    }
}
