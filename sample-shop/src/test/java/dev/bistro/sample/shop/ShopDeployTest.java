package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.wire.Nginx;
import dev.bistro.wire.NginxFront;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three instances behind nginx, with the files of {@code deploy}. */
@Timeout(60)
class ShopDeployTest {
    private static final Path FILES = Path.of("deploy/nginx");
    private static final List<Integer> PORTS = List.of(8081, 8082, 8083);

    @TempDir
    Path folder;

    /** The files, with ports and certificates of the test's. IPv6 isn't on every machine. */
    private String configuration(List<Server> instances, Nginx.FreePort plain, Nginx.FreePort secure)
            throws IOException {
        String upstream = Files.readString(FILES.resolve("shop-instances.conf"));
        for (int i = 0; i < instances.size(); i++) {
            upstream = replace(
                    upstream,
                    "127.0.0.1:" + PORTS.get(i),
                    "127.0.0.1:" + instances.get(i).port());
        }
        String front = Files.readString(FILES.resolve("shop.conf")).replaceAll("(?m)^ *listen \\[::].*\\n", "");
        front = replace(front, "listen 80;", "listen 127.0.0.1:" + plain + ";");
        front = replace(front, "listen 443 ssl;", "listen 127.0.0.1:" + secure + " ssl;");
        front = replace(front, "/etc/letsencrypt/live/shop.example", folder.toString());
        return "http {\n" + upstream + front + "}\n";
    }

    private static String replace(String text, String part, String other) {
        assertTrue(text.contains(part), () -> text + " has no " + part);
        return text.replace(part, other);
    }

    private static Server start() {
        return Bistro.app(ShopApplication.class)
                .port(0)
                .set("server.host", "127.0.0.1")
                .set("server.proxy.trusted", "127.0.0.1")
                .start();
    }

    @Test
    void threeInstancesAnswerForOne() throws Exception {
        Nginx.assumeInstalled();
        var clients = NginxFront.certify(folder);
        var instances = new ArrayList<Server>();
        try (var plain = Nginx.freePort();
                var secure = Nginx.freePort()) {
            PORTS.forEach(port -> instances.add(start()));
            Path files = Files.createDirectory(folder.resolve("nginx"));
            try (var nginx = Nginx.start(files, configuration(instances, plain, secure), plain, secure);
                    var socket = NginxFront.speak(
                            clients, new Socket(secure.address().getAddress(), secure.number()));
                    var client = new RawClient(socket)) {
                for (int i = 0; i < PORTS.size(); i++) {
                    String answer = client.send("GET /api/products HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                            .readResponse();
                    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                }
                for (Server instance : instances) {
                    assertEquals(1, instance.statistics().acceptedConnections());
                }
                String health = client.send("GET /health/ready HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                        .readResponse();
                assertTrue(health.startsWith("HTTP/1.1 404 "), health);

                instances.get(1).close();
                for (int i = 0; i < PORTS.size(); i++) {
                    String answer = client.send("GET /api/products HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                            .readResponse();
                    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                }
                assertTrue(!nginx.log().contains("[emerg]"), nginx.log());
            }
        } finally {
            instances.forEach(Server::close);
        }
    }
}
