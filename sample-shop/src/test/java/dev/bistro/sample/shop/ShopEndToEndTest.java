package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole shop, over a real socket. */
class ShopEndToEndTest {
    private static final String TEA = "{\"name\":\"Tea\",\"price\":3.50,\"emoji\":\"🍵\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private Server shop;

    @BeforeEach
    void open() {
        shop = Bistro.app(ShopApplication.class).port(0).start();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(shop.uri().resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    private static void assertAnswer(int status, String body, HttpResponse<String> response) {
        assertEquals(body, response.body());
        assertEquals(status, response.statusCode());
    }

    private static void assertProblem(int status, String part, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertTrue(response.body().contains(part), response.body());
    }

    @Test
    void listsTheProductsItOpensWith() throws Exception {
        HttpResponse<String> response = get("/api/products");
        assertAnswer(
                200,
                "{\"products\":["
                        + "{\"id\":1,\"name\":\"Python Book\",\"price\":29.99,\"emoji\":\"📘\",\"version\":1},"
                        + "{\"id\":2,\"name\":\"Coffee\",\"price\":4.99,\"emoji\":\"☕\",\"version\":1},"
                        + "{\"id\":3,\"name\":\"Mechanical Keyboard\",\"price\":89.99,\"emoji\":\"⌨️\",\"version\":1}],"
                        + "\"count\":3}",
                response);
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void opensWithNothingIfItIsToldSo() throws Exception {
        shop.close();
        shop = Bistro.app(ShopApplication.class)
                .port(0)
                .args("--shop.stocked=false")
                .start();
        assertAnswer(200, "{\"products\":[],\"count\":0}", get("/api/products"));
    }

    @Test
    void listsAPage() throws Exception {
        assertAnswer(
                200,
                "{\"products\":[{\"id\":2,\"name\":\"Coffee\",\"price\":4.99,\"emoji\":\"☕\",\"version\":1}],\"count\":3}",
                get("/api/products?limit=1&offset=1"));
        assertAnswer(200, "{\"products\":[],\"count\":3}", get("/api/products?offset=7"));
    }

    @Test
    void namesEachParameterThatIsNotValid() throws Exception {
        HttpResponse<String> response = get("/api/products?limit=many&offset=1.5");
        assertProblem(400, "\"name\":\"limit\"", response);
        assertProblem(400, "\"name\":\"offset\"", response);
        assertProblem(422, "\"name\":\"limit\"", get("/api/products?limit=101"));
        assertProblem(422, "\"name\":\"offset\"", get("/api/products?offset=-1"));
    }

    @Test
    void addsFindsReplacesAndRemoves() throws Exception {
        HttpResponse<String> added = send("POST", "/api/products", TEA);
        assertAnswer(201, "{\"id\":4,\"name\":\"Tea\",\"price\":3.50,\"emoji\":\"🍵\",\"version\":1}", added);
        String location = added.headers().firstValue("Location").orElseThrow();
        assertEquals("/api/products/4", location);
        assertAnswer(200, added.body(), get(location));
        assertAnswer(
                200,
                "{\"id\":4,\"name\":\"Green tea\",\"price\":4,\"emoji\":\"\",\"version\":2}",
                send("PUT", location, "{\"name\":\"Green tea\",\"price\":4}", "If-Match", "\"1\""));
        HttpResponse<String> removed = send("DELETE", location, null);
        assertAnswer(204, "", removed);
        assertProblem(404, "Product not found", get(location));
        assertProblem(404, "Product not found", send("DELETE", location, null));
        assertProblem(404, "Product not found", send("PUT", location, TEA, "If-Match", "\"2\""));
    }

    @Test
    void refusesBodiesThatAreNotProducts() throws Exception {
        assertProblem(400, "line 1", send("POST", "/api/products", "{\"name\":"));
        assertProblem(
                422, "\"pointer\":\"/price\"", send("POST", "/api/products", "{\"name\":\"Tea\",\"price\":\"much\"}"));
        assertProblem(422, "\"pointer\":\"/price\"", send("POST", "/api/products", "{\"name\":\"Tea\"}"));
        assertProblem(422, "\"pointer\":\"/name\"", send("POST", "/api/products", "{\"name\":\" \",\"price\":1}"));
        assertProblem(
                422, "\"pointer\":\"/price\"", send("POST", "/api/products", "{\"name\":\"Tea\",\"price\":1.999}"));
        var form = HttpRequest.newBuilder(shop.uri().resolve("/api/products"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("Tea,3.50"));
        assertProblem(415, "application/json", client.send(form.build(), BodyHandlers.ofString()));
        assertAnswer(200, get("/api/products").body(), get("/api/products"));
        assertTrue(get("/api/products").body().endsWith("\"count\":3}"), "nothing was added");
    }

    @Test
    void namesEachFieldThatIsNotValidAtOnce() throws Exception {
        String body = "{\"name\":\"\",\"price\":1000000.001,\"emoji\":\"" + "☕".repeat(17) + "\"}";
        HttpResponse<String> response = send("POST", "/api/products", body);
        assertProblem(422, "\"pointer\":\"/name\"", response);
        assertProblem(422, "\"pointer\":\"/price\"", response);
        assertProblem(422, "\"pointer\":\"/emoji\"", response);
        assertProblem(422, "\"pointer\":\"/name\"", send("PUT", "/api/products/1", body, "If-Match", "\"1\""));
    }

    @Test
    void doesNotSendWhatTheClientHas() throws Exception {
        HttpResponse<String> first = get("/api/products/1");
        assertEquals("\"1\"", first.headers().firstValue("ETag").orElse(""));
        assertAnswer(304, "", get("/api/products/1", "If-None-Match", "\"1\""));
        assertAnswer(200, first.body(), get("/api/products/1", "If-None-Match", "\"0\""));
    }

    @Test
    void losesNoUpdateOfTwoClients() throws Exception {
        String version = get("/api/products/1").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> anna = send("PUT", "/api/products/1", TEA, "If-Match", version);
        assertAnswer(200, "{\"id\":1,\"name\":\"Tea\",\"price\":3.50,\"emoji\":\"🍵\",\"version\":2}", anna);
        HttpResponse<String> bert = send("PUT", "/api/products/1", "{\"name\":\"B\",\"price\":1}", "If-Match", version);
        assertAnswer(412, anna.body(), bert);
        assertAnswer(200, anna.body(), get("/api/products/1"));
        String now = get("/api/products/1").headers().firstValue("ETag").orElseThrow();
        assertEquals(
                200,
                send("PUT", "/api/products/1", "{\"name\":\"B\",\"price\":1}", "If-Match", now)
                        .statusCode());
        assertProblem(428, "If-Match", send("PUT", "/api/products/1", TEA));
    }

    @Test
    void countsEachChangeOfManyClients() throws Exception {
        int clients = 4;
        int changes = 15;
        var threads = Executors.newFixedThreadPool(clients);
        Callable<Integer> change = () -> {
            int refused = 0;
            for (int done = 0; done < changes; ) {
                HttpResponse<String> now = get("/api/products/1");
                int price = Integer.parseInt(now.body().replaceAll(".*\"price\":(\\d+).*", "$1"));
                String body = "{\"name\":\"Counter\",\"price\":" + (price + 1) + "}";
                String version = now.headers().firstValue("ETag").orElseThrow();
                int status = send("PUT", "/api/products/1", body, "If-Match", version)
                        .statusCode();
                assertTrue(status == 200 || status == 412, () -> "" + status);
                done += status == 200 ? 1 : 0;
                refused += status == 412 ? 1 : 0;
            }
            return refused;
        };
        try {
            send("PUT", "/api/products/1", "{\"name\":\"Counter\",\"price\":0}", "If-Match", "\"1\"");
            for (var done : threads.invokeAll(Collections.nCopies(clients, change))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String body = get("/api/products/1").body();
        assertTrue(body.contains("\"price\":" + clients * changes + ","), body);
        assertTrue(body.endsWith("\"version\":" + (clients * changes + 2) + "}"), body);
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        assertProblem(404, "Route not found", get("/api/nothing"));
        assertProblem(404, "Route not found", get("/api/products/abc"));
        HttpResponse<String> page = get("/api/nothing", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertEquals(404, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"), page.body());
        HttpResponse<String> patch = send("PATCH", "/api/products/1", "{}");
        assertProblem(405, "PATCH", patch);
        assertEquals(
                "DELETE, GET, HEAD, OPTIONS, PUT",
                patch.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void answersHeadAndOptionsWithoutHavingBeenTold() throws Exception {
        HttpResponse<String> head = send("HEAD", "/api/products", null);
        assertAnswer(200, "", head);
        assertEquals(
                get("/api/products").headers().firstValue("Content-Length"),
                head.headers().firstValue("Content-Length"));
        HttpResponse<String> options = send("OPTIONS", "/api/products", null);
        assertAnswer(204, "", options);
        assertEquals(
                "GET, HEAD, OPTIONS, POST",
                options.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void givesEachOfManyProductsAddedAtOnceAnIdOfItsOwn() throws Exception {
        int count = 200;
        Set<String> locations = ConcurrentHashMap.newKeySet();
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> add = () -> locations.add(send("POST", "/api/products", TEA)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
            for (var added : threads.invokeAll(
                    IntStream.range(0, count).mapToObj(i -> add).toList())) {
                assertTrue(added.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(count, locations.size());
        assertTrue(get("/api/products?limit=1").body().endsWith("\"count\":" + (3 + count) + "}"));
    }
}
