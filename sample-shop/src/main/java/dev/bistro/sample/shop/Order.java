package dev.bistro.sample.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * An order, which stays as it is, whatever becomes of the product.
 *
 * @param id its number, which only the buyer can know
 * @param product the product's number
 * @param name what the product was called
 * @param price of a piece, in euros
 * @param quantity how many pieces were ordered
 * @param placed when
 */
record Order(UUID id, long product, String name, BigDecimal price, int quantity, Instant placed) {}
