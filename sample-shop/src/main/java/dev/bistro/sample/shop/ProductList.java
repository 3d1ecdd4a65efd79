package dev.bistro.sample.shop;

import java.util.List;

/**
 * A page of the products.
 *
 * @param products those of the page
 * @param count how many there are in all
 */
record ProductList(List<Product> products, int count) {}
