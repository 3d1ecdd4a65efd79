/**
 * Migrations of databases. Not API. It is the only room that uses {@code org.flywaydb:flyway-core}, and is loaded only
 * where there is a database and that library.
 *
 * <p>In come a database and a folder of the class path; the database is migrated, or what is wrong is thrown. Begin
 * with {@link dev.bistro.data.migration.Migrations}.
 */
package dev.bistro.data.migration;
