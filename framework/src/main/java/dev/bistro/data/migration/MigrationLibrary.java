package dev.bistro.data.migration;

import dev.bistro.types.OptionalClass;
import java.util.Optional;

/** Whether Flyway is there. It is the one class of this room that needs nothing of it. */
public final class MigrationLibrary {
    private static final String CLASS = "org.flywaydb.core.Flyway";
    private static final String POSTGRESQL = "org.flywaydb.database.postgresql.PostgreSQLDatabaseType";

    private MigrationLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return find(CLASS).isPresent();
    }

    /** Whether the class path has its module for PostgreSQL, too. */
    public static boolean knowsPostgresql() {
        return find(POSTGRESQL).isPresent();
    }

    /** Flyway's class. */
    static Class<?> flyway() {
        return find(CLASS).orElseThrow();
    }

    private static Optional<Class<?>> find(String type) {
        return OptionalClass.find(type, MigrationLibrary.class.getClassLoader());
    }
}
