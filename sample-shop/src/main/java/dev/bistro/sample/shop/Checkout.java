package dev.bistro.sample.shop;

import dev.bistro.http.ConflictException;
import dev.bistro.http.HttpException;
import dev.bistro.http.UnprocessableContentException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Where orders are placed. */
@Singleton
final class Checkout {
    private final Catalog catalog;
    private final Orders orders;

    @Inject
    Checkout(Catalog catalog, Orders orders) {
        this.catalog = catalog;
        this.orders = orders;
    }

    /**
     * Takes what is ordered out of the stock, and keeps the order. These are two changes, so whoever calls this has a
     * transaction.
     *
     * @throws ConflictException if there isn't as much of it
     * @throws UnprocessableContentException if there is no such product
     */
    Order place(NewOrder order) {
        boolean isTaken = catalog.take(order.product(), order.quantity());
        Product product = catalog.find(order.product())
                .orElseThrow(() -> new UnprocessableContentException("There is no product " + order.product()));
        if (!isTaken) {
            throw shortageOf(product);
        }
        return orders.add(product, order.quantity());
    }

    private static HttpException shortageOf(Product product) {
        return new ConflictException(
                switch (product.stock()) {
                    case 0 -> product.name() + " is sold out";
                    case 1 -> "Only 1 of " + product.name() + " is left";
                    default -> "Only " + product.stock() + " of " + product.name() + " are left";
                });
    }
}
