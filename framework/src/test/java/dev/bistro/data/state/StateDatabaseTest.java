package dev.bistro.data.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.pool.PoolOptions;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.limit.RateStore;
import dev.bistro.session.SessionStore;
import dev.bistro.session.StoredSession;
import dev.bistro.wire.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed of the tables, and when. */
@Timeout(60)
class StateDatabaseTest {
    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };
    private ConnectionPool pool;
    private StateDatabase database;

    private void open(String kind) throws SQLException {
        String url = kind.equals("h2")
                ? "jdbc:h2:mem:state"
                : PostgresServer.shared().newSchema();
        var options = new PoolOptions(
                "state", 2, Duration.ofSeconds(5), Optional.empty(), Optional.of(Duration.ofSeconds(5)));
        pool = ConnectionPool.open(DatabaseAddress.of(url), options);
        database = new StateDatabase(pool.dataSource(), kind, EnumSet.allOf(StateTable.class), clock);
        database.open();
    }

    @AfterEach
    void close() throws SQLException {
        if (pool != null) {
            database.close();
            pool.close();
        }
    }

    private StoredSession session(int minutes, String user) {
        return new StoredSession(
                START, START.plus(minutes, ChronoUnit.MINUTES), Optional.of(user), Set.of("a"), Map.of("b", "1"));
    }

    private int count(StateTable table) throws SQLException {
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table.table())) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void removesWhatCountsNoMoreAndNothingElse(String kind) throws Exception {
        open(kind);
        SessionStore sessions = database.sessions();
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 2_500; i += 500) { // more than are removed at once
                var values = new StringBuilder("insert into bistro_sessions values ");
                for (int k = 0; k < 500; k++) {
                    values.append(k == 0 ? "" : ",").append("('s").append(i + k).append("', null, 5, 0, '')");
                }
                statement.execute(values.toString());
            }
        }
        sessions.update("long", absent -> Optional.of(session(20, "ada")));
        sessions.update("short", absent -> Optional.of(session(10, "ada")));
        database.revocations().revoke("a", START, START.plus(10, ChronoUnit.MINUTES));
        database.revocations().revoke("b", START, START.plus(20, ChronoUnit.MINUTES));
        var full = new RateStore.Bucket("full", 1_000, 1_000);
        var used = new RateStore.Bucket("used", TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(2));
        database.rates().take(List.of(full, used));
        now.set(START.plus(15, ChronoUnit.MINUTES));
        database.sweep();
        assertEquals(1, count(StateTable.SESSIONS));
        assertEquals(Optional.of(session(20, "ada")), sessions.find("long"));
        assertEquals(1, count(StateTable.REVOCATIONS));
        assertEquals(Optional.of(START), database.revocations().revokedAt("b"));
        assertEquals(Optional.empty(), database.revocations().revokedAt("a"));
        assertEquals(1, count(StateTable.RATES));
        assertTrue(database.rates().take(List.of(used)).isAllowed());
        assertFalse(database.rates().take(List.of(used)).isAllowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void replacesWhatAnotherVersionHasWritten(String kind) throws Exception {
        open(kind);
        SessionStore sessions = database.sessions();
        for (String content : List.of("", "02", "01", "0100", "01ffffffffffffffffffffffffffffffffffffffffff")) {
            database.update("delete from bistro_sessions");
            database.update(
                    "insert into bistro_sessions values ('id', null, 5, 7, ?)",
                    java.util.HexFormat.of().parseHex(content));
            assertEquals(Optional.empty(), sessions.find("id"));
            Optional<StoredSession> written = sessions.update("id", absent -> {
                assertEquals(Optional.empty(), absent);
                return Optional.of(session(5, "u".repeat(20_000)));
            });
            assertEquals(written, sessions.find("id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void opensWhatIsThereAlready(String kind) throws Exception {
        open(kind);
        database.sessions().update("id", absent -> Optional.of(session(5, "ada")));
        try (var second = new StateDatabase(pool.dataSource(), kind, EnumSet.allOf(StateTable.class), clock)) {
            second.open();
            assertEquals(Optional.of(session(5, "ada")), second.sessions().find("id"));
            second.sessions().removeAllOf("ada");
        }
        assertEquals(Optional.empty(), database.sessions().find("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void refusesNobodyForHoursWhenTheClockIsSetBack(String kind) throws Exception {
        open(kind);
        var bucket = new RateStore.Bucket("b", TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(2));
        database.rates().take(List.of(bucket));
        database.update("update bistro_rates set full_at = full_at + ?", TimeUnit.HOURS.toMicros(1));
        assertTrue(database.rates().take(List.of(bucket)).isAllowed());
        RateStore.Taken next = database.rates().take(List.of(bucket));
        assertFalse(next.isAllowed());
        assertTrue(next.lackNanos().get(0) <= bucket.emptyNanos(), "" + next);
    }
}
