package dev.bistro.sample.shop;

import dev.bistro.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The products as a page.
 *
 * @param query what was asked for
 * @param page what was found
 * @param message what happened before
 * @param mayChange whether the reader may change products
 */
record ListPage(ProductQuery query, ProductPage page, Optional<Html> message, boolean mayChange) {
    private static final Html LOGIN =
            Html.of("<form action=\"/login\"><button class=\"quiet\">Log in</button></form>\n");

    Html write() {
        return Page.of(
                "Shop",
                Html.of(
                        """
                        <header>
                        <h1><a href="/">Shop</a></h1>
                        {}{}</header>
                        <main>
                        {}{}<p class="count">{}</p>
                        <ul class="products">
                        {}</ul>
                        {}</main>
                        """,
                        search(),
                        mayChange ? Html.EMPTY : LOGIN,
                        message,
                        mayChange ? adding() : Html.EMPTY,
                        count(),
                        page.products().stream().map(this::item).toList(),
                        pages()));
    }

    private Html search() {
        return Html.of(
                """
                <form class="search" role="search" action="/">
                <input name="q" type="search" maxlength="100" placeholder="Search" aria-label="Search" value="{}">
                <select name="sort" aria-label="Sort">
                {}</select>
                <button>Show</button>
                </form>
                """,
                query.search(),
                List.of(Sort.values()).stream().map(this::option).toList());
    }

    private Html option(Sort sort) {
        return Html.of(
                "<option value=\"{}\" selected=\"{}\">{}</option>\n", sort.label(), sort == query.sort(), sort.title());
    }

    private static Html adding() {
        return Html.of("""
                <details>
                <summary>Add a product</summary>
                <form class="fields" method="post" action="/products">
                {}<p><button>Add</button></p>
                </form>
                </details>
                """, ProductFields.empty());
    }

    private String count() {
        String products = page.count() == 1 ? "1 product" : page.count() + " products";
        return query.search().isEmpty() ? products : products + " with “" + query.search() + "”";
    }

    private Html item(Product product) {
        return Html.of(
                """
                <li>
                <span class="emoji" aria-hidden="true">{}</span>
                <h2>{}</h2>
                <p><b class="price">{}</b> <span class="stock">{}</span></p>
                {}{}</li>
                """,
                product.emoji(),
                product.name(),
                Page.euros(product.price()),
                product.stock() == 0 ? "sold out" : product.stock() + " in stock",
                product.stock() == 0 ? Html.EMPTY : ordering(product),
                mayChange ? changing(product) : Html.EMPTY);
    }

    private Html ordering(Product product) {
        return Html.of(
                """
                <form class="order" method="post" action="{}">
                <input type="hidden" name="product" value="{}">
                <input name="quantity" type="number" min="1" max="{}" value="1" required aria-label="Pieces of {}">
                <button aria-label="Order {}">Order</button>
                </form>
                """,
                query.address("/orders"),
                product.id(),
                Math.min(product.stock(), NewOrder.MOST),
                product.name(),
                product.name());
    }

    private Html changing(Product product) {
        return Html.of(
                """
                <p class="changes"><a href="{}" aria-label="Change {}">Change</a> \
                <a href="{}" aria-label="Delete {}">Delete</a></p>
                """,
                query.address("/products/" + product.id()),
                product.name(),
                query.address("/products/" + product.id() + "/deletion"),
                product.name());
    }

    private Html pages() {
        var links = new ArrayList<Html>();
        if (query.cursor().isPresent()) {
            links.add(link(query.at(Optional.empty()), "first", "« First page"));
        }
        page.next().ifPresent(next -> links.add(link(query.at(Optional.of(next)), "next", "Next page ›")));
        return links.isEmpty() ? Html.EMPTY : Html.of("<nav aria-label=\"Pages\">{}</nav>\n", links);
    }

    private static Html link(ProductQuery target, String relation, String text) {
        return Html.of("<a rel=\"{}\" href=\"{}\">{}</a>", relation, target.address("/"), text);
    }
}
