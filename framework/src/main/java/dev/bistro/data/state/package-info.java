/**
 * What instances of an application share: sessions, which of them have ended, and how much of their rates clients have
 * used. It is in the database, by JDBC alone, on H2 and PostgreSQL; or in Redis. Not API: users set
 * {@code session.store}, {@code session.revocations} and {@code limits.store}.
 *
 * <p>In comes a pool of connections, or Redis; out go the stores of these. Begin with
 * {@link dev.bistro.data.state.StateDatabase}, then {@code StateTable} for what the tables are, and
 * {@code DatabaseSessions} and {@code DatabaseRates} for what is done with them;
 * {@link dev.bistro.data.state.StateRedis} has the same in Redis.
 */
package dev.bistro.data.state;
