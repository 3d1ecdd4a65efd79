package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.scan.CompiledApplication;
import dev.bistro.wire.JavaCommand;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jackson's classes, about 700, aren't loaded where generated code reads and writes all that an application needs. */
class JacksonLoadingTest {
    private static final String SHOP = """
            package shop;
            import dev.bistro.Bistro;
            import dev.bistro.Server;
            import dev.bistro.annotation.*;
            import java.net.URI;
            import java.net.http.*;
            import java.util.List;

            @Route("/products")
            public class Shop {
                record Product(long id, String name) {}
                @Get List<Product> list() { return List.of(new Product(1, "Tea")); }
                @Post Product add(Product product) { return product; }

                public static void main(String[] args) throws Exception {
                    try (Server server = Bistro.app(Shop.class).set("server.port", "0").start()) {
                        URI uri = URI.create("http://localhost:" + server.port() + "/products");
                        System.out.println("GOT " + send(HttpRequest.newBuilder(uri)));
                        System.out.println("GOT " + send(HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\\"id\\":2,\\"name\\":\\"Milk\\"}"))));
                        String problem = send(HttpRequest.newBuilder(uri.resolve("/nowhere")));
                        System.out.println("GOT " + problem.substring(0, 9));
                    }
                }

                private static String send(HttpRequest.Builder request) throws Exception {
                    return HttpClient.newHttpClient()
                            .send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .body();
                }
            }
            """;

    @Test
    void isOnlyForWhoNeedsThem(@TempDir Path directory) throws Exception {
        Path classes = new CompiledApplication(directory).compile(true, Map.of("shop/Shop.java", SHOP)).classes;
        String classPath = classes + File.pathSeparator + JavaCommand.classPathWithout(JavaCommand.VALIDATION);
        Process process = new ProcessBuilder(JavaCommand.of("-Xlog:class+load", "-cp", classPath, "shop.Shop"))
                .redirectErrorStream(true)
                .start();
        var got = new ArrayList<String>();
        var loaded = new ArrayList<String>();
        try (Stream<String> lines = process.inputReader().lines()) {
            lines.forEach(line -> {
                if (line.startsWith("GOT ")) {
                    got.add(line.substring(4));
                } else if (line.contains("] tools.jackson.") || line.contains("] com.fasterxml.jackson.")) {
                    loaded.add(line);
                }
            });
        }
        assertEquals(0, process.waitFor());
        assertEquals(List.of("[{\"id\":1,\"name\":\"Tea\"}]", "{\"id\":2,\"name\":\"Milk\"}", "{\"type\":\""), got);
        assertTrue(loaded.size() < 20, loaded::toString);
    }
}
