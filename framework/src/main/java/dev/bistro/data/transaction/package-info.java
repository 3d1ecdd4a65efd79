/**
 * Transactions of databases, by JDBC alone. Not API: its types are public for other rooms only.
 *
 * <p>In comes a pool of connections, and methods with {@code @Transactional} at startup; out go a {@code DataSource}
 * whose connections are those of the transaction that the calling thread is in, and what runs around the method of a
 * request. Begin with {@link dev.bistro.data.transaction.TransactionalHandlers} (at startup), then {@code
 * TransactionSurrounding}, {@code Database} and {@code Scope} (a transaction), and {@code SqlFaults} (what a client is
 * told of an {@code SQLException}).
 */
package dev.bistro.data.transaction;
