package dev.bistro.data;

import java.sql.SQLException;

/**
 * A transaction can't be begun or committed, and nothing of it is kept; only where the connection broke during the
 * commit, nobody knows. Its cause is the exception of the database.
 */
public final class TransactionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What can't be done, and what the database says. */
    public TransactionException(String message, SQLException cause) {
        super(message, cause);
    }
}
