package dev.bistro.app;

import dev.bistro.wire.PostgresServer;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that tests run with. */
enum TestDatabase {
    H2 {
        @Override
        String newUrl() {
            return "jdbc:h2:mem:test" + DATABASES.incrementAndGet();
        }
    },
    POSTGRESQL {
        @Override
        String newUrl() {
            return PostgresServer.shared().newSchema();
        }
    };

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The URL of an empty database. Skips the test where the database's program isn't installed. */
    abstract String newUrl();
}
