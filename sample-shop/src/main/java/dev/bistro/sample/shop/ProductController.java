package dev.bistro.sample.shop;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The shop's products over HTTP. */
@Route("/api/products")
final class ProductController {
    private final Catalog catalog;

    @Inject
    ProductController(Catalog catalog) {
        this.catalog = catalog;
    }

    @Get
    ProductList list(@Min(0) @Max(100) @DefaultValue("20") int limit, @Min(0) @DefaultValue("0") int offset) {
        return new ProductList(catalog.list(limit, offset), catalog.count());
    }

    @Get("/{id:\\d+}")
    Product find(long id) {
        return catalog.find(id).orElseThrow(ProductController::unknown);
    }

    @Post
    @RolesAllowed(ShopLogins.ADMIN)
    Response<Product> add(NewProduct product) {
        Product added = catalog.add(product);
        return Response.created("/api/products/" + added.id(), added);
    }

    @Put("/{id:\\d+}")
    @RolesAllowed(ShopLogins.ADMIN)
    Replacement replace(long id, @IfMatch long version, NewProduct product) {
        return catalog.replace(id, version, product).orElseThrow(ProductController::unknown);
    }

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
