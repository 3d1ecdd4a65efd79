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

    /** Flyway's class. */
    static Class<?> flyway() {
        try {
            return load(CLASS);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Flyway isn't there", e);
        }
    }

    private static boolean isThere(String type) {
        try {
            load(type);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static Class<?> load(String type) throws ClassNotFoundException {
        return Class.forName(type, false, MigrationLibrary.class.getClassLoader());
    }
}
