package dev.bistro.data;

import dev.bistro.annotation.Transactional.Isolation;

/**
 * Runs code in transactions: in services, hooks and WebSockets, where {@code @Transactional} isn't for. It is injected;
 * that of a database with a name by {@code @Named("reports") Transactions}. For any thread.
 *
 * <pre>{@code
 * transactions.run(() -> {
 *     accounts.withdraw(from, amount);
 *     accounts.deposit(to, amount);        // both, or none of them
 * });
 * Order order = transactions.readOnly().call(() -> orders.find(id));
 * }</pre>
 *
 * <p>All that the code does on its thread by the injected {@code DataSource} or {@code Jdbi} is one transaction. It is
 * committed when the code has returned, and rolled back when it throws. Within a transaction, the code is a part of it:
 * if it throws, what this part has done is undone, and if somebody catches the exception, the rest goes on. A part
 * can't ask for more isolation than the transaction has: that is an {@code IllegalStateException}. In a handler that
 * takes a {@code Connection} without {@code @Transactional}, it uses that connection.
 */
public interface Transactions {
    /**
     * Code that may throw.
     *
     * @param <T> what it returns
     * @param <E> what it throws besides unchecked exceptions
     */
    @FunctionalInterface
    interface Code<T, E extends Exception> {
        /** Runs it. */
        T run() throws E;
    }

    /**
     * Code without a result that may throw.
     *
     * @param <E> what it throws besides unchecked exceptions
     */
    @FunctionalInterface
    interface Action<E extends Exception> {
        /** Runs it. */
        void run() throws E;
    }

    /** These, for transactions that only read. */
    Transactions readOnly();

    /** These, for transactions that are kept apart so far: {@code isolation(Isolation.SERIALIZABLE)}. */
    Transactions isolation(Isolation isolation);

    /**
     * These, for code that is called again, so often at most, when the database has cancelled its transaction because
     * of another one.
     *
     * @throws IllegalArgumentException unless it is 0 to 10
     */
    Transactions retries(int retries);

    /**
     * Runs code in a transaction.
     *
     * @throws TransactionException if the database fails to begin or to commit it; what the code throws comes as it is
     */
    <E extends Exception> void run(Action<E> code) throws E;

    /**
     * Runs code in a transaction, and returns its result.
     *
     * @throws TransactionException if the database fails to begin or to commit it; what the code throws comes as it is
     */
    <T, E extends Exception> T call(Code<T, E> code) throws E;

    /** Whether the calling thread is in a transaction of this database. */
    boolean isActive();

    /**
     * Has code run after the transaction that the calling thread is in, if it is committed: {@code afterCommit(() ->
     * mail.send(receipt))}. What it throws is logged.
     *
     * @throws IllegalStateException if it is in none
     */
    void afterCommit(Runnable action);
}
