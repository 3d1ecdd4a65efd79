/**
 * The pool of connections. Not API. It is the only room that uses {@code com.zaxxer:HikariCP}, and is loaded only where
 * {@code database.url} is set and that library is there.
 *
 * <p>In comes an address and how many connections there may be; out goes a {@code DataSource}. Begin with
 * {@link dev.bistro.data.pool.ConnectionPool}.
 */
package dev.bistro.data.pool;
