package dev.bistro.data.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.bistro.data.transaction.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The pool of one database. For any thread. */
public final class ConnectionPool implements AutoCloseable {
    private static final long ONE_ATTEMPT = 1;
    private static final int ANSWER_SECONDS = 1;

    /** How a connection is told how long its statements may take, in milliseconds, by driver. */
    private static final Map<String, String> QUERY_TIMEOUTS = Map.of(
            "postgresql", "SET statement_timeout = %d",
            "h2", "SET QUERY_TIMEOUT %d",
            "mysql", "SET SESSION max_execution_time = %d");

    /** How long a login may take, which is no matter of who waits for a connection: the pool logs in by a thread. */
    private static final int LOGIN_SECONDS = 10;

    /** The parameter by which a driver is told so, and the units of it in a second. */
    private record LoginTimeout(String name, int unitsOfASecond) {}

    private static final Map<String, LoginTimeout> LOGIN_TIMEOUTS = Map.of(
            "postgresql", new LoginTimeout("loginTimeout", 1),
            "sqlserver", new LoginTimeout("loginTimeout", 1),
            "mysql", new LoginTimeout("connectTimeout", 1_000),
            "mariadb", new LoginTimeout("connectTimeout", 1_000));

    private final HikariDataSource pool;
    private final Optional<Connection> keeper;

    private ConnectionPool(HikariDataSource pool, Optional<Connection> keeper) {
        this.pool = pool;
        this.keeper = keeper;
    }

    /**
     * Opens a pool, and connects once.
     *
     * @throws SQLException what the driver says, if it can't connect
     */
    public static ConnectionPool open(DatabaseAddress address, PoolOptions options) throws SQLException {
        var config = new HikariConfig();
        config.setPoolName(options.name());
        config.setJdbcUrl(address.jdbcUrl());
        address.user().ifPresent(config::setUsername);
        address.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(options.size());
        config.setConnectionTimeout(options.maxWait().toMillis());
        config.setValidationTimeout(
                Math.min(config.getValidationTimeout(), options.maxWait().toMillis()));
        config.setInitializationFailTimeout(ONE_ATTEMPT);
        options.queryTimeout()
                .ifPresent(time -> config.setConnectionInitSql(
                        String.format(QUERY_TIMEOUTS.get(address.driver()), time.toMillis())));
        if (address.driver().equals("postgresql")) {
            options.answerTimeout()
                    .ifPresent(time -> config.addDataSourceProperty(
                            "socketTimeout", Long.toString(Math.max(1, time.toSeconds()))));
        }
        limitLogin(config, address);
        Optional<Connection> keeper = address.isInMemory() ? Optional.of(keeper(config)) : Optional.empty();
        try {
            return new ConnectionPool(create(config), keeper);
        } catch (HikariPool.PoolInitializationException e) {
            if (keeper.isPresent()) {
                keeper.get().close();
            }
            throw e.getCause() instanceof SQLException said ? said : new SQLException(e.getMessage(), e);
        }
    }

    /** What the URL says itself stays. */
    private static void limitLogin(HikariConfig config, DatabaseAddress address) {
        LoginTimeout timeout = LOGIN_TIMEOUTS.get(address.driver());
        if (timeout != null && !address.jdbcUrl().contains(timeout.name())) {
            config.addDataSourceProperty(timeout.name(), Integer.toString(LOGIN_SECONDS * timeout.unitsOfASecond()));
        }
    }

    /** HikariCP makes its time-out of waiting that of all logins of this JVM, which is taken back. */
    private static synchronized HikariDataSource create(HikariConfig config) {
        int before = DriverManager.getLoginTimeout();
        try {
            return new HikariDataSource(config);
        } finally {
            DriverManager.setLoginTimeout(before);
        }
    }

    /** Whether statements of a driver can be told how long they may take. */
    public static boolean hasQueryTimeout(String driver) {
        return QUERY_TIMEOUTS.containsKey(driver);
    }

    /** A connection that keeps a database in memory alive where the pool has none for a moment. */
    private static Connection keeper(HikariConfig config) throws SQLException {
        return DriverManager.getConnection(config.getJdbcUrl(), config.getUsername(), config.getPassword());
    }

    /** Gives connections. */
    public DataSource dataSource() {
        return pool;
    }

    /** How many connections are in use. */
    public int active() {
        return bean().map(HikariPoolMXBean::getActiveConnections).orElse(0);
    }

    /** How many connections are in the pool and not in use. */
    public int idle() {
        return bean().map(HikariPoolMXBean::getIdleConnections).orElse(0);
    }

    /** Whether all connections that there may be are in use. */
    public boolean isFull() {
        return active() >= pool.getMaximumPoolSize();
    }

    /** Whether the database answers on a connection, which is given back. */
    public boolean answers() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        }
    }

    /** How many threads wait for a connection. */
    public int waiting() {
        return bean().map(HikariPoolMXBean::getThreadsAwaitingConnection).orElse(0);
    }

    private Optional<HikariPoolMXBean> bean() {
        return Optional.ofNullable(pool.getHikariPoolMXBean());
    }

    /** Closes all connections. */
    @Override
    public void close() throws SQLException {
        pool.close();
        if (keeper.isPresent()) {
            keeper.get().close();
        }
    }
}
