package dev.bistro.sample.shop;

import dev.bistro.Bistro;

/** A shop with a few products: {@code http://localhost:8080/api/products}. */
public final class ShopApplication {
    private ShopApplication() {}

    public static void main(String[] args) {
        Bistro.run(ShopApplication.class, args);
    }
}
