package dev.bistro.sample.shop;

import java.util.List;
import java.util.Optional;

/**
 * Some of the products that a query finds.
 *
 * @param products those of the page
 * @param count how many there are on all pages
 * @param next where the next page begins; empty on the last one
 */
record ProductPage(List<Product> products, int count, Optional<Cursor> next) {}
