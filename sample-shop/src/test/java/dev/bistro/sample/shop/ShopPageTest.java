package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page's links and forms, as a browser without anything else would use them. */
class ShopPageTest {
    private TestClient client;
    private Catalog catalog;

    @BeforeEach
    void open() {
        client = TestClient.start(Bistro.app(ShopApplication.class)).withHeader("Accept", "text/html");
        catalog = client.server().get(Catalog.class);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void isForTheReaderAlone() {
        for (String path : new String[] {"/", "/products/1", "/products/1/deletion"}) {
            client.get(path)
                    .send()
                    .assertStatus(200)
                    .assertType("text/html")
                    .assertHeader("Cache-Control", "private, no-cache")
                    .assertHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY)
                    .assertContainsNot("<script");
        }
        client.get("/assets/shop.css").send().assertStatus(200).assertType("text/css");
    }

    @Test
    void keepsThePlaceInTheList() {
        client.post("/orders?q=o&sort=-price&limit=2")
                .form("product", "2")
                .send()
                .assertStatus(303)
                .header("Location")
                .ifPresent(next -> client.get(next)
                        .send()
                        .assertContains("Thank you! You have ordered 1 × Coffee for €4.99.")
                        .assertContains("href=\"/products/1?q=o&amp;sort=-price&amp;limit=2\""));
        client.post("/products/1/deletion?sort=name").send().assertRedirect("/?sort=name&done=deleted");
        client.post("/products/1/deletion?sort=name").send().assertRedirect("/?sort=name&done=deleted");
        client.get("/products/1").send().assertStatus(404);
    }

    @Test
    void placesNoOrderThatCannotBeFulfilled() {
        client.post("/orders")
                .form("product", "3")
                .form("quantity", "6")
                .send()
                .assertStatus(409)
                .assertHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY)
                .assertContains("Only 5 of Mechanical Keyboard are left.");
        client.post("/orders").form("product", "99").send().assertStatus(422).assertContains("There is no product 99.");
        client.post("/orders")
                .form("product", "3")
                .form("quantity", "-1")
                .send()
                .assertStatus(422);
        client.post("/orders").send().assertStatus(400);
        assertEquals(5, catalog.find(3).orElseThrow().stock());
    }

    @Test
    void takesNothingThatIsNoProduct() {
        client.post("/products").form("name", " ").form("price", "1").send().assertStatus(422);
        client.post("/products").form("name", "Tea").form("price", "").send().assertStatus(400);
        client.post("/products/1")
                .form("name", "Tea")
                .form("price", "1.001")
                .form("version", "1")
                .send()
                .assertStatus(422);
        client.post("/products/1").form("name", "Tea").form("price", "1").send().assertStatus(400);
        assertEquals("Python Book", catalog.find(1).orElseThrow().name());
        assertEquals(
                3,
                catalog.list(new ProductQuery(Optional.empty(), Sort.ADDED, Optional.empty(), 20))
                        .count());
    }

    @Test
    void savesNothingOverAChangeOfSomebodyElse() {
        catalog.replace(2, 1, new NewProduct("Coffee", new BigDecimal("5.49"), Optional.of("<☕"), 100));
        TestResponse conflict = save("1").assertStatus(409);
        conflict.assertHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY)
                .assertContains("Now: 5.49")
                .assertContains("Now: &lt;☕")
                .assertContains("value=\"4.99\"")
                .assertContains("name=\"version\" value=\"2\"");
        save("2").assertRedirect("/?done=saved");
        assertEquals(
                new Product(2, "Coffee", new BigDecimal("4.99"), "", 100, 3),
                catalog.find(2).orElseThrow());
        catalog.remove(2);
        save("3").assertStatus(404);
    }

    private TestResponse save(String version) {
        return client.post("/products/2")
                .form("name", "Coffee")
                .form("price", "4.99")
                .form("emoji", "")
                .form("stock", "100")
                .form("version", version)
                .send();
    }

    @Test
    void changesNothingForOthers() {
        client.close();
        client = TestClient.start(Bistro.app(ShopApplication.class).set("shop.admin-password", "geheim"));
        client.get("/").send().assertStatus(200).assertContains("Log in").assertContainsNot("Change");
        client.get("/login").send().assertStatus(401);
        client.get("/products/1").send().assertStatus(401);
        client.post("/products/1").form("name", "x").send().assertStatus(401);
        client.post("/products/1/deletion").send().assertStatus(401);
        client.post("/products").form("name", "x").send().assertStatus(401);
        client.post("/orders").form("product", "1").send().assertStatus(303);
        TestClient admin = client.basic("admin", "geheim");
        admin.get("/login").send().assertRedirect("/");
        admin.get("/").send().assertContains("Change").assertContainsNot("Log in");
    }
}
