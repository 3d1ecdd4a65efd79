package dev.bistro.data.pool;

import dev.bistro.types.OptionalClass;

/** Whether HikariCP is there. It is the one class of this room that needs nothing of it. */
public final class PoolLibrary {
    private static final String CLASS = "com.zaxxer.hikari.HikariDataSource";

    private PoolLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return OptionalClass.find(CLASS, PoolLibrary.class.getClassLoader()).isPresent();
    }
}
