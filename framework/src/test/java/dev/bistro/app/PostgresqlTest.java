package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FeedStores;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import dev.bistro.wire.Await;
import dev.bistro.wire.PostgresServer;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a real PostgreSQL does: transactions that are in each other's way, and a server that goes. */
@Timeout(60)
class PostgresqlTest {
    private static final int CLIENTS = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PostgresServer postgres;
    private TestClient client;

    @BeforeEach
    void find() {
        postgres = PostgresServer.shared();
    }

    @AfterEach
    void stop() {
        threads.shutdown();
        if (client != null) {
            client.close();
        }
    }

    @Route("/texts")
    static final class Texts {
        static final AtomicInteger CALLS = new AtomicInteger();
        static volatile CyclicBarrier both = new CyclicBarrier(2);
        static volatile CountDownLatch entered = new CountDownLatch(0);
        static volatile CountDownLatch leave = new CountDownLatch(0);

        @Get
        int count(Connection connection) throws SQLException {
            return count(connection, "select count(*) from rows");
        }

        private static int count(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getInt(1);
            }
        }

        @Post
        @Transactional
        void add(Connection connection, @Body String text) throws SQLException {
            try (var statement = connection.prepareStatement("insert into rows (text) values (?)")) {
                statement.setString(1, text);
                statement.executeUpdate();
            }
        }

        /** Counts, waits until the other has counted too, and adds a row: in a row, the second would count more. */
        @Put
        @Transactional(isolation = Transactional.Isolation.SERIALIZABLE)
        void addCount(Connection connection) throws Exception {
            int count = count(connection);
            if (CALLS.incrementAndGet() <= 2) {
                both.await();
            }
            add(connection, "" + count);
        }

        @Post("/slow")
        @Transactional
        void slow(Connection connection) throws SQLException {
            add(connection, "slow");
            count(connection, "select 1 from pg_sleep(60)");
        }

        @Post("/held")
        @Transactional
        void held(Connection connection) throws SQLException, InterruptedException {
            add(connection, "held");
            entered.countDown();
            leave.await();
            add(connection, "held");
        }
    }

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

        /** Publishes when the row is there, and not at all if that is undone. */
        @Post
        @Transactional
        void add(Connection connection, @Body String text) throws SQLException {
            feed.publish(text);
            new Texts().add(connection, text);
        }
    }

    @Test
    void sharesFeedsBetweenInstances() {
        String url = postgres.newSchema();
        client = TestClient.start(withNews(url));
        try (TestClient other = TestClient.start(withNews(url))) {
            client.post("/news").text("text/plain", "x".repeat(21)).send().assertStatus(422);
            client.post("/news").text("text/plain", "hello").send().assertStatus(204);
            other.get("/news?wait=20").send().assertStatus(200).assertContains("hello");
            assertEquals(1, other.get("/news").send().text().split("\"data\"", -1).length - 1);
            other.get("/texts").send().assertText("1");
        }
    }

    private BistroBuilder withNews(String url) {
        return app().classes(News.class).set("database.url", url).set("feeds.store", "postgresql");
    }

    private BistroBuilder app() {
        return Bistro.app(PostgresqlTest.class)
                .classes(Texts.class)
                .set("database.url", postgres.newSchema())
                .set("database.pool-size", "2")
                .set("database.queue", "2")
                .set("database.migrations", "db/rows");
    }

    private CompletableFuture<Integer> status(TestRequest request) {
        return CompletableFuture.supplyAsync(() -> request.send().status().code(), threads);
    }

    private void assertCount(int rows) {
        client.get("/texts").send().assertStatus(200).assertText("" + rows);
    }

    @Test
    void repeatsWhatCanNotBeInARow() throws SQLException {
        client = TestClient.start(app());
        Texts.CALLS.set(0);
        Texts.both = new CyclicBarrier(2);
        CompletableFuture<Integer> one = status(client.put("/texts"));
        assertEquals(204, status(client.put("/texts")).join());
        assertEquals(204, one.join());
        assertTrue(Texts.CALLS.get() >= 3, "nothing was repeated");
        assertCount(2);
    }

    @Test
    void refusesTheTextThatPostgresqlCanNotKeep() {
        client = TestClient.start(app());
        client.post("/texts").text("text/plain", "a\0b").send().assertStatus(422);
        client.post("/texts").text("text/plain", "x".repeat(21)).send().assertStatus(422);
        assertCount(0);
    }

    @Test
    void endsTheStatementThatTakesTooLong() {
        client = TestClient.start(app().set("database.query-timeout", "200ms"));
        client.post("/texts/slow").send().assertStatus(503).assertHeader("Retry-After", "1");
        assertCount(0);
    }

    @Test
    void refusesAtOnceWhoeverIsTooMany() throws InterruptedException {
        client = TestClient.start(app().set("database.queue", "0").set("database.wait", "30s"));
        Texts.entered = new CountDownLatch(2);
        Texts.leave = new CountDownLatch(1);
        var held = Stream.of(1, 2).map(i -> status(client.post("/texts/held"))).toList();
        Texts.entered.await();
        long start = System.nanoTime();
        var refused = Stream.iterate(0, i -> i + 1)
                .limit(CLIENTS)
                .map(i -> status(client.post("/texts/held")))
                .toList();
        refused.forEach(one -> assertEquals(503, one.join()));
        long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertTrue(took < Duration.ofSeconds(15).toSeconds(), took + " s");
        Texts.leave.countDown();
        held.forEach(one -> assertEquals(204, one.join()));
        assertCount(4);
    }

    @Test
    void goesOnWhenTheServerIsBack() throws InterruptedException {
        client = TestClient.start(app().set("database.wait", "250ms").set("health.enabled", "true"));
        Texts.entered = new CountDownLatch(1);
        Texts.leave = new CountDownLatch(1);
        client.post("/texts").text("text/plain", "kept").send().assertStatus(204);
        CompletableFuture<Integer> held = status(client.post("/texts/held"));
        Texts.entered.await();
        try {
            postgres.kill();
            Texts.leave.countDown();
            assertEquals(503, held.join());
            client.post("/texts").text("text/plain", "lost").send().assertStatus(503);
            client.get("/health/ready").send().assertStatus(503);
        } finally {
            postgres.start();
        }
        Await.until(() -> client.get("/health/ready").send().status().code()
                == 200); // the pool tries again after a pause of its own
        assertCount(1);
        client.post("/texts").text("text/plain", "again").send().assertStatus(204);
        assertCount(2);
    }

    @Test
    void logsInThoughThatTakesLongerThanAnybodyWaitsForAConnection() throws Exception {
        String url = postgres.newSchema();
        int before = DriverManager.getLoginTimeout();
        BistroBuilder app = Bistro.app(PostgresqlTest.class)
                .classes(Texts.class)
                .set("database.url", url)
                .set("database.migrations", "db/none")
                .set("database.wait", "250ms");
        CompletableFuture<TestClient> starting;
        try {
            postgres.pause();
            starting = CompletableFuture.supplyAsync(() -> TestClient.start(app), threads);
            assertThrows(TimeoutException.class, () -> starting.get(1_200, TimeUnit.MILLISECONDS));
        } finally {
            postgres.resume();
        }
        client = starting.get(20, TimeUnit.SECONDS);
        assertEquals(before, DriverManager.getLoginTimeout()); // it is that of all drivers
    }
}
