package dev.bistro.sample.shop;

import dev.bistro.annotation.ETag;
import java.math.BigDecimal;

/**
 * What the shop sells.
 *
 * @param version counts its changes, from 1
 */
record Product(
        long id,
        String name,
        BigDecimal price,
        String emoji,
        @ETag long version) {}
