package dev.bistro.sample.shop;

import java.util.List;

/** A page of the products, and how many there are in all. */
record ProductList(List<Product> products, int count) {}
