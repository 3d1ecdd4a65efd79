package dev.bistro.sample.shop;

import java.util.Optional;

/** The products. Safe for use by many threads. */
interface Catalog {
    /** A page of the products that a query finds. */
    ProductPage list(ProductQuery query);

    Optional<Product> find(long id);

    /** Adds a product under an id of its own. */
    Product add(NewProduct product);

    /** Replaces a product, if it still is at that version; empty if there is none of this id. */
    Optional<Replacement> replace(long id, long version, NewProduct product);

    /** Removes a product; whether there was one. */
    boolean remove(long id);

    /** Takes pieces of a product out of the stock, if there are as many; whether there were. */
    boolean take(long id, int quantity);
}
