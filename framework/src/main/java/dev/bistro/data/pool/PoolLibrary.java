package dev.bistro.data.pool;

/** Whether HikariCP is there. It is the one class of this room that needs nothing of it. */
public final class PoolLibrary {
    private static final String CLASS = "com.zaxxer.hikari.HikariDataSource";

    private PoolLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return isThere(CLASS);
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, PoolLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
