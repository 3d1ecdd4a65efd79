package dev.bistro.benchmarks.server;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

@Route
final class BenchmarkController {
    private static final int COUNT = 1_000;

    record Message(String message) {}

    record Product(long id, String name, double price) {}

    record NewProduct(String name, double price) {}

    record Products(List<Product> products, int count) {}

    private final Map<Long, Product> products = new ConcurrentHashMap<>();
    private final AtomicLong added = new AtomicLong();

    BenchmarkController() {
        for (long id = 1; id <= COUNT; id++) {
            products.put(id, new Product(id, "Product " + id, id + 0.99));
        }
    }

    @Get("/plaintext")
    @Produces("text/plain")
    String plaintext() {
        return "Hello, World!";
    }

    @Get("/json")
    Message json() {
        return new Message("Hello, World!");
    }

    @Get("/api/products/{id}")
    Product product(long id) {
        Product found = products.get(id);
        if (found == null) {
            throw new NotFoundException("Product not found");
        }
        return found;
    }

    @Get("/api/products")
    Products list(@DefaultValue("20") int limit, @DefaultValue("0") int offset) {
        List<Product> page = LongStream.rangeClosed(offset + 1L, Math.min(COUNT, offset + (long) limit))
                .mapToObj(products::get)
                .toList();
        return new Products(page, page.size());
    }

    /** The ids come round again, so that the map stays small. */
    @Post("/api/products")
    Response<Product> add(NewProduct product) {
        long id = COUNT + 1 + added.getAndIncrement() % COUNT;
        var stored = new Product(id, product.name(), product.price());
        products.put(id, stored);
        return Response.created("/api/products/" + id, stored);
    }

    /** Waits, as for a database: what it does to the others is measured. */
    @Get("/slow")
    String slow(@DefaultValue("50") int millis) throws InterruptedException {
        Thread.sleep(millis);
        return "waited";
    }
}
