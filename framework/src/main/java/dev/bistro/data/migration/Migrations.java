package dev.bistro.data.migration;

import dev.bistro.data.transaction.DatabaseAddress;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to the state that the application's migrations describe. */
public final class Migrations {
    private final Flyway flyway;

    /**
     * The migrations of a database. They have connections of their own: a migration may take longer than other
     * statements, and Flyway needs more than one connection.
     *
     * @param loader has the folder
     * @param folder of the class path: {@code db/migration}
     */
    public Migrations(DatabaseAddress address, ClassLoader loader, String folder) {
        flyway = Flyway.configure(loader)
                .dataSource(
                        address.jdbcUrl(),
                        address.user().orElse(null),
                        address.password().orElse(null))
                .locations("classpath:" + folder)
                .load();
    }

    /**
     * Runs those that didn't run yet; without any, the database stays as it is.
     *
     * @return how many ran
     * @throws IllegalStateException if one fails, or those that ran aren't those of the application
     */
    public int migrate() {
        try {
            return flyway.info().all().length == 0 ? 0 : flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new IllegalStateException(onOneLine(String.valueOf(e.getMessage())), e);
        }
    }

    /** Flyway's messages are tables of several lines, with a line of hyphens below the first. */
    private static String onOneLine(String message) {
        return message.replaceAll("-{3,}", ": ")
                .replaceAll("\\s+", " ")
                .replace(" :", ":")
                .strip();
    }
}
