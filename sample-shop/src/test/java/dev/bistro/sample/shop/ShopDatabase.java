package dev.bistro.sample.shop;

import dev.bistro.wire.PostgresServer;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that the shop runs with. */
enum ShopDatabase {
    H2 {
        @Override
        String newUrl() {
            return "jdbc:h2:mem:test" + COUNT.incrementAndGet();
        }
    },
    POSTGRESQL {
        @Override
        String newUrl() {
            return PostgresServer.shared().newSchema();
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The URL of an empty database. Skips the test where the database's program isn't installed. */
    abstract String newUrl();
}
