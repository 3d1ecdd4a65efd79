package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import dev.bistro.testing.TestResponse;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes the shop: each test has one of its own. */
class ShopChangesTest {
    private static final NewProduct TEA = product("Tea", "3.50", "🍵");

    private TestClient client;

    @BeforeEach
    void open() {
        client = TestClient.start(Bistro.app(ShopApplication.class));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static NewProduct product(String name, String price, String emoji) {
        return new NewProduct(name, new BigDecimal(price), Optional.of(emoji), 5);
    }

    private TestRequest put(String path, String version, Object product) {
        return client.put(path).header("If-Match", version).json(product);
    }

    @Test
    void opensWithNothingIfItIsToldSo() {
        var application = Bistro.app(ShopApplication.class).args("--shop.stocked=false", "--shop.database=mem:empty");
        try (TestClient empty = TestClient.start(application)) {
            empty.get("/api/products").send().assertStatus(200).assertText("{\"products\":[],\"count\":0}");
        }
    }

    @Test
    void saysThatItIsReady() {
        client.get("/health/ready").send().assertStatus(200).assertText("{\"status\":\"UP\"}");
    }

    @Test
    void addsFindsReplacesAndRemoves() {
        String location = "/api/products/4";
        var tea = new Product(4, "Tea", new BigDecimal("3.50"), "🍵", 5, 1);
        client.post("/api/products")
                .json(TEA)
                .send()
                .assertStatus(201)
                .assertHeader("Location", location)
                .assertText("{\"id\":4,\"name\":\"Tea\",\"price\":3.50,\"emoji\":\"🍵\",\"stock\":5,\"version\":1}");
        client.get(location).send().assertStatus(200).assertJson(tea);
        put(location, "\"1\"", "{\"name\":\"Green tea\",\"price\":4}")
                .send()
                .assertStatus(200)
                .assertJson(new Product(4, "Green tea", new BigDecimal("4.00"), "", 0, 2));
        client.delete(location).send().assertStatus(204).assertEmpty();
        client.get(location).send().assertProblem(404, "Product not found");
        client.delete(location).send().assertProblem(404, "Product not found");
        put(location, "\"2\"", TEA).send().assertProblem(404, "Product not found");
    }

    @Test
    void losesNoUpdateOfTwoClients() {
        String version = client.get("/api/products/1").send().header("ETag").orElseThrow();
        var changed = new Product(1, "Tea", new BigDecimal("3.50"), "🍵", 5, 2);
        var other = product("Other", "1", "");
        put("/api/products/1", version, TEA).send().assertStatus(200).assertJson(changed);
        put("/api/products/1", version, other).send().assertStatus(412).assertJson(changed);
        String now = client.get("/api/products/1")
                .send()
                .assertJson(changed)
                .header("ETag")
                .orElseThrow();
        put("/api/products/1", now, other).send().assertStatus(200);
        client.put("/api/products/1").json(TEA).send().assertProblem(428).assertContains("If-Match");
    }

    // ---- who may

    @Test
    void needsTheAdminForChangesIfItHasAPassword() {
        var application = Bistro.app(ShopApplication.class)
                .set("shop.admin-password", "geheim")
                .set("shop.database", "mem:locked");
        try (TestClient shop = TestClient.start(application)) {
            shop.get("/api/products").send().assertStatus(200);
            shop.post("/api/products")
                    .json(TEA)
                    .send()
                    .assertProblem(401)
                    .assertHeader("WWW-Authenticate", "Basic realm=\"Shop\", charset=\"UTF-8\"");
            shop.basic("admin", "other").post("/api/products").json(TEA).send().assertProblem(401);
            shop.basic("eve", "geheim").delete("/api/products/1").send().assertProblem(401);
            shop.put("/api/products/1")
                    .header("If-Match", "\"1\"")
                    .json(TEA)
                    .send()
                    .assertProblem(401);
            shop.as("eve").post("/api/products").json(TEA).send().assertProblem(403);
            shop.basic("admin", "geheim").post("/api/products").json(TEA).send().assertStatus(201);
        }
    }

    // ---- many clients

    @Test
    void countsEachChangeOfManyClients() throws Exception {
        int clients = 4;
        int changes = 15;
        put("/api/products/1", "\"1\"", product("Counter", "0", "")).send().assertStatus(200);
        Callable<Void> changing = () -> {
            for (int done = 0; done < changes; ) {
                TestResponse now = client.get("/api/products/1").send();
                BigDecimal more = now.json(Product.class).price().add(BigDecimal.ONE);
                TestResponse answer = put(
                                "/api/products/1",
                                now.header("ETag").orElseThrow(),
                                new NewProduct("Counter", more, Optional.empty(), 5))
                        .send();
                answer.assertThat(
                        answer.status().code() == 200 || answer.status().code() == 412,
                        "Expected the change, or that it is too late");
                done += answer.status().code() == 200 ? 1 : 0;
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            for (var one : threads.invokeAll(Collections.nCopies(clients, changing))) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        client.get("/api/products/1")
                .send()
                .assertJson("/price", clients * changes)
                .assertJson("/version", clients * changes + 2);
    }

    @Test
    void givesEachOfManyProductsAddedAtOnceAnIdOfItsOwn() throws Exception {
        int count = 200;
        Set<String> locations = ConcurrentHashMap.newKeySet();
        Callable<Boolean> add = () -> locations.add(client.post("/api/products")
                .json(TEA)
                .send()
                .assertStatus(201)
                .header("Location")
                .orElseThrow());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (var added : threads.invokeAll(Collections.nCopies(count, add))) {
                assertTrue(added.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(count, locations.size());
        client.get("/api/products?limit=1").send().assertJson("/count", 3 + count);
    }
}
