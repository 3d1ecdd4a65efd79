package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.testing.BistroTest;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shop as it opens. Nothing here changes it, so that all tests share one. */
@BistroTest(value = ShopApplication.class, openApi = true)
class ShopTest {
    private static final Product COFFEE = new Product(2, "Coffee", new BigDecimal("4.99"), "☕", 100, 1);

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
                        + "{\"id\":1,\"name\":\"Python Book\",\"price\":29.99,\"emoji\":\"📘\","
                        + "\"stock\":12,\"version\":1},"
                        + "{\"id\":2,\"name\":\"Coffee\",\"price\":4.99,\"emoji\":\"☕\","
                        + "\"stock\":100,\"version\":1},"
                        + "{\"id\":3,\"name\":\"Mechanical Keyboard\",\"price\":89.99,\"emoji\":\"⌨️\","
                        + "\"stock\":5,\"version\":1}],"
                        + "\"count\":3}");
    }

    @Test
    void listsPageByPage() {
        TestResponse first = client.get("/api/products?limit=1&sort=price").send();
        first.assertStatus(200).assertJson("/count", 3).assertJson("/products/0/name", "Coffee");
        TestResponse second = client.get(link(first, "next")).send();
        second.assertJson("/count", 3).assertJson("/products/0/name", "Python Book");
        TestResponse last = client.get(link(second, "next")).send();
        last.assertJson("/products/0/name", "Mechanical Keyboard");
        assertEquals(
                List.of("<" + link(last, "first") + ">; rel=\"first\""),
                last.headers().all("Link"));
        client.get(link(last, "first")).send().assertText(first.text());
    }

    private static String link(TestResponse response, String relation) {
        return response.headers().all("Link").stream()
                .filter(link -> link.endsWith("; rel=\"" + relation + "\""))
                .map(link -> link.substring(1, link.indexOf('>')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void searches() {
        client.get("/api/products?q=%20KEY%20").send().assertJson("/count", 1).assertJson("/products/0/id", 3);
        client.get("/api/products?q=").send().assertJson("/count", 3);
        client.get("/api/products?q=%25").send().assertJson("/count", 0);
    }

    @Test
    void namesEachParameterThatIsNotValid() {
        client.get("/api/products?limit=many&sort=size&cursor=x")
                .send()
                .assertProblem(400)
                .assertProblemWith("limit")
                .assertProblemWith("sort")
                .assertProblemWith("cursor")
                .assertContains("added, -added, name, -name, price, -price");
        client.get("/api/products?limit=101").send().assertProblem(422).assertProblemWith("limit");
        client.get("/api/products?limit=0").send().assertProblem(422).assertProblemWith("limit");
        client.get("/api/products?q=" + "x".repeat(101))
                .send()
                .assertProblem(422)
                .assertProblemWith("q");
        client.get("/api/products?q=%00").send().assertProblem(422).assertProblemWith("q");
        client.get("/api/products?sort=name&cursor=" + Cursor.behind(COFFEE, Sort.CHEAPEST))
                .send()
                .assertProblem(400)
                .assertProblemWith("cursor")
                .assertContains("the order price");
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
                "`{\"name\":\"T\\u0000\",\"price\":1}`,   /name",
                "`{\"name\":\"T\",\"price\":1,\"stock\":-1}`, /stock",
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

    // ---- orders

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"product\":2,\"quantity\":0}`,    422, /quantity",
                "`{\"product\":2,\"quantity\":1001}`, 422, /quantity",
                "`{\"product\":\"x\"}`,               422, /product",
                "`{\"product\":99}`,                  422, no product 99",
                "`{\"product\":3,\"quantity\":6}`,    409, Only 5 of Mechanical Keyboard are left",
            })
    void refusesWhatCannotBeOrdered(String body, int status, String said) {
        client.post("/api/orders").json(body).send().assertProblem(status).assertContains(said);
        client.get("/api/products/3").send().assertJson("/stock", 5);
    }

    @Test
    void knowsNoOrderOfOthers() {
        client.get("/api/orders/8a4b2b1e-0000-4000-8000-000000000000").send().assertProblem(404, "Order not found");
        client.get("/api/orders/1").send().assertProblem(400);
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
