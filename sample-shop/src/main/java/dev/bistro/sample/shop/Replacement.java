package dev.bistro.sample.shop;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.Status;

/** What became of the wish to replace a product. */
sealed interface Replacement {
    /** It was at the version that was to be replaced, and is the new one now. */
    record Replaced(@Body Product product) implements Replacement {}

    /** Somebody else changed it before: it stays as it is now. */
    @Status(412)
    record Changed(@Body Product now) implements Replacement {}
}
