package dev.bistro.sample.shop;

import dev.bistro.Bistro;
import dev.bistro.annotation.StaticFiles;

/** A shop with a few products: {@code http://localhost:8080/}, and for programs {@code /api/products}. */
@StaticFiles(path = "/assets", from = "classpath:/assets", index = "")
public final class ShopApplication {
    private ShopApplication() {}

    public static void main(String[] args) {
        Bistro.run(ShopApplication.class, args);
    }
}
