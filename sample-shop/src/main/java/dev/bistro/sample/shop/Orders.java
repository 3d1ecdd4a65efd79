package dev.bistro.sample.shop;

import java.util.Optional;
import java.util.UUID;

/** The orders. Safe for use by many threads. */
interface Orders {
    /** Keeps an order of so many pieces of a product. */
    Order add(Product product, int quantity);

    Optional<Order> find(UUID id);
}
