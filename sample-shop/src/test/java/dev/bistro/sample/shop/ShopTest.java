package dev.bistro.sample.shop;

import dev.bistro.testing.BistroTest;
import dev.bistro.testing.TestClient;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shop as it opens. Nothing here changes it, so that all tests share one. */
@BistroTest(value = ShopApplication.class, openApi = true)
class ShopTest {
    private static final Product COFFEE = new Product(2, "Coffee", new BigDecimal("4.99"), "☕", 1);

    @Inject
    TestClient client;

    // ---- lists

    @Test
    void listsTheProductsItOpensWith() {
        client.get("/api/products")
                .send()
                .assertStatus(200)
                .assertHeader("Content-Type", "application/json")
                .assertText("{\"products\":["
                        + "{\"id\":1,\"name\":\"Python Book\",\"price\":29.99,\"emoji\":\"📘\",\"version\":1},"
                        + "{\"id\":2,\"name\":\"Coffee\",\"price\":4.99,\"emoji\":\"☕\",\"version\":1},"
                        + "{\"id\":3,\"name\":\"Mechanical Keyboard\",\"price\":89.99,\"emoji\":\"⌨️\",\"version\":1}],"
                        + "\"count\":3}");
    }

    @Test
    void listsAPage() {
        client.get("/api/products?limit=1&offset=1")
                .send()
                .assertStatus(200)
                .assertJson(new ProductList(List.of(COFFEE), 3));
        client.get("/api/products?offset=7").send().assertStatus(200).assertJson(new ProductList(List.of(), 3));
    }

    @Test
    void namesEachParameterThatIsNotValid() {
        client.get("/api/products?limit=many&offset=1.5")
                .send()
                .assertProblem(400)
                .assertProblemWith("limit")
                .assertProblemWith("offset");
        client.get("/api/products?limit=101").send().assertProblem(422).assertProblemWith("limit");
        client.get("/api/products?offset=-1").send().assertProblem(422).assertProblemWith("offset");
    }

    // ---- products

    @Test
    void doesNotSendWhatTheClientHas() {
        client.get("/api/products/2").send().assertHeader("ETag", "\"1\"").assertJson(COFFEE);
        client.get("/api/products/2")
                .header("If-None-Match", "\"1\"")
                .send()
                .assertStatus(304)
                .assertEmpty();
        client.get("/api/products/2")
                .header("If-None-Match", "\"0\"")
                .send()
                .assertStatus(200)
                .assertJson(COFFEE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"name\":\"Tea\",\"price\":\"much\"}`, /price",
                "`{\"name\":\"Tea\"}`,                    /price",
                "`{\"name\":\" \",\"price\":1}`,          /name",
                "`{\"name\":\"Tea\",\"price\":1.999}`,    /price",
            })
    void refusesWhatIsNoProduct(String body, String pointer) {
        client.post("/api/products").json(body).send().assertProblem(422).assertProblemWith(pointer);
        client.get("/api/products").send().assertJson("/count", 3);
    }

    @Test
    void refusesWhatIsNoJson() {
        client.post("/api/products")
                .json("{\"name\":")
                .send()
                .assertProblem(400)
                .assertContains("line 1");
        client.post("/api/products")
                .text("text/csv", "Tea,3.50")
                .send()
                .assertProblem(415)
                .assertContains("application/json");
        client.get("/api/products").send().assertJson("/count", 3);
    }

    @Test
    void namesEachFieldThatIsNotValidAtOnce() {
        String body = "{\"name\":\"\",\"price\":1000000.001,\"emoji\":\"" + "☕".repeat(17) + "\"}";
        client.post("/api/products")
                .json(body)
                .send()
                .assertProblem(422)
                .assertProblemWith("/name")
                .assertProblemWith("/price")
                .assertProblemWith("/emoji");
        client.put("/api/products/1")
                .header("If-Match", "\"1\"")
                .json(body)
                .send()
                .assertProblem(422)
                .assertProblemWith("/name");
    }

    // ---- addresses and methods

    @Test
    void saysWhatIsNotThere() {
        client.get("/api/nothing").send().assertProblem(404, "Route not found");
        client.get("/api/products/abc").send().assertProblem(404, "Route not found");
        client.get("/api/nothing")
                .accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .send()
                .assertStatus(404)
                .assertType("text/html");
        client.patch("/api/products/1")
                .json("{}")
                .send()
                .assertProblem(405)
                .assertContains("PATCH")
                .assertHeader("Allow", "DELETE, GET, HEAD, OPTIONS, PUT");
    }

    @Test
    void answersHeadAndOptionsWithoutHavingBeenTold() {
        String length =
                client.get("/api/products").send().header("Content-Length").orElseThrow();
        client.head("/api/products")
                .send()
                .assertStatus(200)
                .assertHeader("Content-Length", length)
                .assertEmpty();
        client.options("/api/products")
                .send()
                .assertStatus(204)
                .assertHeader("Allow", "GET, HEAD, OPTIONS, POST")
                .assertEmpty();
    }
}
