package dev.bistro.data.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a scope has its connection from. */
interface ConnectionSource {
    /** Takes a connection. */
    Connection take() throws SQLException;

    /** Gives it back as it was, whatever was done with it; what is wrong with that is logged. */
    void giveBack(Connection connection);

    /** A pool, which puts connections back into their state by itself. */
    record Pool(DataSource pool, Admission admission) implements ConnectionSource {
        private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

        @Override
        public Connection take() throws SQLException {
            if (!admission.enter()) {
                throw SqlFaults.refused();
            }
            return pool.getConnection();
        }

        @Override
        public void giveBack(Connection connection) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                LOG.debug("A connection can't be closed", e);
            }
        }
    }

    /**
     * The connection of a handler that isn't in a transaction, for a transaction within it: it has one already, and
     * would wait for a second one while it holds the first.
     */
    final class Lent implements ConnectionSource {
        private final Scope lender;
        private final boolean changesIsolation;
        private ConnectionState before; // null until it is taken

        Lent(Scope lender, boolean changesIsolation) {
            this.lender = lender;
            this.changesIsolation = changesIsolation;
        }

        @Override
        public Connection take() throws SQLException {
            Connection taken = lender.physical();
            if (!taken.getAutoCommit()) {
                throw new SQLException("The handler's connection is in a transaction of its own (setAutoCommit(false)):"
                        + " end that one first");
            }
            before = ConnectionState.of(taken);
            if (changesIsolation) {
                before = before.withIsolation(taken);
            }
            return taken;
        }

        @Override
        public void giveBack(Connection connection) {
            restore(before, connection);
        }
    }

    /** A pool of the program's own, which may give a connection back as the one before has left it. */
    final class Restored implements ConnectionSource {
        private final Pool pool;
        private final boolean changesIsolation;
        private ConnectionState before; // null until it is taken

        Restored(Pool pool, boolean changesIsolation) {
            this.pool = pool;
            this.changesIsolation = changesIsolation;
        }

        @Override
        public Connection take() throws SQLException {
            Connection taken = pool.take();
            try {
                before = ConnectionState.of(taken);
                if (changesIsolation) {
                    before = before.withIsolation(taken);
                }
                return taken;
            } catch (SQLException | RuntimeException | Error e) {
                pool.giveBack(taken);
                throw e;
            }
        }

        @Override
        public void giveBack(Connection connection) {
            restore(before, connection);
            pool.giveBack(connection);
        }
    }

    /** Puts a connection back into a state; that it can't be done is seen when it is used next. */
    private static void restore(ConnectionState state, Connection connection) {
        try {
            state.restore(connection);
        } catch (SQLException | RuntimeException e) {
            LoggerFactory.getLogger(ConnectionSource.class).debug("A connection can't be put back into its state", e);
        }
    }
}
