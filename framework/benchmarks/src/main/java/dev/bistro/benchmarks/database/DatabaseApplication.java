package dev.bistro.benchmarks.database;

import dev.bistro.Bistro;

/** A read and a write of a database, by {@code @Transactional} and by hand. */
public final class DatabaseApplication {
    private DatabaseApplication() {}

    public static void main(String[] args) {
        Bistro.run(DatabaseApplication.class, args);
    }
}
