package dev.bistro.openapi.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.body.json.JsonCodec;
import dev.bistro.http.Method;
import dev.bistro.openapi.OpenApiCustomizer;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document of an application that has everything, as clients get it. */
@Timeout(60)
class OpenApiDocumentTest {
    private static BistroBuilder app(Class<?>... more) {
        var classes = new ArrayList<Class<?>>(Everything.CLASSES);
        classes.addAll(List.of(more));
        return Bistro.app(Everything.class).classes(classes.toArray(Class<?>[]::new));
    }

    private static JsonNode document(String version) {
        try (TestClient client =
                TestClient.start(app().set("openapi.enabled", "true").set("openapi.version", version))) {
            return tree(client.get("/openapi.json").send().assertStatus(200));
        }
    }

    private static JsonNode tree(TestResponse response) {
        return new JsonCodec().mapper().readTree(response.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1", "3.2"})
    void keepsToTheSpecification(String version) throws Exception {
        JsonNode document = document(version);
        assertEquals(List.of(), OpenApiRules.faults(document));
        assertTrue(document.path("openapi").asString().startsWith(version));
    }

    private static final JsonNode DOCUMENT = document("3.1");
    private static final JsonNode NEWER = document("3.2");

    /** Where something is in the document, and what it is there: by the table. */
    @ParameterizedTest
    @CsvFileSource(resources = "/openapi/document.txt", delimiter = '|', quoteCharacter = '\0')
    void describes(String pointer, String expected) {
        assertEquals(new JsonCodec().mapper().readTree(expected), DOCUMENT.at(pointer), pointer);
    }

    @Test
    void leavesOutWhatNobodyMayCall() {
        assertTrue(DOCUMENT.at("/paths/~1items~1hidden").isMissingNode());
    }

    @Test
    void hasQueryAndItemsInTheNewerVersion() {
        assertEquals("itemSearch", NEWER.at("/paths/~1items/query/operationId").asString());
        JsonNode events = NEWER.at("/paths/~1other~1feed/get/responses/200/content/text~1event-stream/itemSchema");
        assertEquals(
                "#/components/schemas/Item",
                events.at("/properties/data/contentSchema/$ref").asString());
        JsonNode lines = NEWER.at("/paths/~1other~1lines/get/responses/200/content/application~1x-ndjson");
        assertEquals("{\"itemSchema\":{\"$ref\":\"#/components/schemas/Item\"}}", lines.toString());
    }

    // ---- how it is served

    @Test
    void isTheSameAsYaml() {
        try (TestClient client = TestClient.start(app().set("openapi.enabled", "true"))) {
            TestResponse yaml =
                    client.get("/openapi.yaml").send().assertStatus(200).assertType("application/yaml");
            assertEquals(tree(client.get("/openapi.json").send()), new YAMLMapper().readTree(yaml.bytes()));
        }
    }

    @Test
    void isAnsweredWithItsTag() {
        try (TestClient client = TestClient.start(app().set("openapi.enabled", "true"))) {
            TestResponse whole = client.get("/openapi.json").send().assertType("application/json");
            String tag = whole.header("ETag").orElseThrow();
            client.get("/openapi.json")
                    .header("If-None-Match", tag)
                    .send()
                    .assertStatus(304)
                    .assertEmpty();
            client.get("/openapi.json").header("If-Match", "\"x\"").send().assertProblem(412);
            client.get("/docs").send().assertProblem(404);
        }
    }

    @Route
    static final class Beside {
        @Post("/openapi.json")
        String replace() {
            return "replaced";
        }
    }

    /** Methods of the application's own routes at the path are its own, and all others aren't allowed. */
    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi.yaml", "/docs", "/docs/docs.js", "/metrics"})
    void allowsReadingOnly(String path) {
        try (TestClient client = TestClient.start(app(Beside.class)
                .set("openapi.docs", "true")
                .set("openapi.enabled", "true")
                .set("metrics.enabled", "true"))) {
            boolean isShared = path.equals("/openapi.json");
            String allowed = isShared ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS";
            for (String method : List.of("PUT", "PATCH", "DELETE", "QUERY", "BREW", "POST")) {
                if (!isShared || !method.equals("POST")) {
                    TestResponse refused =
                            client.request(Method.of(method), path).send().assertProblem(405);
                    refused.assertHeader("Allow", allowed);
                }
            }
            client.options(path).send().assertStatus(204).assertEmpty().assertHeader("Allow", allowed);
            client.get(path).send().assertStatus(200);
            client.head(path).send().assertStatus(200);
            if (isShared) {
                client.post(path).send().assertStatus(200).assertText("replaced");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, , , 404, 404",
        "true, , , 200, 200",
        "true, false, , 404, 404",
        "true, , false, 200, 404",
        "false, true, , 200, 404",
        "false, , true, 200, 200"
    })
    void isThereInDevelopmentModeOrByItsSettings(String dev, String enabled, String docs, int document, int page) {
        BistroBuilder app = app().set("bistro.dev", dev);
        if (enabled != null) {
            app.set("openapi.enabled", enabled);
        }
        if (docs != null) {
            app.set("openapi.docs", docs);
        }
        try (TestClient client = TestClient.start(app)) {
            client.get("/openapi.json").send().assertStatus(document);
            client.get("/docs").send().assertStatus(page);
        }
    }

    @Route
    static final class OwnDocument {
        @Get("/openapi.{kind}")
        String own(String kind) {
            return "own " + kind;
        }
    }

    @Route
    static final class Anything {
        @Get("/{path*}")
        String any(String path) {
            return "any " + path;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnDocument.class, Anything.class})
    void yieldsToRoutesOfTheApplication(Class<?> controller) {
        try (TestClient client = TestClient.start(
                Bistro.app(OpenApiDocumentTest.class).classes(controller).set("openapi.enabled", "true"))) {
            String text = client.get("/openapi.json").send().assertStatus(200).text();
            assertTrue(text.startsWith("own") || text.startsWith("any"), text);
        }
    }

    /** What the routes are is told to whom a route without annotations is shown. */
    @Test
    void needsALoginWhereRoutesDo() {
        try (TestClient client = TestClient.start(
                app().set("openapi.docs", "true").set("openapi.enabled", "true").set("security.default", "deny"))) {
            for (String path : List.of("/openapi.json", "/openapi.yaml", "/docs")) {
                client.get(path).send().assertProblem(401);
                client.as("ada").get(path).send().assertStatus(200);
            }
        }
    }

    static final class Servers implements OpenApiCustomizer {
        @Override
        @SuppressWarnings("unchecked") // the document has a map there
        public void customize(Map<String, Object> document) {
            document.put("servers", List.of(Map.of("url", "https://shop.example.org")));
            ((Map<String, Object>) document.get("paths")).remove("/items");
        }
    }

    static final class Failing implements OpenApiCustomizer {
        @Override
        public void customize(Map<String, Object> document) {
            throw new IllegalStateException("secret words");
        }
    }

    @Test
    void isChangedByCustomizers() {
        try (TestClient client = TestClient.start(app(Servers.class).set("openapi.enabled", "true"))) {
            JsonNode changed = tree(client.get("/openapi.json").send());
            assertEquals(
                    "https://shop.example.org", changed.at("/servers/0/url").asString());
            assertTrue(changed.at("/paths/~1items").isMissingNode());
        }
    }

    @Test
    void aCustomizerThatFailsTellsClientsNothing() {
        try (TestClient client = TestClient.start(app(Failing.class).set("openapi.enabled", "true"))) {
            String text = client.get("/openapi.json").send().assertProblem(500).text();
            assertFalse(text.contains("secret words"), text);
        }
    }

    /** The page loads what is its own by its policy, and no other. */
    @Test
    void thePageNeedsNothingFromElsewhere() {
        try (TestClient client = TestClient.start(app().set("openapi.docs", "true"))) {
            TestResponse page = client.get("/docs").send().assertType("text/html");
            assertTrue(page.header("Content-Security-Policy").orElseThrow().startsWith("default-src 'none'"));
            for (String part : List.of("/docs/docs.js", "/docs/docs.css")) {
                assertTrue(page.text().contains(part.substring(1)));
                String text = client.get(part).send().assertStatus(200).text();
                assertFalse(text.contains("http://") || text.contains("https://"), part);
                assertFalse(text.contains("innerHTML") || text.contains("eval("), part);
            }
        }
    }
}
