package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.sample.testing.ApplicationProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shop in a process of its own, which is killed while people order: each order that was confirmed is there. */
@Timeout(300)
class ShopKilledTest {
    private static final int BUYERS = 4;
    private static final int ORDERS = 50;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<URI, String> confirmed = new ConcurrentHashMap<>();

    private static ApplicationProcess start(Map<String, String> environment) throws IOException {
        return ApplicationProcess.start(ShopApplication.class, environment, "--server.port=0");
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** Orders until the shop is gone. */
    private Void buy(URI shop, CountDownLatch enough) throws InterruptedException {
        HttpRequest order = HttpRequest.newBuilder(shop.resolve("/api/orders"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"product\":4}"))
                .build();
        try {
            while (true) {
                HttpResponse<String> answer = client.send(order, BodyHandlers.ofString());
                assertEquals(201, answer.statusCode(), answer.body());
                confirmed.put(URI.create(answer.headers().firstValue("Location").orElseThrow()), answer.body());
                enough.countDown();
            }
        } catch (IOException killed) {
            return null;
        }
    }

    @Test
    void takesTheDatabaseOfAPlatformEvenWhereThereIsAFile() throws Exception {
        Path file = folder.resolve("unused");
        try (ApplicationProcess shop =
                start(Map.of("SHOP_DATABASE", file.toString(), "DATABASE_URL", "jdbc:h2:mem:platform"))) {
            assertEquals(200, get(shop.uri().resolve("/api/products/1")).statusCode());
        }
        assertFalse(Files.exists(folder.resolve("unused.mv.db")));
    }

    @Test
    void losesNothingThatItHasConfirmed() throws Exception {
        Map<String, String> database =
                Map.of("SHOP_DATABASE", folder.resolve("shop").toString());
        ExecutorService threads = Executors.newFixedThreadPool(BUYERS);
        try (ApplicationProcess shop = start(database)) {
            HttpRequest tea = HttpRequest.newBuilder(shop.uri().resolve("/api/products"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Tea\",\"price\":1,\"stock\":1000000}"))
                    .build();
            assertEquals(201, client.send(tea, BodyHandlers.ofString()).statusCode());
            var enough = new CountDownLatch(ORDERS);
            Callable<Void> buyer = () -> buy(shop.uri(), enough);
            var buyers = new ArrayList<Future<Void>>();
            for (int i = 0; i < BUYERS; i++) {
                buyers.add(threads.submit(buyer));
            }
            enough.await();
            shop.kill();
            for (Future<Void> one : buyers) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (ApplicationProcess shop = start(database)) {
            for (Map.Entry<URI, String> order : confirmed.entrySet()) {
                assertEquals(
                        order.getValue(),
                        get(shop.uri().resolve(order.getKey())).body());
            }
            String tea = get(shop.uri().resolve("/api/products/4")).body();
            int sold = 1_000_000 - Integer.parseInt(tea.replaceAll(".*\"stock\":([0-9]+).*", "$1"));
            int most = confirmed.size() + BUYERS; // those that were on their way are sold, or not
            assertTrue(sold >= confirmed.size() && sold <= most, confirmed.size() + " confirmed, " + sold + " sold");
        }
    }
}
