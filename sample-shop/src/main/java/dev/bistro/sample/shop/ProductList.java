package dev.bistro.sample.shop;

import dev.bistro.annotation.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of the products.
 *
 * @param products those of the page
 * @param count how many there are on all pages
 * @param link where the first page is, and the next one (RFC 8288)
 */
record ProductList(
        List<Product> products, int count, @Header List<String> link) {
    /** The answer to a query that was sent to a path. */
    static ProductList of(ProductPage page, ProductQuery query, String path) {
        var links = new ArrayList<String>();
        page.next().ifPresent(next -> links.add(link(query.at(Optional.of(next)), path, "next")));
        query.cursor().ifPresent(place -> links.add(link(query.at(Optional.empty()), path, "first")));
        return new ProductList(page.products(), page.count(), List.copyOf(links));
    }

    private static String link(ProductQuery query, String path, String relation) {
        return "<" + query.address(path) + ">; rel=\"" + relation + "\"";
    }
}
