package dev.bistro.data;

import java.sql.SQLException;

/**
 * A transaction can't be begun or committed, and nothing of it is kept; only where the connection broke during the
 * commit, nobody knows: see {@link #isOutcomeUnknown}. Its cause is the exception of the database.
 */
public final class TransactionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean isOutcomeUnknown;

    /** What can't be done, and what the database says. */
    public TransactionException(String message, SQLException cause) {
        this(message, cause, false);
    }

    /** What can't be done, what the database says, and whether it may have been committed all the same. */
    public TransactionException(String message, SQLException cause, boolean isOutcomeUnknown) {
        super(message, cause);
        this.isOutcomeUnknown = isOutcomeUnknown;
    }

    /**
     * Whether the transaction may have been committed: the connection broke while the database was to do that, and its
     * answer didn't come. Then it is never repeated by itself, and a handler's request is answered with 500.
     */
    public boolean isOutcomeUnknown() {
        return isOutcomeUnknown;
    }
}
