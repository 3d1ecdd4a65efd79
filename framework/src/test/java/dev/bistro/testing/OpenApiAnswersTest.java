package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.feed.Feed;
import dev.bistro.http.Method;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Response;
import dev.bistro.openapi.OpenApiCustomizer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that aren't as the document says fail, and say how. */
class OpenApiAnswersTest {
    record Item(@ETag int id, String name, List<Integer> sizes) {}

    record Counted(@Header int xTotal) {}

    record Trouble(String code) {}

    @Route("/items")
    static final class Items {
        private final Feed<Item> feed = Feed.create();

        @Get("/{id:int}")
        Item find(int id) {
            if (id > 9) {
                throw new NotFoundException("There is none");
            }
            if (id < 0) {
                throw new IllegalStateException("trouble");
            }
            return new Item(id, "Tea", List.of(1, 2));
        }

        @Get("/lines")
        @Produces("application/x-ndjson")
        Stream<Item> lines() {
            return Stream.of(new Item(1, "Tea", List.of()));
        }

        @Get("/feed")
        Feed<Item> feed() {
            return feed;
        }

        @Get("/counted")
        Counted counted() {
            return new Counted(7);
        }

        @Get("/text")
        String text() {
            return "";
        }

        @Post("/chosen")
        Response<Item> chosen(Item item) {
            return Response.ok(item);
        }

        @ExceptionHandler(IllegalStateException.class)
        @Status(409)
        Trouble trouble() {
            return new Trouble("a");
        }
    }

    /** Changes a part of the document. */
    private record Lie(String pointer, Object value) implements OpenApiCustomizer {
        @Override
        @SuppressWarnings("unchecked") // the document's maps
        public void customize(Map<String, Object> document) {
            int last = pointer.lastIndexOf('/');
            var map = (Map<String, Object>) Json.at(document, pointer.substring(0, last));
            String name = pointer.substring(last + 1).replace("~1", "/");
            if (value == null) {
                map.remove(name);
            } else {
                map.put(name, value);
            }
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(OpenApiAnswersTest.class).classes(Items.class);
    }

    private static TestClient lying(String pointer, String value) {
        Object json = value == null ? null : Json.USUAL.read(value.getBytes(), Object.class);
        return TestClient.start(app().with(OpenApiCustomizer.class, new Lie(pointer, json)))
                .withOpenApi();
    }

    @Test
    void findsNothingWrongWithWhatIsSo() {
        try (TestClient client = TestClient.start(app()).withOpenApi()) {
            for (String path : List.of("7", "77", "-1", "x", "lines", "counted", "text", "7?a=%zz")) {
                client.get("/items/" + path).send();
                client.get("/items/" + path).accept("text/html").send();
                client.head("/items/" + path).send();
            }
            client.get("/items/-1").send().assertStatus(409).assertJson("/code", "a");
            client.get("/items/feed").accept("application/json").send();
            client.get("/items/7").header("If-None-Match", "\"7\"").send().assertStatus(304);
            client.get("/items/7").accept("image/png").send();
            client.post("/items/chosen")
                    .json(new Item(1, "a", List.of()))
                    .send()
                    .assertStatus(200);
            client.post("/items/chosen").text("text/plain", "a").send().assertStatus(415);
            client.post("/items/chosen").text("application/json", "{").send().assertStatus(400);
            client.post("/items/chosen").text("application/json", "{}").send().assertStatus(422);
            client.request(Method.of("BREW"), "/items/7").send().assertStatus(405);
            client.options("/items/7").send();
            client.get("/nowhere").send().assertStatus(404);
        }
    }

    /** Where the document is changed, to what (nothing: removed), what is asked for, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/components/schemas/Item/properties/name | {\"type\":\"integer\"} | 7"
                        + " | GET /items/{id} with 200 application/json: /name is \"Tea\","
                        + " and should be a whole number",
                "/components/schemas/Item/properties/name | | 7"
                        + " | GET /items/{id} with 200 application/json: /name isn't in the document",
                "/components/schemas/Item/required | [\"price\"] | 7"
                        + " | GET /items/{id} with 200 application/json: /price is missing",
                "/components/schemas/Item/properties/sizes/items | {\"maximum\":1} | 7"
                        + " | GET /items/{id} with 200 application/json: /sizes/1 is 2, and should be at most 1",
                "/components/schemas/Item/properties/name | {\"enum\":[\"Tee\"]} | lines"
                        + " | GET /items/lines with 200 application/x-ndjson: line 1, /name is \"Tea\","
                        + " and should be one of [\"Tee\"]",
                "/paths/~1items~1{id}/get/responses | {\"201\":{\"description\":\"x\"}} | 7"
                        + " | GET /items/{id} with 200 application/json: the status 200 isn't in the document,"
                        + " which has 201",
                "/paths/~1items~1{id}/get/responses/200/content | {\"text/csv\":{}} | 7"
                        + " | GET /items/{id} with 200 application/json: the body is of application/json,"
                        + " and the document has text/csv",
                "/paths/~1items~1{id}/get/responses/200/content | | 7"
                        + " | GET /items/{id} with 200 application/json: the body is of application/json,"
                        + " and the document has no body",
                "/paths/~1items~1{id}/get/responses/200/headers/X-Price | {\"required\":true} | 7"
                        + " | GET /items/{id} with 200 application/json: the header X-Price is missing",
                "/paths/~1items~1counted/get/responses/204/headers/X-Total | {\"schema\":{\"type\":\"integer\","
                        + "\"maximum\":3}} | counted"
                        + " | GET /items/counted with 204: the header X-Total is 7, and should be at most 3",
                "/paths/~1items~1{id}/get/responses/default/content | {\"text/csv\":{}} | -1"
                        + " | GET /items/{id} with 409 application/json: the body is of application/json,"
                        + " and the document has text/csv for other statuses",
                "/components/schemas/Problem/properties/status | {\"type\":\"string\"} | 77"
                        + " | GET /items/{id} with 404 application/problem+json: /status is 404, and should be a text",
            })
    void saysWhatIsWrong(String pointer, String value, String path, String expected) {
        try (TestClient client = lying(pointer, value)) {
            String message = assertThrows(
                            AssertionError.class,
                            () -> client.get("/items/" + path).send())
                    .getMessage();
            String first = "The response isn't as the OpenAPI document says:\n  " + expected + "\n";
            assertTrue(message.startsWith(first), message);
            assertTrue(message.contains("\n> GET /items/" + path + "\n"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/event-stream"})
    void looksAtTheHeadsOfStreams(String type) {
        String pointer = "/paths/~1items~1feed/get/responses/200/content";
        try (TestClient client = lying(pointer, "{\"text/csv\":{}}")) {
            String message = assertThrows(AssertionError.class, () -> client.get("/items/feed").accept(type).stream())
                    .getMessage();
            assertTrue(message.contains("the body is of " + type), message);
        }
    }

    @Test
    void passesOverWhatTheDocumentDoesNotHave() {
        try (TestClient client = lying("/paths/~1items~1{id}", null)) {
            client.get("/items/7").send().assertStatus(200);
        }
    }

    private static HttpManners manners(boolean checks) {
        return new HttpManners() {
            @Override
            protected BistroBuilder application() {
                return app().with(
                                OpenApiCustomizer.class,
                                new Lie("/components/schemas/Item/properties/name", Map.of("type", "integer")));
            }

            @Override
            protected Set<String> leftOut() {
                return Set.of("/items/feed");
            }

            @Override
            protected boolean checksOpenApi() {
                return checks && super.checksOpenApi();
            }
        };
    }

    @Test
    void isAMannerOfItsOwn() {
        TestReporter reporter = mock(TestReporter.class);
        manners(false).hasManners(reporter);
        String message = assertThrows(AssertionError.class, () -> manners(true).hasManners(reporter))
                .getMessage();
        assertTrue(
                message.contains("\n/items/{id:int}, OpenAPI: The response isn't as the OpenAPI document says:\n"),
                message);
        assertEquals(2, message.split("OpenAPI: The response", -1).length - 1, message); // and lines
        assertFalse(message.contains("HEAD: The response"), message);
    }
}
