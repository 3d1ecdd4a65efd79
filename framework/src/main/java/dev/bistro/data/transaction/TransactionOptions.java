package dev.bistro.data.transaction;

import dev.bistro.annotation.Transactional;
import dev.bistro.annotation.Transactional.Isolation;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How a transaction runs.
 *
 * @param retries how often it is repeated after a conflict with another one
 */
record TransactionOptions(boolean readOnly, Isolation isolation, int retries) {
    static final TransactionOptions DEFAULTS = new TransactionOptions(false, Isolation.DEFAULT, 0);
    static final int MOST_RETRIES = 10;

    static TransactionOptions of(Transactional declared, int retries) {
        return new TransactionOptions(declared.readOnly(), declared.isolation(), retries);
    }

    /** Begins a transaction; the pool puts everything back when the connection is closed. */
    void begin(Connection connection) throws SQLException {
        if (readOnly) {
            connection.setReadOnly(true);
        }
        if (isolation != Isolation.DEFAULT) {
            connection.setTransactionIsolation(level());
        }
        connection.setAutoCommit(false);
    }

    private int level() {
        return switch (isolation) {
            case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
            case REPEATABLE_READ -> Connection.TRANSACTION_REPEATABLE_READ;
            case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
            case DEFAULT -> throw new IllegalStateException("The database's own has no number");
        };
    }
}
