package dev.bistro.app.constrained;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.startup.StartupException;
import jakarta.validation.constraints.Max;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

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
