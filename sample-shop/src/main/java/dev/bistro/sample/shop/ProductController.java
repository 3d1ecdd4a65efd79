package dev.bistro.sample.shop;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import jakarta.inject.Inject;

/** What the shop sells. */
@Route(ProductController.PATH)
final class ProductController {
    static final String PATH = "/api/products";

    private final Catalog catalog;

    @Inject
    ProductController(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Lists products, page by page.
     *
     * @return A page of the products, and in Link where the next one is.
     */
    @Get
    @Transactional(readOnly = true)
    ProductList list(@BeanParam ProductQuery query) {
        return ProductList.of(catalog.list(query), query, PATH);
    }

    /**
     * Finds a product.
     *
     * @param id the product's number
     * @return The product, with its version as entity tag.
     */
    @Get("/{id:\\d+}")
    Product find(long id) {
        return catalog.find(id).orElseThrow(ProductController::unknown);
    }

    /**
     * Adds a product.
     *
     * @return The product that was added, and in Location where it is.
     */
    @Post
    @RolesAllowed(ShopLogins.ADMIN)
    Response<Product> add(NewProduct product) {
        Product added = catalog.add(product);
        return Response.created(PATH + "/" + added.id(), added);
    }

    /**
     * Replaces a product, if nobody else has changed it since.
     *
     * @param id the product's number
     * @param version the entity tag of the product that is replaced
     * @return The product as it is now.
     */
    @Put("/{id:\\d+}")
    @RolesAllowed(ShopLogins.ADMIN)
    Replacement replace(long id, @IfMatch long version, NewProduct product) {
        return catalog.replace(id, version, product).orElseThrow(ProductController::unknown);
    }

    /**
     * Removes a product.
     *
     * @param id the product's number
     */
    @Delete("/{id:\\d+}")
    @RolesAllowed(ShopLogins.ADMIN)
    void remove(long id) {
        if (!catalog.remove(id)) {
            throw unknown();
        }
    }

    private static NotFoundException unknown() {
        return new NotFoundException("Product not found");
    }
}
