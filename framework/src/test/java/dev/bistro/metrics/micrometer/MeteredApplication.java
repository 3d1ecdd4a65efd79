package dev.bistro.metrics.micrometer;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.wire.RawClient;

/** Prints its metrics, as a process of its own: so it needs no Micrometer. */
final class MeteredApplication {
    @Route("/")
    static final class Shop {
        @Get("/cart/{id}")
        String cart(int id) {
            return "cart";
        }
    }

    private MeteredApplication() {}

    public static void main(String[] args) throws Exception {
        try (Server server = Bistro.app(MeteredApplication.class)
                .classes(Shop.class)
                .set("server.host", "127.0.0.1")
                .set("metrics.enabled", "true")
                .port(0)
                .start()) {
            System.out.println(RawClient.exchange(
                    server.address(), "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        }
    }
}
