package dev.bistro.feed.postgresql;

import dev.bistro.feed.FeedId;
import dev.bistro.feed.FeedStore;
import dev.bistro.feed.FeedStores;
import dev.bistro.feed.store.ItemCodec;
import dev.bistro.feed.store.Publication;
import dev.bistro.feed.store.Publisher;
import dev.bistro.feed.store.Sender;
import dev.bistro.feed.store.SharedFeedStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;

/** The stores of feeds in one database of PostgreSQL. For any thread. */
public final class PostgresqlFeedStores implements FeedStores, AutoCloseable {
    /** Classes of SQLSTATE of what is wrong with an item, and doesn't pass. */
    private static final Set<String> FINAL = Set.of("0A", "22", "23");

    private static final int CLASS_LENGTH = 2;
    private static final int TRIM_EVERY = 100;

    /** A server that says nothing for so long is taken for gone: its machine may be, and TCP notices after minutes. */
    static final int ANSWER_MILLIS = 10_000;

    private final DataSource pool;
    private final ItemCodec codec;
    private final Listener listener;
    private final Publisher publisher;

    /**
     * Makes the tables if they aren't there, and begins to listen.
     *
     * @param pool gives connections of the database to publish by; it resets those that come back
     * @param url the same database, for a connection to listen by
     * @param login the user and password, by the driver's names
     * @param codec writes and reads items
     * @param patience how long something that is published is tried
     * @throws SQLException what the database says, if the tables can't be made
     */
    public static PostgresqlFeedStores open(
            DataSource pool, String url, Map<String, String> login, ItemCodec codec, Duration patience)
            throws SQLException {
        inTransaction(pool, connection -> {
            FeedTables.create(connection);
            FeedTables.renewMoved(connection);
            return true;
        });
        var properties = new Properties();
        properties.putAll(login);
        properties.putIfAbsent("tcpKeepAlive", "true");
        properties.putIfAbsent("socketTimeout", "" + ANSWER_MILLIS / 1_000);
        return new PostgresqlFeedStores(pool, () -> DriverManager.getConnection(url, properties), codec, patience);
    }

    private PostgresqlFeedStores(DataSource pool, Listener.Connector connector, ItemCodec codec, Duration patience) {
        this.pool = pool;
        this.codec = codec;
        this.listener = new Listener(pool, connector);
        this.publisher = new Publisher("bistro-feeds-writer", new ByTransactions(), patience);
    }

    @Override
    public <T> FeedStore<T> create(String name, Class<T> type) {
        return new SharedFeedStore<>(name, type, codec, publisher, listener);
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    private interface Work<R> {
        R run(Connection connection) throws SQLException;
    }

    private static <R> R inTransaction(DataSource pool, Work<R> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS); // the pool takes it back
            connection.setAutoCommit(false);
            try {
                R result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Throwable fault) {
        try {
            connection.rollback();
        } catch (SQLException again) {
            fault.addSuppressed(again);
        }
    }

    private final class ByTransactions implements Sender {
        @Override
        public List<FeedId> send(String feed, List<Publication> publications, boolean isRepeated) throws SQLException {
            return inTransaction(pool, connection -> {
                List<FeedId> ids = FeedTables.append(connection, feed, publications, isRepeated);
                FeedId last = ids.get(ids.size() - 1);
                if (last.major() / TRIM_EVERY != (last.major() - ids.size()) / TRIM_EVERY) {
                    FeedTables.trim(connection, feed, last, listener.history(feed));
                }
                return ids;
            });
        }

        @Override
        public boolean isFinal(Exception fault) {
            String state = fault instanceof SQLException said ? String.valueOf(said.getSQLState()) : "";
            return state.length() >= CLASS_LENGTH && FINAL.contains(state.substring(0, CLASS_LENGTH));
        }
    }

    /** Publishes what is on its way, and ends both threads. */
    @Override
    public void close() {
        publisher.close();
        listener.close();
    }
}
