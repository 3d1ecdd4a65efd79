package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.http.Cookie;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Controllers with a bug each that people make, and the assertion that finds it: the message says what was expected,
 * what came instead, and shows the exchange.
 */
class SeededBugsTest {
    private static final Product TEA = new Product(7, "Tea");

    record Product(long id, String name) {}

    private static void assertCaught(Class<?> buggy, Consumer<TestClient> test, String... message) {
        try (TestClient client =
                TestClient.start(Bistro.app(SeededBugsTest.class).classes(buggy))) {
            String actual = assertThrows(AssertionError.class, () -> test.accept(client))
                    .getMessage();
            assertTrue(actual.startsWith(message[0]), actual);
            for (String part : message) {
                assertTrue(actual.contains(part), part + " in\n" + actual);
            }
        }
    }

    @Route("/products")
    static class NotCreated {
        @Post
        Product add(Product product) {
            return product;
        }
    }

    @Test
    void anAdditionIsAnsweredWithTheWrongStatus() {
        assertCaught(
                NotCreated.class,
                client -> client.post("/products").json(TEA).send().assertStatus(201),
                "Expected the status 201, but was 200 OK\n",
                "> POST /products\n",
                "{\"id\":7,\"name\":\"Tea\"}\n",
                "< 200 OK\n");
    }

    @Route("/products")
    static class Misleading {
        @Post
        Response<Product> add(Product product) {
            return Response.created("/product/" + product.id(), product);
        }
    }

    @Test
    void anAdditionLeadsToTheWrongAddress() {
        assertCaught(
                Misleading.class,
                client -> client.post("/products").json(TEA).send().assertHeader("Location", "/products/7"),
                "Expected the header Location: /products/7, but was /product/7\n",
                "> POST /products\n",
                "< 201 Created\n",
                "< Location: /product/7\n");
    }

    @Route("/products")
    static class OffByOne {
        private static final List<String> NAMES = List.of("Coffee", "Milk", "Tea", "Water");

        @Get
        List<String> list(int page, int size) {
            return NAMES.subList(page * size, page * size + size); // pages count from 1
        }
    }

    @Test
    void aListBeginsAtTheWrongPage() {
        assertCaught(
                OffByOne.class,
                client -> client.get("/products?page=1&size=2").send().assertJson(List.of("Coffee", "Milk")),
                "Expected: [Coffee, Milk]\n but was: [Tea, Water]\n",
                "> GET /products?page=1&size=2\n",
                "< 200 OK\n",
                "[\"Tea\",\"Water\"]");
    }

    @Route("/search")
    static class Reflecting {
        @Get
        @Produces("text/html")
        String search(String q) {
            return "<p>Nothing was found for " + q + "</p>";
        }
    }

    @Test
    void aPageShowsWhatTheClientSentAsMarkup() {
        assertCaught(
                Reflecting.class,
                client -> client.get("/search").query("q", "<script>").send().assertContainsNot("<script>"),
                "Expected a text without\n<script>\n",
                "> GET /search?q=%3Cscript%3E\n",
                "< Content-Type: text/html",
                "<p>Nothing was found for <script></p>");
    }

    @Route("/products")
    static class Unvaried {
        @Get
        Response<String> list(Request request) {
            boolean page = request.header("Accept").orElse("").contains("html");
            return Response.ok(page ? "<p>Tea" : "Tea").withHeader("Content-Type", page ? "text/html" : "text/plain");
        }
    }

    @Test
    void aCacheIsNotToldWhatTheAnswerDependsOn() {
        assertCaught(
                Unvaried.class,
                client -> client.get("/products").accept("text/html").send().assertHeaderHas("Vary", "Accept"),
                "Expected Accept in the header Vary, but was none\n",
                "> GET /products\n> Accept: text/html\n",
                "< 200 OK\n");
    }

    record Renamed(long id, String title) {}

    @Route("/products")
    static class Renaming {
        @Get("/{id}")
        Renamed find(long id) {
            return new Renamed(id, "Tea");
        }
    }

    @Test
    void aMemberOfTheJsonHasAnotherName() {
        assertCaught(
                Renaming.class,
                client -> client.get("/products/7").send().assertJson("/name", "Tea"),
                "Nothing is at \"/name\": there is no \"name\" at \"\"",
                "> GET /products/7\n",
                "< 200 OK\n",
                "{\"id\":7,\"title\":\"Tea\"}");
    }

    @Route("/tags")
    static class Unencoded {
        @Post
        Response<Void> add(Product product) {
            return Response.seeOther("/tags?name=" + product.name());
        }
    }

    @Test
    void aRedirectLosesAPartOfANameThatWasNotEncoded() {
        assertCaught(
                Unencoded.class,
                client -> client.post("/tags")
                        .json(new Product(7, "Tea&Milk"))
                        .send()
                        .assertRedirect("/tags?name=Tea%26Milk"),
                "Expected the header Location: /tags?name=Tea%26Milk, but was /tags?name=Tea&Milk\n",
                "> POST /tags\n",
                "< 303 See Other\n");
    }

    @Route("/products")
    static class Inventing {
        private final Map<Long, Product> products = Map.of(7L, TEA);

        @Get("/{id}")
        Product find(long id) {
            return products.getOrDefault(id, new Product(id, ""));
        }
    }

    @Test
    void whatIsNotThereIsNotSaidToBeNotFound() {
        assertCaught(
                Inventing.class,
                client -> client.get("/products/8").send().assertProblem(404, "Product not found"),
                "Expected the status 404, but was 200 OK\n",
                "> GET /products/8\n",
                "{\"id\":8,\"name\":\"\"}");
    }

    @Route("/products.csv")
    static class Mistyped {
        @Get
        @Produces("text/plain")
        String list() {
            return "id,name\n7,Tea\n";
        }
    }

    @Test
    void aBodyIsOfTheWrongType() {
        assertCaught(
                Mistyped.class,
                client -> client.get("/products.csv").send().assertType("text/csv"),
                "Expected a body of text/csv, but was text/plain",
                "> GET /products.csv\n",
                "< Content-Type: text/plain",
                "id,name\n7,Tea\n");
    }

    @Route("/login")
    static class Forgetful {
        @Post
        Response<Void> login() {
            Response<Void> response = Response.seeOther("/");
            response.withCookie(Cookie.of("session", "abc")); // a response doesn't change: this is another one
            return response;
        }
    }

    @Test
    void aCookieIsLost() {
        assertCaught(
                Forgetful.class,
                client -> client.post("/login").send().assertRedirect("/").assertCookie("session", "abc"),
                "Expected the cookie session=abc, but was none\n",
                "> POST /login\n",
                "< 303 See Other\n");
    }

    @Route("/products")
    static class Talkative {
        @Delete("/{id}")
        @Status(200)
        String remove(long id) {
            return "Removed " + id;
        }
    }

    @Test
    void aRemovalHasABody() {
        assertCaught(
                Talkative.class,
                client -> client.delete("/products/7").send().assertEmpty(),
                "Expected no body, but it has 9 bytes\n",
                "> DELETE /products/7\n",
                "< 200 OK\n",
                "Removed 7");
    }

    @Route("/products")
    static class Confusing {
        private static final List<String> NAMES = List.of("Coffee", "Milk", "Tea", "Water");

        @Get
        List<String> list(@DefaultValue("20") int limit, @QueryParam("from") @DefaultValue("0") int offset) {
            return NAMES.subList(offset, Math.min(NAMES.size(), offset + limit)); // clients say "offset"
        }
    }

    @Test
    void aParameterIsReadUnderAnotherName() {
        assertCaught(
                Confusing.class,
                client -> client.get("/products")
                        .query("offset", 2)
                        .query("limit", 1)
                        .send()
                        .assertJson(List.of("Tea")),
                "Expected: [Tea]\n but was: [Coffee]\n",
                "> GET /products?offset=2&limit=1\n",
                "< 200 OK\n");
    }

    record Versioned(String name, @ETag long version) {}

    @Route("/products/7")
    static class Overwriting {
        private Versioned product = new Versioned("Tea", 1);

        @Get
        Versioned find() {
            return product;
        }

        @Put
        Versioned replace(@IfMatch long version, Product changed) {
            product = new Versioned(changed.name(), product.version() + 1); // whatever version the client has
            return product;
        }
    }

    @Test
    void theLastOfTwoClientsWins() {
        assertCaught(
                Overwriting.class,
                client -> {
                    String version =
                            client.get("/products/7").send().header("ETag").orElseThrow();
                    for (Product change : List.of(TEA, new Product(7, "Green tea"))) {
                        client.put("/products/7")
                                .header("If-Match", version)
                                .json(change)
                                .send();
                    }
                    client.get("/products/7").send().assertJson("/name", "Tea");
                },
                "Expected at \"/name\": Tea\n but was at \"/name\": Green tea\n",
                "> GET /products/7\n",
                "< ETag: \"3\"\n");
    }

    @Test
    void theSecondOfTwoClientsIsNotToldThatItIsTooLate() {
        assertCaught(
                Overwriting.class,
                client -> {
                    client.put("/products/7")
                            .header("If-Match", "\"1\"")
                            .json(TEA)
                            .send();
                    client.put("/products/7")
                            .header("If-Match", "\"1\"")
                            .json(new Product(7, "Green tea"))
                            .send()
                            .assertStatus(412);
                },
                "Expected the status 412, but was 200 OK\n",
                "> PUT /products/7\n> If-Match: \"1\"\n",
                "{\"name\":\"Green tea\",\"version\":3}");
    }

    @Route("/news")
    static class Misnaming {
        private final Feed<Product> feed = Feed.create();

        @Get
        Feed<Product> follow() {
            return feed;
        }

        @Post
        void publish(Product product) {
            feed.publish(product.name(), product); // the first is the kind of event
        }
    }

    @Test
    void anEventIsOfAnotherKindThanClientsListenTo() {
        assertCaught(
                Misnaming.class,
                client -> {
                    try (TestStream events = client.get("/news").accept("text/event-stream").stream()) {
                        client.post("/news").json(TEA).send().assertStatus(204);
                        events.nextEvent().assertEvent("added").assertJson(TEA);
                    }
                },
                "Expected an event of the kind \"added\", but was \"Tea\"\n",
                "> GET /news\n> Accept: text/event-stream\n",
                "< Content-Type: text/event-stream\n",
                "event: Tea\n",
                "data: {\"id\":7,\"name\":\"Tea\"}\n");
    }

    @Route("/lines")
    static class Stopping {
        @Get
        @Produces("application/x-ndjson")
        Stream<Product> lines() {
            return Stream.of(TEA, new Product(8, "Coffee")).takeWhile(product -> product.id() < 8); // 8 is one of them
        }
    }

    @Test
    void aStreamEndsBeforeItsLastLine() {
        assertCaught(
                Stopping.class,
                client -> {
                    try (TestStream lines = client.get("/lines").stream()) {
                        lines.nextMessage().assertJson(TEA);
                        lines.nextMessage().assertJson("/name", "Coffee");
                    }
                },
                "The response has ended, and nothing more came\n",
                "> GET /lines\n",
                "< Content-Type: application/x-ndjson\n",
                "\n{\"id\":7,\"name\":\"Tea\"}\n");
    }

    @WebSocket("/echo")
    static class Encoding {
        @OnMessage
        byte[] echo(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void aWebSocketAnswersWithBytesInsteadOfText() {
        assertCaught(
                Encoding.class,
                client -> {
                    try (TestWebSocket socket = client.webSocket("/echo")) {
                        socket.send("Tea").nextText();
                    }
                },
                "Expected a text, but came 3 bytes\n",
                "> GET /echo\n",
                "< 101 Switching Protocols\n");
    }

    @WebSocket("/shop/{room}")
    static class Misaddressing {
        record Said(String room, String text) {}

        @OnMessage
        Said say(String room, Said said) {
            return said; // with the room that the client names, instead of the one where it is
        }
    }

    @Test
    void aWebSocketBelievesWhatAClientSaysOfItself() {
        assertCaught(
                Misaddressing.class,
                client -> {
                    try (TestWebSocket socket = client.webSocket("/shop/lobby")) {
                        socket.send("{\"room\":\"kitchen\",\"text\":\"Hi\"}")
                                .nextMessage()
                                .assertJson("/text", "Hi")
                                .assertJson("/room", "lobby");
                    }
                },
                "Expected at \"/room\": lobby\n but was at \"/room\": kitchen\n",
                "> GET /shop/lobby\n",
                "> the text \"{\"room\":\"kitchen\",\"text\":\"Hi\"}\"\n",
                "< the text \"{\"room\":\"kitchen\",\"text\":\"Hi\"}\"\n");
    }
}
