package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the shop says in SQL, with each database. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class ShopDatabasesTest {
    private final String url;
    private TestClient client;

    ShopDatabasesTest(ShopDatabase database) {
        this.url = database.newUrl();
    }

    private TestClient start(boolean isStocked) {
        return TestClient.start(
                Bistro.app(ShopApplication.class).set("database.url", url).set("shop.stocked", "" + isStocked));
    }

    private void open() {
        client = start(true);
    }

    private void openEmpty() {
        client = start(false);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void add(String name, String price) {
        client.post("/api/products")
                .json(new NewProduct(name, new BigDecimal(price), Optional.empty(), 1))
                .send()
                .assertStatus(201);
    }

    // ---- lists

    private record Listed(List<Product> products, int count) {
        List<Long> ids() {
            return products.stream().map(Product::id).toList();
        }

        List<String> names() {
            return products.stream().map(Product::name).toList();
        }
    }

    private Listed list(String query) {
        return client.get("/api/products" + query).send().assertStatus(200).json(Listed.class);
    }

    private static Optional<String> next(TestResponse page) {
        return page.headers().all("Link").stream()
                .filter(link -> link.endsWith("; rel=\"next\""))
                .map(link -> link.substring(1, link.indexOf('>')))
                .findFirst();
    }

    /** Others add products and remove some meanwhile: of the rest, each is on one page, and in its place. */
    @Test
    void listsEachProductOnceWhateverHappensBetweenPages() {
        openEmpty();
        String[] names = {"Tea", "tea", "Ä", "ä", "zebra", "Zoo", "100%", "a_b", "it's", "🍵", " x", "A"};
        for (int i = 0; i < 26; i++) {
            add(names[i % names.length], List.of("1", "2.50", "1000000", "0").get(i % 4));
        }
        for (Sort sort : Sort.values()) {
            String query = "?sort=" + sort.label();
            List<Long> before = list(query + "&limit=100").ids();
            var seen = new ArrayList<Long>();
            String address = "/api/products" + query + "&limit=5";
            for (Optional<String> next = Optional.of(address); next.isPresent(); ) {
                TestResponse page = client.get(next.get()).send().assertStatus(200);
                List<Long> ids = page.json(Listed.class).ids();
                seen.addAll(ids);
                next = next(page);
                assertEquals(next.isPresent() ? 5 : ids.size(), ids.size());
                add("new " + seen.size(), "2.50");
                client.delete("/api/products/" + ids.get(ids.size() - 1)).send().assertStatus(204);
            }
            assertEquals(new HashSet<>(seen).size(), seen.size());
            seen.retainAll(before);
            assertEquals(before, seen, sort.label());
        }
    }

    @Test
    void sorts() {
        open();
        assertEquals(List.of(1L, 2L, 3L), list("").ids());
        assertEquals(List.of(3L, 2L, 1L), list("?sort=-added").ids());
        assertEquals(
                List.of("Coffee", "Mechanical Keyboard", "Python Book"),
                list("?sort=name").names());
        assertEquals(
                List.of("Python Book", "Mechanical Keyboard", "Coffee"),
                list("?sort=-name").names());
        assertEquals(List.of(2L, 1L, 3L), list("?sort=price").ids());
        assertEquals(List.of(3L, 1L, 2L), list("?sort=-price").ids());
    }

    @Test
    void findsATextAsItIs() {
        openEmpty();
        Map<String, String> found = new TreeMap<>(Map.of(
                "%", "100%", "_", "a_b", "!", "Hey!", "'", "it's", "\\", "a\\b", "GRÜN", "Grüner Tee", "🍵", "Tea 🍵"));
        found.values().forEach(name -> add(name, "1"));
        for (var each : found.entrySet()) {
            TestResponse answer = client.get(
                            "/api/products?q=" + URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8))
                    .send();
            assertEquals(List.of(each.getValue()), answer.json(Listed.class).names());
            answer.assertJson("/count", 1);
        }
        assertEquals(found.size(), list("?q=").count());
    }

    @Test
    void givesBackWhatWasAdded() {
        open();
        client.post("/api/products")
                .json("{\"name\":\"" + "ÄİŁ🍵".repeat(20) + "\",\"price\":1e2,\"emoji\":\"👩‍👩‍👧‍👦\",\"stock\":7}")
                .send()
                .assertStatus(201)
                .assertText(client.get("/api/products/4").send().text());
        client.put("/api/products/4")
                .header("If-Match", "\"1\"")
                .json("{\"name\":\"x\",\"price\":0}")
                .send()
                .assertText(client.get("/api/products/4").send().text());
    }

    // ---- the opening

    @Test
    void stocksADatabaseOnce() {
        open();
        try (TestClient second = start(true)) {
            second.get("/api/products").send().assertJson("/count", 3);
            for (int id = 1; id <= 3; id++) {
                second.delete("/api/products/" + id).send().assertStatus(204);
            }
        }
        try (TestClient third = start(true)) {
            third.get("/api/products").send().assertJson("/count", 0);
        }
    }

    // ---- orders

    @Test
    void keepsAnOrderAsItWas() {
        open();
        TestResponse placed = client.post("/api/orders")
                .json("{\"product\":2,\"quantity\":30}")
                .send()
                .assertStatus(201)
                .assertJson("/name", "Coffee")
                .assertJson("/quantity", 30);
        client.get("/api/products/2")
                .send()
                .assertHeader("ETag", "\"2\"")
                .assertJson("/stock", 70)
                .assertJson("/version", 2);
        client.delete("/api/products/2").send().assertStatus(204);
        client.get(placed.header("Location").orElseThrow())
                .send()
                .assertStatus(200)
                .assertText(placed.text());
    }

    /** A change by who has seen the stock of before the order would sell it twice. */
    @Test
    void refusesAChangeThatDoesNotKnowOfAnOrder() {
        open();
        client.post("/api/orders").json("{\"product\":3,\"quantity\":5}").send().assertStatus(201);
        client.put("/api/products/3")
                .header("If-Match", "\"1\"")
                .json("{\"name\":\"Keyboard\",\"price\":80,\"stock\":5}")
                .send()
                .assertStatus(412)
                .assertJson("/stock", 0);
        client.post("/api/orders").json("{\"product\":3}").send().assertProblem(409, "Mechanical Keyboard is sold out");
    }

    @Test
    void sellsNoMoreThanThereIs() throws Exception {
        open();
        client.post("/api/products")
                .json("{\"name\":\"Ticket\",\"price\":50,\"stock\":10}")
                .send()
                .assertStatus(201);
        int buyers = 64;
        Callable<Integer> buy = () -> client.post("/api/orders")
                .json("{\"product\":4}")
                .send()
                .status()
                .code();
        ExecutorService threads = Executors.newFixedThreadPool(buyers);
        var answers = new TreeMap<Integer, Integer>();
        try {
            for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(buyers, buy))) {
                answers.merge(answer.get(), 1, Integer::sum);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(Map.of(201, 10, 409, 54), answers);
        client.get("/api/products/4").send().assertJson("/stock", 0).assertJson("/version", 11);
    }
}
