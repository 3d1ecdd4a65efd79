package dev.bistro.data.transaction;

import dev.bistro.data.TransactionException;
import dev.bistro.feed.HeldPublications;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for all that a thread does meanwhile: a transaction, or a handler that takes a connection without one.
 * The connection is taken when it is first used. For one thread; others may use a connection that it has taken.
 */
final class Scope {
    private static final Logger LOG = LoggerFactory.getLogger(Scope.class);

    private final ConnectionSource source;
    private final Optional<TransactionOptions> transaction;
    private final HeldPublications publications;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final ScopeResources resources = new ScopeResources();
    private final Thread owner = Thread.currentThread();
    private volatile Connection connection; // null until it is used
    private volatile boolean isEnded;
    private volatile SQLException failure; // the last one of this transaction; null for none since the last savepoint

    /**
     * Begins it.
     *
     * @param transaction empty if each statement is on its own
     */
    Scope(ConnectionSource source, Optional<TransactionOptions> transaction) {
        this.source = source;
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
        Connection taken = connection;
        if (taken == null) {
            refuseOtherThreads();
            taken = source.take();
            connection = taken; // from here on its end gives the connection back, whatever goes wrong
            if (transaction.isPresent()) {
                begin(taken);
            }
        }
        return taken;
    }

    /** One that another thread takes could come after the end, and would never be given back. */
    private void refuseOtherThreads() throws SQLException {
        if (Thread.currentThread() != owner) {
            throw new SQLException("The connection belongs to the thread " + owner.getName()
                    + ", which hasn't used it so far: take one from the DataSource in this thread");
        }
    }

    private void begin(Connection taken) throws SQLException {
        try {
            transaction.orElseThrow().begin(taken);
        } catch (SQLException | RuntimeException | Error e) {
            connection = null;
            source.giveBack(taken);
            throw e;
        }
    }

    /** What is made once, and closed when it ends. */
    <R extends AutoCloseable> R resource(Class<R> type, Supplier<R> made, Predicate<R> isOpen) {
        return resources.get(type, made, isOpen);
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** A statement has failed; whoever called it may catch the exception. */
    void failed(SQLException fault) {
        failure = fault;
    }

    /** What was undone up to a savepoint has taken the failures since with it. */
    void recovered() {
        failure = null;
    }

    // ---- parts

    /** A point of a transaction. */
    record Mark(Savepoint savepoint, int actions, int published) {}

    /** Marks a point to which {@link #rollback(Mark)} goes back. */
    Mark mark() {
        try {
            return new Mark(physical().setSavepoint(), afterCommit.size(), publications.count());
        } catch (SQLException e) {
            throw new TransactionException("A part of a transaction can't be begun", e);
        }
    }

    /** Ends a part well. If a statement of it has failed so that nothing of it can be kept, it is undone. */
    void release(Mark mark) {
        try {
            release(mark.savepoint);
        } catch (SQLException e) {
            SQLException reason = failure == null ? e : failure;
            undo(mark, reason);
            throw new TransactionException("A part of a transaction can't be ended", reason);
        }
    }

    private void release(Savepoint savepoint) throws SQLException {
        try {
            physical().releaseSavepoint(savepoint);
        } catch (SQLFeatureNotSupportedException none) {
            // some databases release savepoints only with the transaction
        }
    }

    /** Undoes a part; if that fails, nothing of the transaction is kept, whoever catches exceptions. */
    void undo(Mark mark, Throwable reason) {
        publications.dropAfter(mark.published);
        afterCommit.subList(mark.actions, afterCommit.size()).clear();
        try {
            physical().rollback(mark.savepoint);
            recovered();
        } catch (SQLException again) {
            failed(again);
            if (again != reason) {
                reason.addSuppressed(again);
            }
        }
    }

    // ---- the end

    /**
     * Ends it well: what was held back goes out after the commit.
     *
     * @throws TransactionException if it isn't committed, or the connection broke so that nobody knows
     */
    void commit() {
        boolean isCommitted = false;
        try {
            resources.close();
            if (isTransaction() && connection != null) {
                refuseIfLost();
                commit(connection);
            }
            isCommitted = true;
        } finally {
            if (!isCommitted) {
                rollback();
            }
        }
        end(publications::release);
        afterCommit.forEach(Scope::runLogged);
    }

    /** Of a transaction that only reads, nothing is in doubt. */
    private void commit(Connection used) {
        try {
            used.commit();
        } catch (SQLException e) {
            boolean isReadOnly =
                    transaction.filter(TransactionOptions::readOnly).isPresent();
            if (!isReadOnly && SqlFaults.isOutcomeUnknown(e)) {
                throw new TransactionException(
                        "The connection broke while the transaction was being committed: it may be done, or not",
                        e,
                        true);
            }
            throw new TransactionException("The transaction can't be committed", e);
        }
    }

    /**
     * PostgreSQL keeps nothing of a transaction in which a statement has failed, and says nothing of that when it is
     * committed; so do others after a deadlock. Where code has caught such an exception, a savepoint shows it.
     */
    private void refuseIfLost() {
        SQLException seen = failure;
        if (seen != null && (SqlFaults.isConflict(seen) || !takesSavepoint())) {
            throw new TransactionException(
                    "A statement of the transaction has failed, so that nothing of it can be kept, though the"
                            + " exception was caught. What may fail is run by Transactions.run(…) within it",
                    seen);
        }
    }

    private boolean takesSavepoint() {
        try {
            release(physical().setSavepoint());
            return true;
        } catch (SQLFeatureNotSupportedException none) {
            return true;
        } catch (SQLException lost) {
            return false;
        }
    }

    /** Ends it as if nothing of it had been. */
    void rollback() {
        try {
            resources.close();
            if (isTransaction() && connection != null) {
                connection.rollback();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A transaction can't be rolled back: its connection is given up, which does the same", e);
        } finally {
            end(publications::drop);
        }
    }

    /** Gives the connection back; and whatever comes of that, nothing is held back any more. */
    private void end(Runnable publishing) {
        isEnded = true;
        try {
            if (connection != null) {
                source.giveBack(connection);
            }
        } finally {
            publishing.run();
        }
    }

    private static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // even an Error: it is committed, and so it is answered
            LOG.error("What was to run after a commit failed; the transaction is committed all the same", e);
        }
    }
}
