package dev.bistro.data.transaction;

import dev.bistro.data.TransactionException;
import dev.bistro.feed.HeldPublications;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for all that a thread does meanwhile: a transaction, or a handler that takes a connection without one.
 * The connection is taken from the pool when it is first used. For one thread.
 */
final class Scope {
    private static final Logger LOG = LoggerFactory.getLogger(Scope.class);

    private final DataSource pool;
    private final Optional<TransactionOptions> transaction;
    private final HeldPublications publications;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private Connection connection; // null until it is used
    private boolean isEnded;

    /**
     * Begins it.
     *
     * @param transaction empty if each statement is on its own
     */
    Scope(DataSource pool, Optional<TransactionOptions> transaction) {
        this.pool = pool;
        this.transaction = transaction;
        this.publications = transaction.isPresent() ? HeldPublications.begin() : HeldPublications.NONE;
    }

    boolean isTransaction() {
        return transaction.isPresent();
    }

    boolean isEnded() {
        return isEnded;
    }

    /** The connection of the pool. */
    Connection physical() throws SQLException {
        if (isEnded) {
            throw new SQLException("The transaction has ended, and its connection is back in the pool");
        }
        if (connection == null) {
            Connection taken = pool.getConnection();
            try {
                if (transaction.isPresent()) {
                    transaction.get().begin(taken);
                }
            } catch (SQLException | RuntimeException | Error e) {
                closeQuietly(taken);
                throw e;
            }
            connection = taken;
        }
        return connection;
    }

    /** Has something closed when it ends. */
    <R extends AutoCloseable> R closing(R resource) {
        resources.push(resource);
        return resource;
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Marks a point to which {@link #rollback(Mark)} goes back. */
    Mark mark() {
        try {
            return new Mark(physical().setSavepoint(), afterCommit.size(), publications.count());
        } catch (SQLException e) {
            throw new TransactionException("A part of a transaction can't be begun", e);
        }
    }

    /** A point of a transaction. */
    record Mark(Savepoint savepoint, int actions, int published) {}

    void release(Mark mark) {
        try {
            physical().releaseSavepoint(mark.savepoint);
        } catch (SQLException e) {
            throw new TransactionException("A part of a transaction can't be ended", e);
        }
    }

    void rollback(Mark mark) throws SQLException {
        physical().rollback(mark.savepoint);
        afterCommit.subList(mark.actions, afterCommit.size()).clear();
        publications.dropAfter(mark.published);
    }

    /**
     * Ends it well: what was held back goes out after the commit.
     *
     * @throws TransactionException if it isn't committed, or the connection broke so that nobody knows
     */
    void commit() {
        closeResources();
        try {
            if (isTransaction() && connection != null) {
                connection.commit();
            }
        } catch (SQLException e) {
            rollback();
            throw new TransactionException("The transaction can't be committed", e);
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
        end();
        publications.release();
        afterCommit.forEach(Scope::runLogged);
    }

    /** Ends it as if nothing of it had been. */
    void rollback() {
        closeResources();
        try {
            if (isTransaction() && connection != null) {
                connection.rollback();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A transaction can't be rolled back: its connection is given up, which does the same", e);
        } finally {
            end();
            publications.drop();
        }
    }

    private void end() {
        isEnded = true;
        if (connection != null) {
            closeQuietly(connection);
        }
    }

    private void closeResources() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                LOG.warn("What a transaction used can't be closed", e);
            }
        }
    }

    private static void closeQuietly(Connection taken) {
        try {
            taken.close();
        } catch (SQLException e) {
            LOG.debug("A connection can't be closed", e);
        }
    }

    private static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("What was to run after a commit failed; the transaction is committed all the same", e);
        }
    }
}
