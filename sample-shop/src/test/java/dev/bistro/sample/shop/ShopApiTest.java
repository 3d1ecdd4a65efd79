package dev.bistro.sample.shop;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.testing.OpenApiManners;

/** The description of the shop's API is kept beside the sources: changes of it are seen, and what they break. */
class ShopApiTest extends OpenApiManners {
    @Override
    protected BistroBuilder application() {
        return Bistro.app(ShopApplication.class).set("shop.admin-password", "some password that is long");
    }
}
