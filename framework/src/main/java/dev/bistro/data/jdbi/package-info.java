/**
 * Jdbi, by which applications write SQL. Not API. It is the only room that uses {@code org.jdbi:jdbi3-core}, and is
 * loaded only where there is a database and that library.
 *
 * <p>In comes a database; out go a {@code Jdbi}, and handles within transactions. Begin with
 * {@link dev.bistro.data.jdbi.JdbiAccess}.
 */
package dev.bistro.data.jdbi;
