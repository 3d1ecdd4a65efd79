package dev.bistro.sample.shop;

import dev.bistro.annotation.ETag;
import java.math.BigDecimal;

/**
 * A product of the shop.
 *
 * @param id its number, which it keeps
 * @param name what it is called
 * @param price in euros
 * @param emoji a picture of it, in a character or two; empty without one
 * @param stock how many pieces there are
 * @param version counts its changes, from 1; an order is one, too
 */
record Product(
        long id,
        String name,
        BigDecimal price,
        String emoji,
        int stock,
        @ETag long version) {}
