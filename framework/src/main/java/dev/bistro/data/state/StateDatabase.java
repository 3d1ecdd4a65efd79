package dev.bistro.data.state;

import dev.bistro.data.transaction.SqlFaults;
import dev.bistro.http.Status;
import dev.bistro.limit.RateStore;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables in one database, by connections of their own: what is done here is never a part of a handler's
 * transaction, and nobody waits here who has a connection of the handlers'. What counts no more is removed in the
 * background, in each instance once a minute. For any thread.
 */
public final class StateDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateDatabase.class);
    private static final long SWEEP_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long LAST_SWEEP_SECONDS = 5;
    private static final long LOCK = 0x6269_7374_726fL; // "bistro", as for feeds: only one instance makes the tables
    private static final String TAKEN = "23505"; // the SQLSTATE of a key that is there already

    private final DataSource pool;
    private final Dialect dialect;
    private final Set<StateTable> tables;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor sweeper;
    private volatile boolean isClosed;

    /**
     * The tables, which {@link #open} makes.
     *
     * @param pool gives connections that commit each statement
     * @param driver the driver's name, one that {@link #knows}
     * @param tables those that are used
     * @param clock as sessions have it
     */
    public StateDatabase(DataSource pool, String driver, Set<StateTable> tables, Clock clock) {
        this.pool = pool;
        this.dialect = Dialect.of(driver).orElseThrow();
        this.tables = EnumSet.noneOf(StateTable.class); // whose order is the same in all instances
        this.tables.addAll(tables);
        this.clock = clock;
        this.sweeper = new ScheduledThreadPoolExecutor(1, code -> {
            var thread = new Thread(code, "bistro-state-sweeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether the databases of a driver can have the tables. */
    public static boolean knows(String driver) {
        return Dialect.of(driver).isPresent();
    }

    /** The sessions in it. */
    public SessionStore sessions() {
        return new DatabaseSessions(this);
    }

    /** Which sessions have ended. */
    public SessionRevocations revocations() {
        return new DatabaseRevocations(this);
    }

    /** The buckets of rates in it. */
    public RateStore rates() {
        return new DatabaseRates(this);
    }

    // ---- the tables

    /**
     * Makes the tables that aren't there, and begins to remove what counts no more.
     *
     * @throws SQLException what the database says, if they can't be made
     */
    public void open() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                create(statement);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        long first = ThreadLocalRandom.current().nextLong(SWEEP_MILLIS); // so that instances take turns
        sweeper.scheduleWithFixedDelay(this::sweepLogged, first, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void create(Statement statement) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        }
        for (StateTable table : tables) {
            if (!isThere(table, statement)) {
                for (String sql : table.statements(dialect)) {
                    statement.execute(sql);
                }
            }
        }
    }

    private boolean isThere(StateTable table, Statement statement) throws SQLException {
        String query = dialect == Dialect.POSTGRESQL
                ? "select 1 where to_regclass('" + table.table() + "') is not null"
                : "select 1 from information_schema.tables where lower(table_name) = '" + table.table()
                        + "' and table_schema = current_schema";
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private void sweepLogged() {
        try {
            sweep();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("What counts no more isn't removed this time", e);
        }
    }

    /** Removes what counts no more. */
    void sweep() throws SQLException {
        for (StateTable table : tables) {
            int removed = 1;
            while (removed > 0 && !isClosed) {
                removed = update(table.sweep(dialect, clock.millis()));
            }
        }
    }

    // ---- for the stores

    Dialect dialect() {
        return dialect;
    }

    long now() {
        return clock.millis();
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Executes a statement on a connection of its own; returns how many rows it has changed. */
    int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return update(connection, sql, parameters);
        }
    }

    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Inserts a row; false if there is one of its key. */
    boolean insert(Connection connection, String sql, Object... parameters) throws SQLException {
        try {
            return update(connection, dialect.ifAbsent(sql), parameters) > 0;
        } catch (SQLException e) {
            if (TAKEN.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** A text that may be long, or a secret, as a key: 43 characters. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    /** What a request is told: 503 if the database is away or busy; anything else is a fault of the server. */
    static RuntimeException fault(SQLException fault) {
        return new SqlFaults(List.of())
                .map(fault)
                .filter(known -> known.status().equals(Status.SERVICE_UNAVAILABLE))
                .<RuntimeException>map(known -> known)
                .orElseGet(() -> new IllegalStateException("The table of sessions isn't as it should be", fault));
    }

    /** Ends the removal in the background; whoever opened the pool closes it. */
    @Override
    public void close() {
        isClosed = true;
        sweeper.shutdown();
        try {
            sweeper.awaitTermination(LAST_SWEEP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
