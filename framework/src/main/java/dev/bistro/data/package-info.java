/**
 * Transactions of databases. API, of which users need {@link dev.bistro.data.Transactions} and
 * {@link dev.bistro.data.SqlExceptionMapper}; {@code @Transactional} is with the other annotations. It needs nothing
 * but JDBC.
 *
 * <p>In comes a pool of connections, and methods with the annotation at startup; out go a {@code DataSource} whose
 * connections are those of the transaction that the calling thread is in, and what runs around the method of a request.
 * Begin with {@code TransactionalHandlers} (at startup), then {@code Database} and {@code Scope} (a transaction), and
 * {@code SqlFaults} (what a client is told of an {@code SQLException}).
 */
package dev.bistro.data;
