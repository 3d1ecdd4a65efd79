package dev.bistro.sample.shop;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.util.UUID;

/** What is bought. */
@Route("/api/orders")
final class OrderController {
    private final Checkout checkout;
    private final Orders orders;

    @Inject
    OrderController(Checkout checkout, Orders orders) {
        this.checkout = checkout;
        this.orders = orders;
    }

    /**
     * Places an order, if there is enough of the product.
     *
     * @return The order, and in Location where it is.
     */
    @Post
    @Transactional
    Response<Order> place(NewOrder order) {
        Order placed = checkout.place(order);
        return Response.created("/api/orders/" + placed.id(), placed);
    }

    /**
     * Finds an order.
     *
     * @param id the order's number
     * @return The order.
     */
    @Get("/{id}")
    Order find(UUID id) {
        return orders.find(id).orElseThrow(() -> new NotFoundException("Order not found"));
    }
}
