package dev.bistro.data.migration;

/** Whether Flyway is there. It is the one class of this room that needs nothing of it. */
public final class MigrationLibrary {
    private static final String CLASS = "org.flywaydb.core.Flyway";
    private static final String POSTGRESQL = "org.flywaydb.database.postgresql.PostgreSQLDatabaseType";

    private MigrationLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return isThere(CLASS);
    }

    /** Whether the class path has its module for PostgreSQL, too. */
    public static boolean knowsPostgresql() {
        return isThere(POSTGRESQL);
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, MigrationLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
