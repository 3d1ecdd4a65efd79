package dev.bistro.feed.postgresql;

import dev.bistro.feed.FeedId;
import dev.bistro.feed.store.BackOff;
import dev.bistro.feed.store.Tail;
import dev.bistro.feed.store.Tails;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final long CLOSE_MILLIS = 5_000;

    private final Set<Tail<?>> tails = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DataSource pool;
    private final Connector connector;
    private final Thread thread = new Thread(this::run, "bistro-feeds-reader");
    private volatile Connection listening; // null while there is none
    private volatile boolean isLost; // nobody else waits for a server that isn't there

    /** Makes a connection that is in no pool. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    Listener(DataSource pool, Connector connector) {
        this.pool = pool;
        this.connector = connector;
        thread.setDaemon(true);
        thread.start();
    }

    /** Has the feed's items at once, so that no client that comes back is told that its place is unknown. */
    @Override
    public void follow(Tail<?> tail) {
        if (!isLost) {
            try (Connection connection = pool.getConnection()) {
                connection.setNetworkTimeout(Runnable::run, PostgresqlFeedStores.ANSWER_MILLIS);
                read(connection, tail);
            } catch (SQLException e) {
                LOG.warn("The feed {} can't be read yet", tail.feed(), e);
            }
        }
        tails.add(tail);
    }

    /** How many items of a feed are kept: what the longest of its followers here asks for. */
    int history(String feed) {
        return tails.stream()
                .filter(tail -> tail.feed().equals(feed))
                .mapToInt(Tail::history)
                .max()
                .orElse(Integer.MAX_VALUE);
    }

    @Override
    public void forget(Tail<?> tail) {
        tails.remove(tail);
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
        Map<String, FeedId> last =
                FeedTables.last(connection, tails.stream().map(Tail::feed).collect(Collectors.toSet()));
        for (Tail<?> tail : tails) {
            FeedId newest = last.getOrDefault(tail.feed(), last.get(""));
            if (!tail.known().equals(Optional.ofNullable(newest))) {
                read(connection, tail);
            }
        }
    }

    private void run() {
        var backOff = new BackOff();
        while (!isClosed()) {
            try (Connection connection = connector.connect()) {
                listening = connection;
                FeedTables.create(connection); // somebody may have dropped them
                FeedTables.renewMoved(connection);
                Notifications notifications = Notifications.listen(connection, FeedTables.CHANNEL);
                while (!isClosed()) {
                    readChanged(connection);
                    if (isLost) {
                        LOG.info("Feeds are read again");
                        isLost = false;
                    }
                    backOff.reset();
                    notifications.await(LONGEST_DELAY_MILLIS);
                }
            } catch (SQLException | RuntimeException | Error e) { // also an Error, or nobody would be told ever again
                listening = null;
                report(e);
                pause(backOff.nextMillis());
            }
        }
    }

    private void report(Throwable fault) {
        if (!isLost && !isClosed()) {
            LOG.warn("Feeds can't be read from PostgreSQL; it is tried again until they can", fault);
            isLost = true;
        }
    }

    private void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown(); // nobody interrupts this thread but for its end
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits for the thread, unless it is about to connect: that can't be broken off, and closes what it gets. */
    @Override
    public void close() {
        closed.countDown();
        Connection open = listening;
        if (open == null) {
            return;
        }
        try {
            open.abort(Runnable::run);
            thread.join(CLOSE_MILLIS);
        } catch (SQLException e) {
            LOG.debug("The connection of feeds can't be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever stops the application waits no longer
        }
    }
}
