package dev.bistro.sample.shop;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.util.List;

/** The shop's products over HTTP. */
@Route("/api/products")
final class ProductController {
    private static final int MAX_LIMIT = 100;

    private final Catalog catalog;

    @Inject
    ProductController(Catalog catalog) {
        this.catalog = catalog;
    }

    @Get
    ProductList list(@DefaultValue("20") int limit, @DefaultValue("0") int offset) {
        requireRange("limit", limit, MAX_LIMIT);
        requireRange("offset", offset, Integer.MAX_VALUE);
        return new ProductList(catalog.list(limit, offset), catalog.count());
    }

    @Get("/{id:\\d+}")
    Product find(long id) {
        return catalog.find(id).orElseThrow(ProductController::unknown);
    }

    @Post
    Response<Product> add(NewProduct product) {
        Product added = catalog.add(product.check());
        return Response.created("/api/products/" + added.id(), added);
    }

    @Put("/{id:\\d+}")
    Product replace(long id, NewProduct product) {
        return catalog.replace(id, product.check()).orElseThrow(ProductController::unknown);
    }

    @Delete("/{id:\\d+}")
    void remove(long id) {
        if (!catalog.remove(id)) {
            throw unknown();
        }
    }

    private static NotFoundException unknown() {
        return new NotFoundException("Product not found");
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 0 || value > max) {
            var error = new InvalidValue(In.QUERY, name, "must be from 0 to " + max + ", but was " + value);
            throw new BadRequestException("Query parameter \"" + name + "\" is out of range", List.of(error));
        }
    }
}
