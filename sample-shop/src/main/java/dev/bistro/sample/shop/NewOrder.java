package dev.bistro.sample.shop;

import dev.bistro.annotation.DefaultValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What somebody wants to have.
 *
 * @param product the product's number
 * @param quantity how many pieces of it
 */
record NewOrder(
        long product,
        @DefaultValue("1") @Min(1) @Max(NewOrder.MOST) int quantity) {
    static final int MOST = 1_000;
}
