package dev.bistro.sample.shop;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.auth.Login;
import dev.bistro.html.Html;
import dev.bistro.http.HttpException;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** The page of the shop, for people: to search, to order, and to add products. */
@Route("/")
final class ShopPage {
    private final Catalog catalog;
    private final Orders orders;
    private final Checkout checkout;

    @Inject
    ShopPage(Catalog catalog, Orders orders, Checkout checkout) {
        this.catalog = catalog;
        this.orders = orders;
        this.checkout = checkout;
    }

    /**
     * Shows products.
     *
     * @param done what the reader has just done
     * @param ordered the number of the order that the reader has just placed
     * @return The page.
     */
    @Get
    @Transactional(readOnly = true)
    @Header(name = "Cache-Control", value = "private, no-cache")
    @Header(name = "Content-Security-Policy", value = Page.CONTENT_SECURITY_POLICY)
    Html show(@BeanParam ProductQuery query, Optional<Done> done, Optional<UUID> ordered, Optional<Login> login) {
        Optional<String> message =
                ordered.flatMap(orders::find).map(ShopPage::thanks).or(() -> done.map(Done::message));
        return page(query, message.map(Page::message), login);
    }

    private static String thanks(Order order) {
        BigDecimal total = order.price().multiply(BigDecimal.valueOf(order.quantity()));
        return "Thank you! You have ordered " + order.quantity() + " × " + order.name() + " for " + Page.euros(total)
                + ".";
    }

    private Html page(ProductQuery query, Optional<Html> message, Optional<Login> login) {
        boolean mayChange = login.filter(one -> one.hasRole(ShopLogins.ADMIN)).isPresent();
        return new ListPage(query, catalog.list(query), message, mayChange).write();
    }

    /**
     * Has the browser ask for a login, and goes back.
     *
     * @return The way back.
     */
    @Get("/login")
    @RolesAllowed(ShopLogins.ADMIN)
    Response<Void> logIn() {
        return Response.seeOther("/");
    }

    /**
     * Places an order, if there is enough of the product.
     *
     * @return The page, which says so.
     */
    @Post("/orders")
    @Transactional
    Response<?> order(@BeanParam ProductQuery query, @FormParam NewOrder order, Optional<Login> login) {
        try {
            return Response.seeOther(
                    query.address("/", "ordered=" + checkout.place(order).id()));
        } catch (HttpException refused) {
            return Response.status(refused.status())
                    .withBody(page(query, Optional.of(Page.warning(refused.detail() + ".")), login))
                    .withHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
        }
    }

    /**
     * Adds a product.
     *
     * @return The page, with the product as the first one.
     */
    @Post("/products")
    @RolesAllowed(ShopLogins.ADMIN)
    Response<Void> add(@FormParam NewProduct product) {
        catalog.add(product);
        return Response.seeOther("/?sort=" + Sort.LAST_ADDED.label() + "&done=added");
    }
}
