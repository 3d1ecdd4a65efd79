package dev.bistro.sample.shop;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.testing.HttpManners;
import java.util.Map;

/** What every application should do right. */
class ShopMannersTest extends HttpManners {
    @Override
    protected BistroBuilder application() {
        return Bistro.app(ShopApplication.class);
    }

    @Override
    protected Map<String, String> examples() {
        return Map.of("id", "2");
    }
}
