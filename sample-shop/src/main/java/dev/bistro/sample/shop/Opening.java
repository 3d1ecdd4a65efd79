package dev.bistro.sample.shop;

import dev.bistro.annotation.OnStart;
import dev.bistro.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Puts the first products into a new database, once, however many shops start with it at the same time. */
@Singleton
final class Opening {
    private final ShopConfig config;
    private final Catalog catalog;
    private final Jdbi jdbi;
    private final Transactions transactions;

    @Inject
    Opening(ShopConfig config, Catalog catalog, Jdbi jdbi, Transactions transactions) {
        this.config = config;
        this.catalog = catalog;
        this.jdbi = jdbi;
        this.transactions = transactions;
    }

    @OnStart
    void open() {
        if (config.stocked()) {
            transactions.run(this::stock);
        }
    }

    private void stock() {
        String first = "update opening set is_stocked = true where not is_stocked";
        if (jdbi.withHandle(handle -> handle.execute(first)) == 1) {
            catalog.add(new NewProduct("Python Book", new BigDecimal("29.99"), Optional.of("📘"), 12));
            catalog.add(new NewProduct("Coffee", new BigDecimal("4.99"), Optional.of("☕"), 100));
            catalog.add(new NewProduct("Mechanical Keyboard", new BigDecimal("89.99"), Optional.of("⌨️"), 5));
        }
    }
}
