package dev.bistro.sample.shop;

import java.util.List;
import java.util.Optional;

/** The products. Safe for use by many threads. */
interface Catalog {
    /** Some of the products, in the order of their ids. */
    List<Product> list(int limit, int offset);

    /** How many there are. */
    int count();

    Optional<Product> find(long id);

    /** Adds a product under an id of its own. */
    Product add(NewProduct product);

    /** Replaces a product, if it still is at that version; empty if there is none of this id. */
    Optional<Replacement> replace(long id, long version, NewProduct product);

    /** Removes a product; whether there was one. */
    boolean remove(long id);
}
