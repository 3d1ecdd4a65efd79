package dev.bistro.feed.postgresql;

import dev.bistro.feed.FeedId;
import dev.bistro.feed.store.ReadingLoop;
import dev.bistro.feed.store.Tail;
import dev.bistro.feed.store.Tails;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the followers of all feeds what is new, by a connection of its own: when somebody notifies, and otherwise each
 * second, so that a notification that is lost delays and loses nothing.
 *
 * <pre>
 *   connect ──▶ listen ──▶ read what is new ─▶ wait for a notification, or a second
 *      ▲                         ▲  │                    │
 *      └── pause ◀── it broke ───┼──┘                    │
 *                                └───────────────────────┘
 * </pre>
 */
final class Listener implements Tails, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int LONGEST_DELAY_MILLIS = 1_000;

    private final ReadingLoop loop = new ReadingLoop("PostgreSQL", this::read);
    private final DataSource pool;
    private final Connector connector;
    private volatile Connection listening; // null while there is none

    /** Makes a connection that is in no pool. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    Listener(DataSource pool, Connector connector) {
        this.pool = pool;
        this.connector = connector;
        loop.start();
    }

    /** Has the feed's items at once, so that no client that comes back is told that its place is unknown. */
    @Override
    public void follow(Tail<?> tail) {
        if (!loop.isLost()) {
            try (Connection connection = pool.getConnection()) {
                connection.setNetworkTimeout(Runnable::run, PostgresqlFeedStores.ANSWER_MILLIS);
                read(connection, tail);
            } catch (SQLException e) {
                LOG.warn("The feed {} can't be read yet", tail.feed(), e);
            }
        }
        loop.add(tail);
    }

    int history(String feed) {
        return loop.history(feed);
    }

    @Override
    public void forget(Tail<?> tail) {
        loop.remove(tail);
    }

    private static void read(Connection connection, Tail<?> tail) throws SQLException {
        boolean isTold;
        synchronized (tail) {
            isTold = FeedTables.read(connection, tail);
        }
        if (isTold) {
            tail.wake();
        }
    }

    /** Asks first which feeds have something new, since there may be thousands. */
    private void readChanged(Connection connection) throws SQLException {
        Map<String, FeedId> last = FeedTables.last(
                connection, loop.tails().stream().map(Tail::feed).collect(Collectors.toSet()));
        for (Tail<?> tail : loop.tails()) {
            FeedId newest = last.getOrDefault(tail.feed(), last.get(""));
            if (!tail.known().equals(Optional.ofNullable(newest))) {
                read(connection, tail);
            }
        }
    }

    private void read() throws SQLException {
        try (Connection connection = connector.connect()) {
            listening = connection;
            FeedTables.create(connection); // somebody may have dropped them
            FeedTables.renewMoved(connection);
            Notifications notifications = Notifications.listen(connection, FeedTables.CHANNEL);
            while (!loop.isClosed()) {
                readChanged(connection);
                loop.works();
                notifications.await(LONGEST_DELAY_MILLIS);
            }
        } finally {
            listening = null;
        }
    }

    /** Waits for the thread, unless it is about to connect: that can't be broken off, and closes what it gets. */
    @Override
    public void close() {
        loop.close();
        Connection open = listening;
        if (open == null) {
            return;
        }
        try {
            open.abort(Runnable::run);
            loop.join();
        } catch (SQLException e) {
            LOG.debug("The connection of feeds can't be closed", e);
        }
    }
}
