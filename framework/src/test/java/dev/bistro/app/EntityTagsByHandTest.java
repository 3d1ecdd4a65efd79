package dev.bistro.app;

import dev.bistro.Bistro;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** An entity tag that a controller or filter has set itself is compared like one of Bistro's. */
@Timeout(60)
class EntityTagsByHandTest {
    record Item(int id) {}

    @Route("/x")
    static final class Tagged {
        private static <T> Response<T> tagged(T body) {
            return Response.ok(body)
                    .withHeader("ETag", "\"7\"")
                    .withHeader("Cache-Control", "max-age=5")
                    .withHeader("Content-Language", "en");
        }

        @Get("/json")
        Response<Item> json() {
            return tagged(new Item(1));
        }

        @Get("/text")
        Response<String> text() {
            return tagged("text");
        }

        @Get("/wild")
        Response<?> wild() {
            return tagged(List.of(1));
        }

        @Get("/stream")
        Response<InputStream> stream() {
            return tagged(new ByteArrayInputStream(new byte[] {1}));
        }

        @Get("/many")
        Response<Stream<Item>> many() {
            return tagged(Stream.of(new Item(1)));
        }

        @Get("/optional")
        Response<Optional<Item>> optional() {
            return tagged(Optional.of(new Item(1)));
        }

        @Get("/later")
        CompletionStage<Response<Item>> later() {
            return CompletableFuture.completedFuture(json());
        }

        @Get("/responseLater")
        Response<CompletionStage<Item>> responseLater() {
            return tagged(CompletableFuture.completedFuture(new Item(1)));
        }

        @Get("/annotated")
        @Header(name = "X-A", value = "b")
        @Produces({"application/json", "text/csv"})
        Response<String> annotated() {
            return tagged("a");
        }

        @Get("/weak")
        Response<Item> weak() {
            return Response.ok(new Item(1)).withHeader("ETag", "W/\"7\"");
        }

        @Get("/broken")
        Response<Item> broken() {
            return Response.ok(new Item(1)).withHeader("ETag", "no tag");
        }

        @Get("/error")
        Response<Item> error() {
            return tagged(new Item(1)).withStatus(Status.CONFLICT);
        }

        @Put("/json")
        Response<Item> put() {
            return tagged(new Item(1));
        }

        @Get("/plain")
        Item plain() {
            return new Item(1);
        }
    }

    @Filter("/x/plain")
    static final class Tagging {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed().withHeader("ETag", "\"7\"");
        }
    }

    private static TestClient client;

    @BeforeAll
    static void start() {
        client = TestClient.start(Bistro.app(EntityTagsByHandTest.class).classes(Tagged.class, Tagging.class));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    static final List<String> PATHS = List.of(
            "json", "text", "wild", "stream", "many", "optional", "later", "responseLater", "annotated", "plain");

    @ParameterizedTest
    @FieldSource("PATHS")
    void isComparedByReads(String path) {
        for (String known : List.of("\"7\"", "W/\"7\"", "\"1\", \"7\"", "*")) {
            TestResponse same =
                    client.get("/x/" + path).header("If-None-Match", known).send();
            same.assertStatus(304)
                    .assertHeader("ETag", "\"7\"")
                    .assertNoHeader("Content-Type")
                    .assertEmpty();
            same.assertNoHeader("Content-Language");
            client.head("/x/" + path).header("If-None-Match", known).send().assertStatus(304);
        }
        client.get("/x/" + path)
                .header("If-None-Match", "\"8\"")
                .send()
                .assertStatus(200)
                .assertHeader("ETag", "\"7\"");
        client.get("/x/" + path).send().assertStatus(200).assertHeader("ETag", "\"7\"");
        client.get("/x/" + path).header("If-Match", "\"8\"").send().assertProblem(412);
        client.get("/x/" + path).header("If-Match", "\"7\"").send().assertStatus(200);
    }

    @Test
    void keepsWhatA304IsToHave() {
        client.get("/x/json").header("If-None-Match", "\"7\"").send().assertHeader("Cache-Control", "max-age=5");
        client.get("/x/annotated")
                .header("If-None-Match", "\"7\"")
                .send()
                .assertHeader("X-A", "b")
                .assertHeaderHas("Vary", "Accept");
    }

    @Test
    void isComparedWeaklyOrStronglyAsTheConditionAsks() {
        client.get("/x/weak").header("If-None-Match", "\"7\"").send().assertStatus(304);
        client.get("/x/weak").header("If-Match", "W/\"7\"").send().assertProblem(412);
    }

    @Test
    void isNotComparedWhereThereIsNothingToCompare() {
        client.get("/x/broken").header("If-None-Match", "\"7\"").send().assertStatus(200);
        client.get("/x/error").header("If-None-Match", "\"7\"").send().assertStatus(409);
        client.put("/x/json").header("If-None-Match", "\"7\"").send().assertStatus(200);
    }
}
