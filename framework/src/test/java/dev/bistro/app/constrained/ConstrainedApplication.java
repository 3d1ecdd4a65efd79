package dev.bistro.app.constrained;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.startup.StartupException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what became of a request that meets no constraint, or why it can't be started. */
public final class ConstrainedApplication {
    private ConstrainedApplication() {}

    @Route("/items/{id}")
    static final class Items {
        @Get
        String find(@Max(9) long id) {
            return "found";
        }
    }

    record Line(@NotBlank String sku) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Payment {
        record Card(@NotBlank String number) implements Payment {}
    }

    record Order(List<List<Line>> lines) {}

    @Route("/orders")
    static final class Orders {
        @Post("/payments")
        String pay(Map<String, List<Payment>> payments) {
            return "paid";
        }

        @Post
        String add(Optional<Order> order) {
            return "added";
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnOpen
        void open(@QueryParam Optional<@NotBlank String> name) {}

        @OnMessage
        void message(Line[] lines) {}
    }

    @Config("shop")
    record Shop(@DefaultValue("5") @Min(1) int size) {}

    /** Prints the answer or the report. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (Server server = Bistro.app(ConstrainedApplication.class).port(0).start()) {
            URI address = server.uri().resolve("/items/10");
            System.out.println(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (StartupException e) {
            System.out.println(e.getMessage());
        }
    }
}
