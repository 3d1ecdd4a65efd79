package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.ConflictException;
import dev.bistro.session.Session;
import dev.bistro.session.Sessions;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import dev.bistro.testing.TestResponse;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.wire.Await;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.PostgresServer;
import dev.bistro.wire.RedisServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What two instances of an application know of each other: sessions, and how often a client has asked. */
@Timeout(60)
class SharedStateTest {
    private static final Map<Place, Instances> SHARED = new EnumMap<>(Place.class);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<TestClient> started = new ArrayList<>();
    private TestClient one;
    private TestClient other;

    /** Two of them, each with a port and event loops of its own. */
    private record Instances(TestClient one, TestClient other) {}

    /** Where instances share it. */
    enum Place {
        H2("database") {
            @Override
            String newUrl() {
                return TestDatabase.H2.newUrl();
            }
        },
        POSTGRESQL("database") {
            @Override
            String newUrl() {
                return PostgresServer.shared().newSchema();
            }

            @Override
            void kill() {
                PostgresServer.shared().kill();
            }

            @Override
            void start() {
                PostgresServer.shared().start();
            }
        },
        REDIS("redis") {
            @Override
            String newUrl() {
                return RedisServer.shared().url() + "/" + DATABASES.incrementAndGet();
            }

            @Override
            void kill() {
                RedisServer.shared().kill();
            }

            @Override
            void start() {
                RedisServer.shared().start();
            }
        };

        final String setting;

        Place(String setting) {
            this.setting = setting;
        }

        abstract String newUrl();

        void kill() {
            throw new UnsupportedOperationException();
        }

        void start() {
            throw new UnsupportedOperationException();
        }
    }

    @Route("/")
    static final class Account {
        private final Sessions sessions;

        @Inject
        Account(Sessions sessions) {
            this.sessions = sessions;
        }

        @Get("/user")
        String user(Session session) {
            return session.user().orElse("nobody");
        }

        @Get("/page")
        @RolesAllowed("admin")
        String page() {
            return "for admins";
        }

        @Get("/plain")
        String plain() {
            return "plain";
        }

        @Get("/loop")
        @NonBlocking
        String loop() {
            return Thread.currentThread().getName();
        }

        @Get("/session-thread")
        @NonBlocking
        String sessionThread(Session session) {
            return Thread.currentThread().getName();
        }

        @Post("/login/{user}")
        void login(Session session, String user) {
            session.login(user, "admin");
        }

        @Post("/logout")
        void logout(Session session) {
            session.end();
        }

        @Post("/lock/{user}")
        void lock(String user) {
            sessions.endAllOf(user);
        }

        @Post("/values/{name}")
        void set(Session session, String name, @Body String text) {
            session.set(name, text);
        }

        @Get("/values")
        int count(Session session) {
            return session.names().size();
        }

        @Post("/take/{name}")
        String take(Session session, String name) {
            return session.take(name, String.class).orElse("none");
        }
    }

    @Route("/limited")
    static final class Limited {
        @Get
        @RateLimit("20/h")
        String get() {
            return "here";
        }

        @Post
        @RateLimit("20/h")
        String post(@Body String text) {
            return text;
        }

        @Get("/user")
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        String ofUser() {
            return "here";
        }

        @Get("/soon")
        @RateLimit("1/100ms")
        String soon() {
            return "here";
        }
    }

    @Route("/both")
    @RateLimit("3/h")
    static final class Both {
        @Get("/rare")
        @RateLimit("1/h")
        String rare() {
            return "here";
        }

        @Get("/other")
        String other() {
            return "here";
        }
    }

    @Route("/order")
    static final class Ordering {
        @Post
        @Transactional
        @RateLimit("2/h")
        void order(Connection connection, Session session) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("delete from bistro_rates");
            }
            session.set("order", "refused");
            throw new ConflictException("sold out");
        }
    }

    @WebSocket("/chat")
    @RateLimit("2/h")
    static final class Chat {
        @OnMessage
        @RateLimit("2/h")
        String say(String text) {
            return text;
        }
    }

    private static BistroBuilder app(Place place, String url) {
        return Bistro.app(SharedStateTest.class)
                .classes(Account.class, Limited.class, Both.class, Chat.class)
                .set("session.store", place.setting)
                .set("limits.store", place.setting)
                .set("database.migrations", "db/none")
                .set(place.setting + ".url", url);
    }

    private static BistroBuilder withCookies(Place place, String url) {
        return app(place, url)
                .set("session.store", "cookie")
                .set("session.revocations", place.setting)
                .set("bistro.cookie-secrets", "a secret of thirty-two bytes or so");
    }

    private void use(Instances instances) {
        one = instances.one;
        other = instances.other;
    }

    /** Takes those that other tests take too, with other routes and sessions. */
    private void useShared(Place place) {
        Instances known = SHARED.get(place);
        if (known == null) {
            String url = place.newUrl();
            known = new Instances(start(app(place, url)), start(app(place, url)));
            SHARED.put(place, known);
        }
        use(known);
    }

    private void startTwo(BistroBuilder first, BistroBuilder second) {
        use(new Instances(start(first), start(second)));
        started.addAll(List.of(one, other));
    }

    private static TestClient start(BistroBuilder app) {
        return TestClient.of(app.port(0).start());
    }

    @AfterEach
    void stop() {
        started.forEach(TestClient::close);
        threads.shutdown();
    }

    @AfterAll
    static void stopShared() {
        SHARED.values().forEach(known -> {
            known.one.close();
            known.other.close();
        });
        SHARED.clear();
    }

    private static String login(TestClient client, String user) {
        return client.post("/login/" + user)
                .send()
                .assertStatus(204)
                .cookie("session")
                .orElseThrow();
    }

    private static TestRequest by(String cookie, TestRequest request) {
        return request.cookie("session", cookie);
    }

    private static String user(TestClient client, String cookie) {
        return by(cookie, client.get("/user")).send().assertStatus(200).text();
    }

    /** What becomes of so many requests at once, in turns at both. */
    private List<TestResponse> atOnce(int count, IntFunction<Function<TestClient, TestRequest>> request) {
        List<CompletableFuture<TestResponse>> all = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> request.apply(i).apply(i % 2 == 0 ? one : other).send(), threads))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static long count(List<TestResponse> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status().code() == status)
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void sharesLoginsAndLogouts(Place place) {
        useShared(place);
        String ada = login(one, "ada");
        String second = login(other, "ada");
        String eve = login(other, "eve");
        assertEquals("ada", user(other, ada));
        by(ada, other.get("/page")).send().assertStatus(200).assertText("for admins");
        by(ada, other.post("/logout")).send().assertStatus(204);
        assertEquals("nobody", user(one, ada));
        by(ada, one.get("/page")).send().assertStatus(401);
        assertEquals("ada", user(one, second));
        one.post("/lock/ada").send().assertStatus(204);
        assertEquals("nobody", user(other, second));
        assertEquals("eve", user(one, eve));
        assertEquals("nobody", user(one, "x".repeat(43)));
        String long_ = login(one, "u".repeat(5_000));
        assertEquals(5_000, user(other, long_).length());
    }

    @ParameterizedTest
    @EnumSource
    void keepsAllChangesOfSeveralAtOnce(Place place) {
        useShared(place);
        String ada = login(one, "ada");
        assertEquals(
                24,
                count(
                        atOnce(
                                24,
                                i -> client -> by(ada, client.post("/values/n" + i))
                                        .text("text/plain", "a \0 ü " + "x".repeat(1_000))),
                        204));
        assertEquals("24", by(ada, other.get("/values")).send().text());
        List<TestResponse> taken = atOnce(6, i -> client -> by(ada, client.post("/take/n1")));
        assertEquals(
                1,
                taken.stream().filter(answer -> !answer.text().equals("none")).count());
        by(ada, one.post("/values/big"))
                .text("text/plain", "x".repeat(70_000))
                .send()
                .assertStatus(500);
        assertEquals("23", by(ada, other.get("/values")).send().text());
    }

    @ParameterizedTest
    @EnumSource
    void countsTogether(Place place) {
        useShared(place);
        List<TestResponse> answers = atOnce(60, i -> client -> client.get("/limited"));
        assertEquals(20, count(answers, 200));
        assertEquals(40, count(answers, 429));
        for (TestResponse answer : answers) {
            if (answer.status().code() == 429) {
                int wait = Integer.parseInt(answer.header("Retry-After").orElseThrow());
                assertTrue(wait > 120 && wait <= 180, wait + " s"); // one in 180 s
            }
        }
        List<TestResponse> posted =
                atOnce(30, i -> client -> client.post("/limited").text("text/plain", "t" + i));
        assertEquals(20, count(posted, 200));
        assertEquals(10, count(posted, 429));
    }

    @ParameterizedTest
    @EnumSource
    void countsByUserAndByMessage(Place place) throws IOException {
        useShared(place);
        String ada = login(one, "ada");
        String eve = login(one, "eve");
        by(ada, one.get("/limited/user")).send().assertStatus(200);
        by(ada, other.get("/limited/user")).send().assertStatus(200);
        by(ada, one.get("/limited/user")).send().assertStatus(429).assertHeader("Retry-After", "1800");
        by(eve, other.get("/limited/user")).send().assertStatus(200);
        try (TestWebSocket first = one.webSocket("/chat");
                TestWebSocket second = other.webSocket("/chat")) {
            assertEquals("a", first.send("a").nextText());
            assertEquals("b", second.send("b").nextText());
            first.send("c").assertClosed(1008);
        }
        assertThrows(AssertionError.class, () -> other.webSocket("/chat")); // the third handshake
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedRequestCountsForNone(Place place) {
        useShared(place);
        one.get("/both/rare").send().assertStatus(200);
        other.get("/both/rare").send().assertStatus(429);
        one.get("/both/rare").send().assertStatus(429);
        other.get("/both/other").send().assertStatus(200);
        one.get("/both/other").send().assertStatus(200);
        other.get("/both/other").send().assertStatus(429);
    }

    @ParameterizedTest
    @EnumSource
    void allowsTheNextOneInTime(Place place) {
        useShared(place);
        one.get("/limited/soon").send().assertStatus(200);
        long start = System.nanoTime();
        while (other.get("/limited/soon").send().status().code() == 429) {
            assertTrue(System.nanoTime() - start < 20_000_000_000L, "it is never allowed again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersWhichCookiesHaveEnded(Place place) {
        String url = place.newUrl();
        startTwo(withCookies(place, url), withCookies(place, url));
        String ada = login(one, "ada");
        String second = login(one, "ada");
        assertEquals("ada", user(other, ada));
        by(ada, one.post("/logout")).send().assertStatus(204);
        assertEquals("nobody", user(other, ada));
        assertEquals("ada", user(other, second));
        other.post("/lock/ada").send().assertStatus(204);
        other.post("/lock/ada").send().assertStatus(204);
        assertEquals("nobody", user(one, second));
        assertEquals("ada", user(other, login(one, "ada")));
    }

    @ParameterizedTest
    @EnumSource
    void neverWaitsOnALoop(Place place) {
        useShared(place);
        String loop = one.get("/loop").send().text().replaceAll("[0-9]+", "");
        String threadOfSession = one.get("/session-thread").send().text().replaceAll("[0-9]+", "");
        assertNotEquals(loop, threadOfSession);
    }

    @Test
    void answersOthersWhileTheTableIsLocked() throws Exception {
        String url = Place.H2.newUrl() + ";LOCK_TIMEOUT=300";
        try (CapturedLog log = CapturedLog.of("dev.bistro.limit.SharedRates", Level.INFO)) {
            startTwo(app(Place.H2, url), app(Place.H2, url));
            one.get("/limited").send().assertStatus(200);
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("select * from bistro_rates for update");
                var waiting =
                        CompletableFuture.supplyAsync(() -> one.get("/limited").send(), threads);
                one.get("/plain").send().assertStatus(200);
                waiting.join().assertStatus(200); // counted by this instance alone
                connection.rollback();
            }
            log.await("Each instance counts rates for itself");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "REDIS"})
    void goesOnWithoutTheStoreAndWithItAgain(Place place) {
        String url = place.newUrl();
        try (CapturedLog log = CapturedLog.of("dev.bistro.limit.SharedRates", Level.INFO)) {
            startTwo(
                    app(place, url).set("database.wait", "250ms"),
                    app(place, url).set("database.wait", "250ms"));
            String ada = login(one, "ada");
            place.kill();
            try {
                by(ada, one.get("/user")).send().assertStatus(503).assertHeader("Retry-After", "1");
                by(ada, other.get("/page")).send().assertStatus(503).assertHeader("Retry-After", "1");
                one.post("/login/eve").send().assertStatus(503).assertHeader("Retry-After", "1");
                one.post("/lock/ada").send().assertStatus(503).assertHeader("Retry-After", "1");
                one.get("/user").send().assertStatus(200).assertText("nobody");
                List<TestResponse> answers = atOnce(60, i -> client -> client.get("/limited"));
                assertEquals(40, count(answers, 200)); // 20 by each for itself
                assertEquals(20, count(answers, 429));
                assertEquals(
                        2,
                        log.take("WARN Each instance counts rates for itself").size());
            } finally {
                place.start();
            }
            for (TestClient each : List.of(one, other)) { // each tries again after a pause of its own
                Await.until(() -> by(ada, each.get("/user")).send().status().code() != 503);
                assertEquals("ada", user(each, ada));
            }
            for (int back = 0;
                    back < 2;
                    back += log.take("INFO Rates are counted").size()) {
                atOnce(2, i -> client -> client.get("/limited/soon"));
            }
        }
    }

    /** The handler holds the only connection of the handlers', and what it does by that is rolled back. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void isNoPartOfTheHandlersTransaction(Place place) {
        String url = place.newUrl();
        BistroBuilder small = app(place, url)
                .classes(Ordering.class)
                .set("database.pool-size", "1")
                .set("database.queue", "0");
        startTwo(small, app(place, url));
        String ada = login(one, "ada");
        by(ada, one.post("/order")).send().assertStatus(409);
        assertEquals("1", by(ada, other.get("/values")).send().text());
        by(ada, one.post("/order")).send().assertStatus(409);
        by(ada, one.post("/order")).send().assertStatus(429);
    }

    @Test
    void takesTablesOfAMigration() throws SQLException {
        String url = TestDatabase.H2.newUrl();
        try (Connection keeper = DriverManager.getConnection(url);
                Statement statement = keeper.createStatement()) {
            statement.execute("create table bistro_rates (bucket varchar(43) primary key, full_at bigint not null)");
            startTwo(app(Place.H2, url), app(Place.H2, url));
            assertEquals(20, count(atOnce(24, i -> client -> client.get("/limited")), 200));
        }
    }
}
