package dev.bistro.data.transaction;

import dev.bistro.annotation.Transactional;
import dev.bistro.annotation.Transactional.Isolation;
import dev.bistro.data.TransactionException;
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
        if (hasIsolation()) {
            connection.setTransactionIsolation(level());
        }
        connection.setAutoCommit(false);
    }

    /**
     * Checks that a transaction which runs already is as strict as these options say. Whether it may write is no
     * matter: it can do more than a part of it needs, and where it can't, the database says so.
     *
     * @throws IllegalStateException if it isn't, since that can't be changed any more
     */
    void checkWithin(Scope scope) {
        if (!hasIsolation()) {
            return;
        }
        try {
            if (scope.physical().getTransactionIsolation() < level()) { // the stricter one has the greater number
                throw new IllegalStateException("The transaction that runs already isn't " + isolation
                        + ": write @Transactional(isolation = …) on the handler, or isolation(…) where it begins");
            }
        } catch (SQLException e) {
            throw new TransactionException("A part of a transaction can't be begun", e);
        }
    }

    /** Whether it isn't the one that the database has by itself. */
    boolean hasIsolation() {
        return isolation != Isolation.DEFAULT;
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
