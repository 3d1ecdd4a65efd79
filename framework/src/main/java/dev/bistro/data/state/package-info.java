/**
 * What instances of an application share in its database besides its own data: sessions, which of them have ended, and
 * how much of their rates clients have used. By JDBC alone, on H2 and PostgreSQL. Not API: users set
 * {@code session.store}, {@code session.revocations} and {@code limits.store}.
 *
 * <p>In comes a pool of connections; out go the stores of these. Begin with {@link dev.bistro.data.state.StateDatabase},
 * then {@code StateTable} for what the tables are, and {@code DatabaseSessions} and {@code DatabaseRates} for what is
 * done with them.
 */
package dev.bistro.data.state;
