package dev.bistro.data.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * How a connection runs statements: what one user of a shared connection changes, the next one mustn't find.
 *
 * @param isolation only if it is to be changed: to ask for it may be a statement of its own
 */
record ConnectionState(boolean autoCommit, boolean readOnly, OptionalInt isolation) {
    static ConnectionState of(Connection connection) throws SQLException {
        return new ConnectionState(connection.getAutoCommit(), connection.isReadOnly(), OptionalInt.empty());
    }

    /** This, with the isolation that the connection has now; the one that is known already stays. */
    ConnectionState withIsolation(Connection connection) throws SQLException {
        return isolation.isPresent()
                ? this
                : new ConnectionState(autoCommit, readOnly, OptionalInt.of(connection.getTransactionIsolation()));
    }

    /** Puts it back; what wasn't committed is undone, as a pool does that. */
    void restore(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true); // within a transaction, nothing else could be changed
        }
        if (connection.isReadOnly() != readOnly) {
            connection.setReadOnly(readOnly);
        }
        if (isolation.isPresent()) {
            connection.setTransactionIsolation(isolation.getAsInt());
        }
        if (!autoCommit) {
            connection.setAutoCommit(false);
        }
    }
}
