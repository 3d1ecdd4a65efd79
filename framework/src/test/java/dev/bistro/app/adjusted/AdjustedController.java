package dev.bistro.app.adjusted;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;

@Route("/temperature")
public final class AdjustedController {
    @Get
    Temperature now() {
        return new Temperature(21);
    }
}
