package dev.bistro.feed.postgresql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.pool.PoolOptions;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedId;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FeedStores;
import dev.bistro.feed.FollowedFeed;
import dev.bistro.feed.SharedFeedStoreManners;
import dev.bistro.feed.store.Publication;
import dev.bistro.http.HttpException;
import dev.bistro.wire.Await;
import dev.bistro.wire.PostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feeds of several instances in one PostgreSQL. */
class PostgresqlFeedsTest extends SharedFeedStoreManners {
    private PostgresServer server;
    private String url;

    @BeforeEach
    void start() {
        server = PostgresServer.shared();
        url = server.newSchema();
    }

    private DataSource pool() throws SQLException {
        return closing(ConnectionPool.open(
                        DatabaseAddress.of(url),
                        new PoolOptions("test", 2, Duration.ofSeconds(1), Optional.empty(), Optional.empty())))
                .dataSource();
    }

    @Override
    protected FeedStores instance(Duration patience) throws SQLException {
        return instance(pool(), patience);
    }

    private FeedStores instance(DataSource pool, Duration patience) throws SQLException {
        return closing(PostgresqlFeedStores.open(pool, url, Map.of(), codec(), patience));
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
    protected void endReaders() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'");
    }

    @Override
    protected void removeAll() throws SQLException {
        execute("truncate bistro_feeds, bistro_feed_items");
    }

    @Override
    protected void restoreFirst() throws SQLException {
        execute("with one as (update bistro_feeds set last = 1) delete from bistro_feed_items where number > 1");
    }

    @Override
    protected void moveElsewhere() throws SQLException {
        execute("update bistro_feeds set made_in = 'elsewhere'");
    }

    @Test
    void resetsWhenTheTablesAreDropped() throws Exception {
        assertReset(() -> execute("drop table bistro_feeds, bistro_feed_items"));
    }

    /** Nobody sees the moment in between, in which the number is free. */
    @Test
    void resetsWhenAnotherItemHasTheNumberOfALostOneAtOnce() throws Exception {
        assertReset(() -> execute("update bistro_feed_items set publication = gen_random_uuid(),"
                + " data = '{\"publisher\":0,\"number\":9}', at = at + interval '1 minute' where number = 2;"
                + " notify bistro_feeds"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void removesWhatIsOldAndOutOfTheHistory() throws Exception {
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

    @Test
    void makesNoRowForWhoeverAsks() throws Exception {
        FeedStores stores = instance(Duration.ofSeconds(30));
        for (int i = 0; i < 20; i++) {
            closing(Feed.create(FeedSettings.DEFAULTS, stores.create("asked " + i, Said.class)))
                    .read(Feed.START);
        }
        Feed<Said> feed = feed(10);
        var client = new FollowedFeed<>(feed, feed.read(Feed.START).next());
        assertEquals("", names());
        publish(feed, 1);
        client.until(told -> numbers(told).contains(1));
        assertEquals(0, client.resets());
        assertEquals(" said", names());
    }

    private String names() throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select string_agg(name, ' ' order by name) from bistro_feeds")) {
            row.next();
            return row.getString(1);
        }
    }

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

    @Override
    protected FeedStores losingAnswers(AtomicInteger losses) throws SQLException {
        return instance(losingAnswers(pool(), losses), PATIENCE);
    }

    @Test
    void givesUpWhatCanNotBeStoredForLong() throws SQLException {
        var losses = new AtomicInteger();
        Feed<Said> feed = feed(instance(losingAnswers(pool(), losses), Duration.ofMillis(1)), 10);
        execute("drop table bistro_feed_items; create view bistro_feed_items as select 1 as one");
        CompletionException fault = assertThrows(CompletionException.class, () -> publish(feed, 1));
        assertEquals(503, ((HttpException) fault.getCause()).status().code());
    }

    @Test
    void endsAtOnceWhileAServerThatSaysNothingIsConnectedTo() throws Exception {
        var isConnecting = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var listener = new Listener(pool(), () -> {
            isConnecting.countDown();
            assertDoesNotThrow(() -> mayGoOn.await());
            throw new SQLException("no connection");
        });
        isConnecting.await();
        try {
            assertTimeout(Duration.ofSeconds(3), listener::close);
        } finally {
            mayGoOn.countDown();
        }
    }

    @Test
    void isOpenedByAUserWhoMayDoNothingElse() throws Exception {
        String schema = url.replaceAll(".*currentSchema=", "");
        String user = "plain_" + schema;
        execute("create role " + user + " login");
        execute("grant usage, create on schema " + schema + " to " + user);
        url = url.replace("user=postgres", "user=" + user);
        publish(feed(10), 1);
    }

    @Test
    void storesTheFirstItemOnceEvenWhereTheFirstAttemptIsStillGoingOn() throws Exception {
        feed(10);
        var item = new Publication(
                NAME, UUID.randomUUID(), "message", "{\"publisher\":0,\"number\":1}", 0, new CompletableFuture<>());
        try (Connection first = java.sql.DriverManager.getConnection(url);
                Connection second = java.sql.DriverManager.getConnection(url)) {
            first.setAutoCommit(false);
            List<FeedId> ids = FeedTables.append(first, NAME, List.of(item), false);
            CompletableFuture<List<FeedId>> again = CompletableFuture.supplyAsync(
                    () -> assertDoesNotThrow(() -> FeedTables.append(second, NAME, List.of(item), true)));
            Await.until(() -> isSomebodyWaiting());
            first.commit();
            assertEquals(ids, again.get(10, TimeUnit.SECONDS));
        }
    }

    private boolean isSomebodyWaiting() throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }
}
