package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Transactional;
import dev.bistro.data.SqlExceptionMapper;
import dev.bistro.data.Transactions;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedItem;
import dev.bistro.http.ConflictException;
import dev.bistro.http.HttpException;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.Await;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers in transactions, with each database: what is kept of what they write, and what is not. */
@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TransactionsTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** The applications that many tests use one after the other, by their database and classes. */
    private static final Map<List<?>, TestClient> SHARED = new HashMap<>();

    @Parameter
    TestDatabase database;

    private TestClient client;

    @AfterEach
    void stop() {
        if (client != null && !SHARED.containsValue(client)) {
            client.close();
        }
    }

    @AfterAll
    static void stopShared() {
        SHARED.values().forEach(TestClient::close);
        SHARED.clear();
    }

    /** Writes in every way that there is, and then ends in every way that there is. */
    @Route("/ends")
    @Transactional
    static final class Ends {
        private final Rows rows;

        @Inject
        Ends(Rows rows) {
            this.rows = rows;
        }

        @Post("/void")
        void nothing() throws SQLException {
            rows.add();
        }

        @Post("/value")
        Rows.Row value() throws SQLException {
            rows.add();
            return new Rows.Row(1);
        }

        @Post("/created")
        Response<String> created() throws SQLException {
            rows.add();
            return Response.created("/1", "made");
        }

        @Post("/redirect")
        Response<Void> redirect() throws SQLException {
            rows.add();
            return Response.seeOther("/");
        }

        @Post("/optional")
        Optional<String> optional() throws SQLException {
            rows.add();
            return Optional.of("there");
        }

        @Post("/thrown")
        void thrown() throws SQLException {
            rows.add();
            throw new IllegalStateException("of the program");
        }

        @Post("/error")
        void error() throws SQLException {
            rows.add();
            throw new AssertionError("of the program");
        }

        @Post("/conflict")
        void conflict() throws SQLException {
            rows.add();
            throw new ConflictException("not now");
        }

        @Post("/handled")
        void handled() throws SQLException {
            rows.add();
            throw new ArithmeticException("answered as if nothing was");
        }

        @Post("/status")
        @Status(422)
        String status() throws SQLException {
            rows.add();
            return "no";
        }

        @Post("/response")
        Response<String> response() throws SQLException {
            rows.add();
            return Response.status(dev.bistro.http.Status.CONFLICT).withBody("no");
        }

        @Post("/any-response")
        Response<?> anyResponse() throws SQLException {
            rows.add();
            return Response.status(dev.bistro.http.Status.NOT_FOUND);
        }

        @Post("/problem")
        ProblemDetail problem() throws SQLException {
            rows.add();
            return ProblemDetail.of(new HttpException(dev.bistro.http.Status.GONE, "It was here"));
        }

        @Post("/empty")
        Optional<String> empty() throws SQLException {
            rows.add();
            return Optional.empty();
        }

        @Post("/null")
        String none() throws SQLException {
            rows.add();
            return null;
        }

        @Post("/sealed-good")
        Outcome good() throws SQLException {
            rows.add();
            return new Outcome.Good("yes");
        }

        @Post("/sealed-bad")
        Outcome bad() throws SQLException {
            rows.add();
            return new Outcome.Bad("no");
        }

        @Post("/unwritable")
        Object unwritable() throws SQLException {
            rows.add();
            return new Object() {
                @SuppressWarnings("unused") // JSON asks it
                public String getName() {
                    throw new IllegalStateException("can't be written");
                }
            };
        }

        @Post("/late")
        Object late() throws SQLException {
            rows.add();
            return new ByteArrayInputStream(new byte[1]);
        }

        @Post("/slow")
        @dev.bistro.annotation.Timeout("50ms")
        String slow() throws SQLException {
            rows.add();
            try {
                NEVER.await();
            } catch (InterruptedException interrupted) {
                return "done all the same";
            }
            return "never";
        }

        @ExceptionHandler
        Response<String> answer(ArithmeticException fault) {
            return Response.ok("fine");
        }

        sealed interface Outcome {
            @Status(201)
            record Good(@Body String text) implements Outcome {}

            @Status(409)
            record Bad(@Body String text) implements Outcome {}
        }
    }

    /** A service, which knows nothing of transactions. */
    static final class Rows {
        private final DataSource database;

        @Inject
        Rows(DataSource database) {
            this.database = database;
        }

        record Row(int id) {}

        void add() throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into rows (text) values ('x')");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/void,         204, 1",
        "/value,        200, 1",
        "/created,      201, 1",
        "/redirect,     303, 1",
        "/optional,     200, 1",
        "/sealed-good,  201, 1",
        "/thrown,       500, 0",
        "/error,        500, 0",
        "/conflict,     409, 0",
        "/handled,      200, 0",
        "/status,       422, 0",
        "/response,     409, 0",
        "/any-response, 404, 0",
        "/problem,      410, 0",
        "/empty,        404, 0",
        "/null,         500, 0",
        "/sealed-bad,   409, 0",
        "/unwritable,   500, 0",
        "/late,         500, 0",
        "/slow,         503, 0",
    })
    void keepsWhatIsAnsweredAsDone(String path, int status, int kept) {
        share(Ends.class);
        client.post("/ends" + path).send().assertStatus(status);
        if (path.equals("/slow")) {
            awaitIdle();
        }
        assertEquals(kept, count());
    }

    private void awaitIdle() {
        DataSource pool = client.server().get(DataSource.class);
        Await.until(() -> {
            try {
                pool.getConnection().close();
                return true;
            } catch (SQLException busy) {
                return false;
            }
        });
    }

    /** All ways to ask for the connection lead to the same one. */
    @Route("/ways")
    static final class Ways {
        private final Rows rows;
        private final Jdbi jdbi;
        private final Provider<Connection> connections;
        private final Provider<Handle> handles;

        @Inject
        Ways(Rows rows, Jdbi jdbi, Provider<Connection> connections, Provider<Handle> handles) {
            this.rows = rows;
            this.jdbi = jdbi;
            this.connections = connections;
            this.handles = handles;
        }

        @Post
        @Transactional
        String all(Connection connection, Handle handle) throws SQLException {
            rows.add();
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into rows (text) values ('a')");
            }
            handle.execute("insert into rows (text) values ('b')");
            jdbi.useHandle(own -> own.execute("insert into rows (text) values ('c')"));
            jdbi.useTransaction(own -> own.execute("insert into rows (text) values ('d')"));
            handles.get().execute("insert into rows (text) values ('e')");
            try (Statement statement = connections.get().createStatement();
                    var found = statement.executeQuery("select count(*) from rows")) {
                found.next();
                return found.getInt(1) + " rows";
            }
        }

        @Post("/undone")
        @Transactional
        String undone(Connection connection, Handle handle) throws SQLException {
            all(connection, handle);
            throw new ConflictException("nothing of this");
        }

        @Post("/plain")
        void plain(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into rows (text) values ('x')");
            }
            rows.add();
            throw new ConflictException("each of them was for itself");
        }
    }

    @Test
    void isOneTransactionWhicheverWayTheConnectionIsAskedFor() {
        start(Ways.class);
        client.post("/ways").send().assertStatus(200).assertText("6 rows");
        assertEquals(6, count());
        client.post("/ways/undone").send().assertStatus(409);
        assertEquals(6, count());
        client.post("/ways/plain").send().assertStatus(409);
        assertEquals(8, count());
    }

    @Route("/ending")
    @Transactional
    static final class Ending {
        @Post("/{way}")
        String end(String way, Connection connection) throws SQLException {
            try {
                switch (way) {
                    case "commit" -> connection.commit();
                    case "rollback" -> connection.rollback();
                    case "auto" -> connection.setAutoCommit(true);
                    case "read" -> connection.setReadOnly(true);
                    case "level" -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    case "abort" -> connection.abort(Runnable::run);
                    default -> connection.setAutoCommit(false);
                }
                return "done";
            } catch (SQLException refused) {
                return refused.getMessage().split(" ")[0];
            }
        }

        @Post("/savepoint")
        String savepoint(Connection connection) throws SQLException {
            var point = connection.setSavepoint();
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into rows (text) values ('x')");
            }
            connection.rollback(point);
            return "back";
        }
    }

    @ParameterizedTest
    @CsvSource({
        "commit, commit",
        "rollback, rollback",
        "auto, setAutoCommit",
        "read, setReadOnly",
        "level, setTransactionIsolation",
        "abort, abort",
        "none, done",
        "savepoint, back",
    })
    void isNotEndedByAnybodyElse(String way, String answer) {
        share(Ending.class);
        client.post("/ending/" + way).send().assertStatus(200).assertText(answer);
        assertEquals(0, count());
    }

    @Route("/parts")
    static final class Parts {
        private final Transactions transactions;
        private final Rows rows;
        private final Feed<String> feed = Feed.create();

        @Inject
        Parts(Transactions transactions, Rows rows) {
            this.transactions = transactions;
            this.rows = rows;
        }

        @Get("/feed")
        Feed<String> feed() {
            return feed;
        }

        /** The part that fails is undone, and the rest is kept; so are the publications. */
        @Post
        @Transactional
        String part() throws SQLException {
            rows.add();
            feed.publish("kept");
            assertThrows(
                    IllegalStateException.class,
                    () -> transactions.run(() -> {
                        rows.add();
                        feed.publish("undone");
                        throw new IllegalStateException("this part only");
                    }));
            transactions.run(rows::add);
            CompletionStage<FeedItem<String>> last = feed.publish("last");
            assertThrows(
                    IllegalStateException.class,
                    () -> last.toCompletableFuture().join());
            return transactions.isActive() + " " + feed.read(Feed.START).items().size();
        }

        @Post("/outside")
        void outside() throws SQLException {
            assertFalse(transactions.isActive());
            transactions.run(() -> {
                rows.add();
                feed.publish("outside");
            });
            assertThrows(
                    IllegalStateException.class,
                    () -> transactions.run(() -> {
                        rows.add();
                        feed.publish("never");
                        throw new IllegalStateException("all of it");
                    }));
        }

        @Post("/after")
        @Transactional
        void after() {
            transactions.afterCommit(() -> feed.publish("after"));
            transactions.afterCommit(() -> {
                throw new IllegalStateException("is logged");
            });
            transactions.afterCommit(() -> feed.publish("after all"));
        }
    }

    @Test
    void undoesThePartThatFails() {
        start(Parts.class);
        client.post("/parts").send().assertStatus(200).assertText("true 0");
        assertEquals(2, count());
        assertEquals("kept,last", published());
    }

    @Test
    void runsCodeInTransactionsOutsideOfHandlersWithOne() {
        start(Parts.class);
        client.post("/parts/outside").send().assertStatus(204);
        assertEquals(1, count());
        client.post("/parts/after").send().assertStatus(204);
        assertEquals("outside,after,after all", published());
    }

    private String published() {
        String page = client.get("/parts/feed").send().assertStatus(200).text();
        return java.util.regex.Pattern.compile("\"data\":\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(java.util.stream.Collectors.joining(","));
    }

    /** Fails with a conflict of transactions the first times. */
    @Route("/again")
    static final class Again {
        private final AtomicInteger calls = new AtomicInteger();

        private String call(Connection connection, int failures) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into rows (text) values ('x')");
            }
            if (calls.incrementAndGet() <= failures) {
                throw new IllegalStateException(new SQLException("could not serialize access", "40001"));
            }
            return "call " + calls.get();
        }

        @Get
        @Transactional
        String get(Connection connection) throws SQLException {
            return call(connection, 2);
        }

        @Put
        @Transactional
        String put(Connection connection) throws SQLException {
            return call(connection, 3);
        }

        @Post
        @Transactional
        String post(Connection connection) throws SQLException {
            return call(connection, 1);
        }

        @Patch
        @Transactional(retries = 1)
        String patch(Connection connection, @Body String text) throws SQLException {
            return text + " " + call(connection, 1);
        }

        @Post("/never")
        @Transactional(retries = 10)
        String never(Connection connection) throws SQLException {
            calls.incrementAndGet();
            throw new SQLException("duplicate", "23505");
        }

        @Put("/stream")
        @Transactional
        String stream(Connection connection, InputStream body) throws SQLException, IOException {
            body.readAllBytes();
            return call(connection, 1);
        }
    }

    @Test
    void repeatsWhatAnotherTransactionWasInTheWayOf() {
        start(Again.class);
        client.get("/again").send().assertStatus(200).assertText("call 3");
        assertEquals(1, count());
    }

    @Test
    void repeatsNotForEver() {
        start(Again.class);
        client.put("/again").send().assertStatus(503).assertHeader("Retry-After", "1");
        assertEquals(0, count());
    }

    @Test
    void repeatsNothingThatMayNotBeRepeated() {
        start(Again.class);
        client.post("/again").send().assertStatus(503);
        client.post("/again").send().assertStatus(200).assertText("call 2");
        client.post("/again/never").send().assertStatus(409);
        assertEquals(1, count());
    }

    @Test
    void repeatsWithTheSameBodyWhereThatIsAskedFor() {
        start(Again.class);
        client.patch("/again")
                .text("text/plain", "hello")
                .send()
                .assertStatus(200)
                .assertText("hello call 2");
        assertEquals(1, count());
    }

    @Test
    void repeatsNothingWhoseBodyIsReadWhileItComes() {
        start(Again.class);
        client.put("/again/stream").text("text/plain", "hello").send().assertStatus(503);
        assertEquals(0, count());
    }

    // ---- faults

    @Route("/fault")
    static final class Faults {
        @Get("/{state}")
        void fault(String state) throws SQLException {
            throw new SQLException("secret text of table SHOP", state);
        }

        @Get("/wrapped/{state}")
        void wrapped(String state) {
            throw new IllegalStateException(
                    new IllegalArgumentException(new SQLException("secret text of table SHOP", state)));
        }

        @Get("/said/{state}")
        void said(String state) {
            throw new HttpException(dev.bistro.http.Status.GONE, "said")
                    .withCause(new SQLException("secret text of table SHOP", state));
        }
    }

    static final class Own implements SqlExceptionMapper {
        @Override
        public Optional<HttpException> map(SQLException fault) {
            return "STOCK".equals(fault.getSQLState())
                    ? Optional.of(new ConflictException("There is not enough of it"))
                    : Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "23505, 409, ",
        "23503, 409, ",
        "23000, 409, ",
        "23P01, 409, ",
        "23502, 422, ",
        "23514, 422, ",
        "23513, 422, ",
        "22001, 422, ",
        "22003, 422, ",
        "22021, 422, ",
        "40001, 503, 1",
        "40P01, 503, 1",
        "90131, 503, 1",
        "55P03, 503, 1",
        "57014, 503, 1",
        "HYT00, 503, 1",
        "53300, 503, 1",
        "08006, 503, 1",
        "57P01, 503, 1",
        "42601, 500, ",
        "42P01, 500, ",
        "25006, 500, ",
        "STOCK, 409, ",
        "X, 500, ",
    })
    void tellsClientsWhatTheyCanDo(String state, int status, String retryAfter) {
        share(Faults.class, Own.class);
        for (String way : new String[] {"/fault/", "/fault/wrapped/"}) {
            var answer = client.get(way + state).send().assertStatus(status);
            assertEquals(Optional.ofNullable(retryAfter), answer.header("Retry-After"));
            assertFalse(answer.text().contains("secret"), answer.text());
        }
        client.get("/fault/said/" + state).send().assertStatus(410);
    }

    // ---- the pool

    @Route("/asks")
    static final class Asks {
        private final Rows rows;

        @Inject
        Asks(Rows rows) {
            this.rows = rows;
        }

        @Post
        void ask() throws SQLException {
            rows.add();
        }
    }

    @Test
    void refusesWhoWouldWaitForTooLong() throws InterruptedException {
        client = TestClient.start(app(Busy.class, Asks.class)
                .set("database.pool-size", "2")
                .set("database.queue", "0")
                .set("database.wait", "250ms"));
        Busy.entered = new CountDownLatch(2);
        Busy.leave = new CountDownLatch(1);
        var threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> client.get("/busy").send().assertStatus(200));
            threads[i].start();
        }
        Busy.entered.await();
        client.get("/busy").send().assertStatus(503).assertHeader("Retry-After", "1");
        client.post("/asks").send().assertStatus(503).assertHeader("Retry-After", "1");
        Busy.leave.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        client.post("/asks").send().assertStatus(204);
    }

    @Route("/busy")
    static final class Busy {
        static volatile CountDownLatch entered = new CountDownLatch(0);
        static volatile CountDownLatch leave = new CountDownLatch(0);

        @Get
        @Transactional
        String busy(Connection connection) throws SQLException, InterruptedException {
            connection.getMetaData();
            entered.countDown();
            leave.await();
            return "done";
        }
    }

    // ---- options

    @Route("/options")
    static final class Options {
        @Post("/read-only")
        @Transactional(readOnly = true)
        boolean readOnly(Connection connection) throws SQLException {
            return connection.isReadOnly();
        }

        @Post("/serializable")
        @Transactional(isolation = Transactional.Isolation.SERIALIZABLE)
        int serializable(Connection connection) throws SQLException {
            return connection.getTransactionIsolation();
        }

        @Post("/none")
        @Transactional
        String none(Connection connection) throws SQLException {
            return connection.isReadOnly() + " " + connection.getTransactionIsolation() + " "
                    + connection.getAutoCommit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/read-only", "/serializable"})
    void givesTheConnectionBackAsItWas(String path) {
        start(Options.class);
        String before = client.post("/options/none").send().text();
        String expected = path.equals("/read-only") ? "true" : String.valueOf(Connection.TRANSACTION_SERIALIZABLE);
        client.post("/options" + path).send().assertStatus(200).assertText(expected);
        assertEquals(before, client.post("/options/none").send().text());
        assertTrue(before.endsWith(" false"), before);
    }

    // ---- what others see

    @Test
    void isReadyAsLongAsTheDatabaseAnswers() throws SQLException {
        client = TestClient.start(app(Asks.class).set("health.enabled", "true").set("metrics.enabled", "true"));
        client.get("/health/ready").send().assertStatus(200);
        client.get("/metrics")
                .send()
                .assertContains("bistro_database_active_connections{database=\"default\"} 0")
                .assertContains("bistro_database_refused_requests_total{database=\"default\"} 0");
    }

    @Route("/reports")
    static final class Reports {
        private final DataSource reports;
        private final Provider<Connection> connections;

        @Inject
        Reports(@Named("reports") DataSource reports, @Named("reports") Provider<Connection> connections) {
            this.reports = reports;
            this.connections = connections;
        }

        @Post
        @Transactional(database = "reports")
        void add(Connection own) throws SQLException {
            for (Connection one : new Connection[] {own, connections.get(), reports.getConnection()}) {
                try (Statement statement = one.createStatement()) {
                    statement.executeUpdate("insert into rows (text) values ('x')");
                }
            }
        }
    }

    @Test
    void hasDatabasesWithNames() {
        client = TestClient.start(app(Reports.class, Asks.class)
                .set("database.named.reports.url", database.newUrl())
                .set("database.named.reports.migrations", "db/rows")
                .set("database.named.reports.pool-size", "1"));
        client.post("/reports").send().assertStatus(204);
        assertEquals(0, count());
        client.post("/asks").send().assertStatus(204);
        assertEquals(1, count());
    }

    // ---- the application

    private BistroBuilder app(Class<?>... classes) {
        return Bistro.app(TransactionsTest.class)
                .classes(classes)
                .set("database.url", database.newUrl())
                .set("database.pool-size", "1")
                .set("database.migrations", "db/rows");
    }

    private void start(Class<?>... classes) {
        client = TestClient.start(app(classes));
    }

    /** Starts an application whose objects keep nothing between tests; its table is emptied. */
    private void share(Class<?>... classes) {
        client = SHARED.computeIfAbsent(List.of(database, List.of(classes)), started -> TestClient.start(app(classes)));
        try (Connection connection = client.server().get(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from rows");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int count() {
        try (Connection connection = client.server().get(DataSource.class).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from rows")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
