package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.annotation.Transactional.Isolation;
import dev.bistro.data.Transactions;
import dev.bistro.feed.Feed;
import dev.bistro.http.ConflictException;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What code does with connections that it shouldn't: it is answered as done only if it is stored, and no connection is
 * lost. Each test has one connection, so that a lost one would be missed.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TransactionEndingsTest {
    @Parameter
    TestDatabase database;

    private TestClient client;

    @BeforeEach
    void start() {
        client = TestClient.start(app());
    }

    private BistroBuilder app() {
        return Bistro.app(TransactionEndingsTest.class)
                .classes(Endings.class)
                .set("database.url", database.newUrl())
                .set("database.pool-size", "1")
                .set("database.queue", "0")
                .set("database.wait", "5s")
                .set("database.migrations", "db/rows");
    }

    @AfterEach
    void stop() {
        if (client != null) { // where there is no PostgreSQL
            client.close();
        }
    }

    @Route("/endings")
    static final class Endings {
        private final DataSource database;
        private final Transactions transactions;
        private final Provider<Handle> handles;
        private final Feed<String> feed = Feed.create();

        @Inject
        Endings(DataSource database, Transactions transactions, Provider<Handle> handles) {
            this.database = database;
            this.transactions = transactions;
            this.handles = handles;
        }

        private void add() throws SQLException {
            execute("insert into rows (text) values ('x')");
        }

        private void execute(String sql) throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private void failUnnoticed() {
            assertThrows(SQLException.class, () -> execute("insert into rows (text) values (null)"));
        }

        // ---- exceptions that are caught

        @Post("/caught")
        @Transactional
        String caught() throws SQLException {
            add();
            failUnnoticed();
            return "done";
        }

        @Post("/caught-in-run")
        String caughtInRun() throws SQLException {
            transactions.run(() -> {
                add();
                failUnnoticed();
            });
            return "done";
        }

        @Post("/caught-in-part")
        @Transactional
        String caughtInPart() throws SQLException {
            transactions.run(() -> {
                add();
                failUnnoticed();
            });
            return "done";
        }

        @Post("/part-thrown")
        @Transactional
        String partThrown() throws SQLException {
            add();
            assertThrows(SQLException.class, () -> transactions.run(() -> execute("insert into nothing values (1)")));
            return "done";
        }

        @Post("/part-failed")
        @Transactional
        String partFailed() throws SQLException {
            try {
                transactions.run(() -> {
                    add();
                    failUnnoticed();
                });
            } catch (RuntimeException refused) {
                add(); // in the place of the part
            }
            return "done";
        }

        @Post("/savepoint")
        @Transactional
        String savepoint(Connection connection) throws SQLException {
            add();
            var point = connection.setSavepoint();
            failUnnoticed();
            connection.rollback(point);
            return "done";
        }

        // ---- ways around the connection

        @Post("/commit-by-statement")
        @Transactional
        void commitByStatement(Connection connection) throws SQLException {
            add();
            try (Statement statement = connection.createStatement()) {
                statement.getConnection().commit();
            }
        }

        @Post("/commit-by-prepared")
        @Transactional
        void commitByPrepared(Connection connection) throws SQLException {
            add();
            try (Statement statement = connection.prepareStatement("select 1")) {
                statement.getConnection().commit();
            }
        }

        @Post("/commit-by-metadata")
        @Transactional
        void commitByMetadata(Connection connection) throws SQLException {
            add();
            connection.getMetaData().getConnection().commit();
        }

        @Post("/close-by-statement")
        @Transactional
        String closeByStatement(Connection connection) throws SQLException {
            add();
            try (Connection other = database.getConnection();
                    Statement statement = other.createStatement()) {
                statement.getConnection().close();
            }
            add();
            return "done";
        }

        // ---- without a transaction of the handler

        /** A service that was written for a pool, which turns auto-commit on again by itself; and then another one. */
        @Post("/left-off")
        String leftOff(Connection own) throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                statement.execute("insert into rows (text) values ('x')");
                connection.commit();
                statement.execute("insert into rows (text) values ('not committed')");
            }
            add();
            return own.getAutoCommit() + " " + (own.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED);
        }

        @Post("/run-beside-connection")
        String runBesideConnection(Connection own) throws SQLException {
            own.getMetaData().getURL();
            transactions.run(this::add);
            assertThrows(
                    ConflictException.class,
                    () -> transactions
                            .isolation(Isolation.SERIALIZABLE)
                            .readOnly()
                            .run(() -> {
                                own.getMetaData().getURL();
                                throw new ConflictException("nothing of this");
                            }));
            add();
            return own.getAutoCommit() + " " + own.isReadOnly() + " "
                    + (own.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED);
        }

        // ---- options, and what belongs to the transaction

        @Post("/stricter-part")
        @Transactional
        String stricterPart() {
            assertThrows(
                    IllegalStateException.class,
                    () -> transactions.isolation(Isolation.SERIALIZABLE).run(() -> {}));
            transactions.isolation(Isolation.READ_COMMITTED).readOnly().run(() -> {});
            return "done";
        }

        @Post("/less-strict-part")
        @Transactional(isolation = Isolation.SERIALIZABLE)
        String lessStrictPart() {
            transactions.isolation(Isolation.REPEATABLE_READ).run(() -> {});
            return "done";
        }

        @Post("/handles")
        @Transactional
        String handles(Handle own) {
            Handle first = handles.get();
            first.close();
            Handle second = handles.get();
            second.execute("insert into rows (text) values ('x')");
            return (own == first) + " " + (second == handles.get());
        }

        @Post("/error-after-commit")
        @Transactional
        String errorAfterCommit() throws SQLException {
            add();
            transactions.afterCommit(() -> {
                throw new AssertionError("is logged");
            });
            transactions.afterCommit(() -> feed.publish("the others run"));
            return "done";
        }

        // ---- threads

        /** The other thread would come to its connection only after the handler's end: it would wait for the pool. */
        @Post("/late-thread")
        @Transactional
        String lateThread(Connection connection) throws InterruptedException {
            var begins = new CountDownLatch(1);
            new Thread(() -> {
                        begins.countDown();
                        assertThrows(SQLException.class, connection::getAutoCommit);
                    })
                    .start();
            begins.await();
            return "done";
        }

        @Post("/other-thread")
        @Transactional
        String otherThread(Connection connection) throws SQLException, InterruptedException {
            add();
            var rows = new AtomicInteger();
            var other = new Thread(() -> {
                try (Statement statement = connection.createStatement()) {
                    rows.set(statement.executeUpdate("insert into rows (text) values ('x')"));
                } catch (SQLException e) {
                    rows.set(-1);
                }
            });
            other.start();
            other.join();
            return rows + " row";
        }

        @Post("/upload")
        @Transactional
        String upload(InputStream body) throws IOException {
            return body.readAllBytes().length + " bytes";
        }
    }

    /** PostgreSQL cancels a transaction with its first failure, and H2 goes on: both ways, the answer is true. */
    @ParameterizedTest
    @CsvSource({
        "/caught,         1, 0",
        "/caught-in-run,  1, 0",
        "/caught-in-part, 1, 0",
        "/part-thrown,    1, 1",
        "/part-failed,    1, 1",
        "/savepoint,      1, 1",
    })
    void tellsNobodyThatItIsStoredIfItIsNot(String path, int onH2, int onPostgresql) {
        int kept = database == TestDatabase.H2 ? onH2 : onPostgresql;
        client.post("/endings" + path).send().assertStatus(kept == 1 ? 200 : 422);
        assertEquals(kept, count());
    }

    @ParameterizedTest
    @CsvSource({
        "/commit-by-statement,   500,           , 0",
        "/commit-by-prepared,    500,           , 0",
        "/commit-by-metadata,    500,           , 0",
        "/close-by-statement,    200, done      , 2",
        "/left-off,              200, true true , 2",
        "/run-beside-connection, 200, true false true, 2",
        "/stricter-part,         200, done      , 0",
        "/less-strict-part,      200, done      , 0",
        "/handles,               200, true true , 1",
        "/error-after-commit,    200, done      , 1",
        "/other-thread,          200, 1 row     , 2",
    })
    void keepsTheConnectionForItself(String path, int status, String text, int kept) {
        var answer = client.post("/endings" + path).send().assertStatus(status);
        if (text != null) {
            answer.assertText(text);
        }
        assertEquals(kept, count());
    }

    @Test
    void losesNoConnectionToAnotherThread() throws SQLException {
        Connection only = client.server().get(DataSource.class).getConnection();
        client.post("/endings/late-thread").send().assertStatus(200);
        only.close();
        assertEquals(0, count());
    }

    /** Whoever sends slowly has no place among those that use the database. */
    @Test
    void letsOthersInWhileABodyComes() throws Exception {
        client.close();
        try (var server = app().set("server.port", "0").start();
                var slow = new RawClient(new InetSocketAddress("localhost", server.port()))) {
            slow.send("POST /endings/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                    + "Expect: 100-continue\r\n\r\n");
            assertTrue(slow.readHead().startsWith("HTTP/1.1 100"));
            try (var other = new RawClient(new InetSocketAddress("localhost", server.port()))) {
                other.send("POST /endings/error-after-commit HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
                assertTrue(other.readResponse().startsWith("HTTP/1.1 200"));
            }
            slow.send("text");
            assertTrue(slow.readResponse().startsWith("HTTP/1.1 200"));
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
