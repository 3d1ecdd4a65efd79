package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.FileUpload;
import dev.bistro.feed.Feed;
import dev.bistro.http.Cookie;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.websocket.WebSocketSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The client, both within the process and over a socket. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class TestClientTest {
    private final TestClient client;

    TestClientTest(boolean overSocket) {
        var application = Bistro.app(TestClientTest.class).classes(Shop.class, Echo.class, Uploads.class, News.class);
        client = TestClient.of(overSocket ? application.port(0).start() : application.startInProcess());
    }

    @AfterEach
    void stop() {
        client.close();
    }

    record Product(long id, String name, BigDecimal price) {}

    record Page(List<Product> products) {}

    @Route("/")
    static class Shop {
        private static final Product TEA = new Product(7, "Tea", new BigDecimal("3.50"));

        @Get
        Page list(@DefaultValue("1") int limit) {
            return new Page(List.of(TEA).subList(0, limit));
        }

        @Post
        Response<Product> add(Product product) {
            return Response.created("/7", product);
        }

        @Get("/old")
        Response<Void> old() {
            return Response.seeOther("/").withCookie(Cookie.of("seen", "yes"));
        }

        @Get("/agent")
        String agent(Request request) {
            return request.header("User-Agent").orElse("none")
                    + request.cookies().all("theme")
                    + request.queryParams("q");
        }

        @Get("/authorization")
        String authorization(Request request) {
            return request.header("Authorization").orElse("none");
        }

        @Post("/visits")
        Response<Void> visit(Request request) {
            String visits = request.cookies().first("visits").orElse("0");
            Cookie next = Cookie.of("visits", String.valueOf(Integer.parseInt(visits) + 1));
            return Response.seeOther("/").withCookie(visits.equals("2") ? next.withMaxAge(Duration.ZERO) : next);
        }

        @Get("/lines")
        @Produces("application/x-ndjson")
        Stream<Product> lines() {
            return Stream.of(TEA, TEA);
        }
    }

    record Upload(String title, String fileName, String mediaType, String content) {}

    @Route("/uploads")
    static class Uploads {
        @Post
        Upload add(@FormParam String title, @FormParam FileUpload document) throws IOException {
            try (var content = document.openStream()) {
                return new Upload(
                        title,
                        document.fileName().orElse(""),
                        document.mediaType().map(MediaType::toString).orElse(""),
                        new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Route("/news")
    static class News {
        private final Feed<Product> feed = Feed.create();

        @Get
        Feed<Product> follow() {
            return feed;
        }

        @Post
        void publish(Product product) {
            feed.publish("added", product);
        }
    }

    /** Says what it hears, and ends when it is told to. */
    @WebSocket("/echo/{room}")
    static class Echo {
        @OnOpen
        String open(String room) {
            return "Welcome to " + room;
        }

        @OnMessage
        Product product(Product product) {
            return product;
        }

        @OnMessage
        byte[] bytes(byte[] bytes) {
            return bytes;
        }

        @OnError
        void fail(WebSocketSession session, Throwable fault) {
            session.close(4000, "That is no product");
        }
    }

    @Test
    void assertsWhatIsSo() {
        client.get("/")
                .send()
                .assertStatus(200)
                .assertType("application/json")
                .assertNoHeader("Location")
                .assertJson(new Page(List.of(Shop.TEA)))
                .assertJson("/products/0", Shop.TEA)
                .assertJson("/products/0/price", 3.5)
                .assertContains("Tea")
                .assertContainsNot("Coffee");
        assertEquals(
                Shop.TEA, client.get("/").send().json(Page.class).products().get(0));
        client.post("/")
                .json(Shop.TEA)
                .send()
                .assertStatus(201)
                .assertHeader("Location", "/7")
                .assertJson(Shop.TEA);
        client.get("/").query("limit", 0).send().assertJson("/products", List.of());
        client.get("/?limit=x").send().assertProblem(400).assertProblemWith("limit");
        client.post("/").json("{}").send().assertProblem(422).assertProblemWith("/id");
        client.get("/old")
                .send()
                .assertRedirect("/")
                .assertCookie("seen", "yes")
                .assertEmpty();
        client.head("/").send().assertStatus(200).assertEmpty();
        client.options("/").send().assertHeaderHas("Allow", "GET");
    }

    @Test
    void sendsWhatItIsTold() {
        client.withHeader("User-Agent", "robot")
                .get("/agent")
                .cookie("theme", "dark")
                .query("q", "a b", "ü&")
                .send()
                .assertText("robot[dark][a b, ü&]");
    }

    @Test
    void sendsCredentials() {
        TestClient ada = client.basic("ada", "s:€");
        ada.get("/authorization").send().assertText("Basic YWRhOnM64oKs");
        client.bearer("abc.def").get("/authorization").send().assertText("Bearer abc.def");
        ada.bearer("x").get("/authorization").send().assertText("Bearer x");
        ada.get("/authorization").header("Authorization", "own").send().assertText("own");
        client.get("/authorization").send().assertText("none");
        assertThrows(IllegalArgumentException.class, () -> client.basic("a:b", "c"));
        assertThrows(IllegalArgumentException.class, () -> client.bearer("a\r\nX: y"));
    }

    @Test
    void keepsCookiesForThoseWhoAskForIt() {
        TestClient ada = client.withCookies();
        TestClient eve = client.withCookies();
        for (int i = 1; i <= 2; i++) {
            ada.post("/visits").send().assertStatus(303);
            assertEquals(String.valueOf(i), ada.cookie("visits").orElseThrow());
        }
        ada.withHeader("Accept", "*/*")
                .get("/agent")
                .cookie("theme", "dark")
                .send()
                .assertText("none[dark][]");
        assertTrue(eve.cookie("visits").isEmpty());
        ada.post("/visits").cookie("visits", "7").send();
        assertEquals("8", ada.cookie("visits").orElseThrow(), "the request's own cookie wins");
        ada.post("/visits").cookie("visits", "2").send();
        assertTrue(ada.cookie("visits").isEmpty(), "the server made it expire");
        client.post("/visits").send().assertCookie("visits", "1");
        client.post("/visits").send().assertCookie("visits", "1");
        assertThrows(IllegalStateException.class, () -> client.cookie("visits"));
    }

    @Test
    void readsWhatComesBitByBit() {
        try (TestStream stream = client.get("/lines").stream()) {
            assertEquals(Status.OK, stream.status());
            assertEquals(Shop.TEA, stream.nextJson(Product.class));
            assertEquals("{\"id\":7,\"name\":\"Tea\",\"price\":3.50}", stream.nextLine());
            String came = "\n{\"id\":7,\"name\":\"Tea\",\"price\":3.50}\n{\"id\":7,";
            assertFails(stream::nextLine, "The response has ended", "> GET /lines", "< 200 OK\n", came);
        }
    }

    @Test
    void sendsFilesInForms() {
        client.post("/uploads")
                .form("title", "Grüße")
                .file("document", "a \"b\".txt", "text/plain", "one\r\ntwo")
                .send()
                .assertStatus(200)
                .assertJson(new Upload("Grüße", "a _b_.txt", "text/plain", "one\r\ntwo"));
        client.post("/uploads")
                .form("title", "x")
                .file("other", "a.txt", "text/plain", "a")
                .send()
                .assertProblem(400)
                .assertProblemWith("document");
    }

    @Test
    void readsEvents() {
        try (TestStream events = client.get("/news").accept("text/event-stream").stream()) {
            client.post("/news").json(Shop.TEA).send().assertStatus(204);
            TestMessage event = events.nextEvent();
            event.assertEvent("added").assertJson(Shop.TEA).assertJson("/name", "Tea");
            assertEquals(Shop.TEA, event.json(Product.class));
            assertTrue(event.id().isPresent());
            assertFails(
                    () -> event.assertEvent("removed"),
                    "Expected an event of the kind \"removed\", but was \"added\"",
                    "> GET /news\n",
                    "< Content-Type: text/event-stream\n",
                    "\nevent: added\n");
            assertFails(
                    () -> event.assertJson("/name", "Coffee"),
                    "Expected at \"/name\": Coffee\n but was at \"/name\": Tea",
                    "< 200 OK\n");
        }
    }

    @Test
    void talksOverAWebSocket() {
        try (TestWebSocket socket = client.webSocket("/echo/lobby")) {
            assertEquals("Welcome to lobby", socket.nextText());
            assertEquals(Shop.TEA, socket.sendJson(Shop.TEA).nextJson(Product.class));
            for (int length : new int[] {0, 125, 126, 0xFFFF, 0x10000}) {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, (byte) length);
                assertArrayEquals(bytes, socket.send(bytes).nextBytes());
            }
            socket.sendJson(Shop.TEA).nextMessage().assertJson(Shop.TEA).assertJson("/name", "Tea");
            socket.send("{").assertClosed(4000);
        }
        try (TestWebSocket socket = client.webSocket("/echo/lobby")) {
            assertEquals("Welcome to lobby", socket.nextText());
            socket.sendClose(1000).assertClosed(1000);
        }
    }

    @Test
    void showsWhatCameInsteadOverAWebSocket() {
        String exchange = "> GET /echo/lobby\n";
        assertFails(() -> client.webSocket("/agent"), "Expected a WebSocket", "> GET /agent\n", "< 200 OK\n");
        try (TestWebSocket socket = client.webSocket("/echo/lobby")) {
            assertFails(socket::nextBytes, "Expected bytes, but came the text \"Welcome to lobby\"", exchange);
            socket.send(new byte[3]);
            assertFails(socket::nextText, "Expected a text, but came 3 bytes", exchange);
            socket.send("{");
            assertFails(
                    () -> socket.assertClosed(1000),
                    "Expected to be closed with 1000, but was 4000 That is no product",
                    exchange,
                    """

                            < the text "Welcome to lobby"
                            > 3 bytes
                            < 3 bytes
                            > the text "{"
                            < the end: 4000 That is no product
                            """);
        }
        try (TestWebSocket socket = client.webSocket("/echo/lobby")) {
            TestMessage welcome = socket.nextMessage();
            assertFails(() -> welcome.assertText("Go away"), "Expected the text\nGo away\nbut was\nWelcome", exchange);
            assertFails(() -> welcome.json(Product.class), "What came is not a Product in JSON: ", exchange);
        }
    }

    @Test
    void showsTheWholeExchangeWhereSomethingIsNotSo() {
        TestResponse response = client.post("/").json(Shop.TEA).send();
        String[] exchange = {
            "> POST /\n",
            "> Content-Type: application/json\n",
            "\n{\"id\":7,\"name\":\"Tea\",\"price\":3.50}\n",
            "< 201 Created\n",
            "< Location: /7\n"
        };
        assertFails(() -> response.assertStatus(200), "Expected the status 200, but was 201 Created", exchange);
        assertFails(
                () -> response.assertHeader("Location", "/8"),
                "Expected the header Location: /8, but was /7",
                exchange);
        assertFails(() -> response.assertHeader("X", "y"), "Expected the header X: y, but was none", exchange);
        assertFails(
                () -> response.assertJson("/name", "Coffee"),
                "Expected at \"/name\": Coffee\n but was at \"/name\": Tea",
                exchange);
        assertFails(
                () -> response.assertJson("/nam", "Tea"),
                "Nothing is at \"/nam\": there is no \"nam\" at \"\"",
                exchange);
        assertFails(
                () -> response.assertProblem(201),
                "Expected a body of application/problem+json, but was application/json",
                exchange);
        assertFails(() -> response.assertCookie("a", "b"), "Expected the cookie a=b, but was none", exchange);
        assertFails(() -> response.assertRedirect("/"), "Expected a redirect, but was 201 Created", exchange);
        assertFails(() -> response.assertContains("Coffee"), "Expected a text with\nCoffee", exchange);
        assertFails(() -> response.json(Page.class), "What came is not a Page in JSON", exchange);
    }

    private static void assertFails(Executable assertion, String message, String... parts) {
        String actual = assertThrows(AssertionError.class, assertion).getMessage();
        assertTrue(actual.startsWith(message), actual);
        for (String part : parts) {
            assertTrue(actual.contains(part), part + " in\n" + actual);
        }
    }

    @Route("/endless")
    static class Endless {
        private final Feed<String> feed = Feed.create();

        @Get
        @Produces("text/event-stream")
        Feed<String> feed() {
            return feed;
        }
    }

    @Test
    void endsAfterADeadlineWhereAnAnswerNeverEnds() {
        try (TestClient client =
                TestClient.start(Bistro.app(TestClientTest.class).classes(Endless.class))) {
            TestClient asking = client.withHeader("Accept", "text/event-stream");
            try (TestStream stream = asking.get("/endless").stream()) {
                assertEquals(Status.OK, stream.status()); // the next one finds all classes loaded
            }
            TestClient impatient = asking.withDeadline(Duration.ofSeconds(1));
            String message = assertThrows(
                            AssertionError.class,
                            () -> impatient.get("/endless").send())
                    .getMessage();
            assertTrue(message.startsWith("The answer had not ended after 1000 ms."), message);
            assertTrue(message.contains("stream()"), message);
            assertTrue(message.contains("< 200 OK"), message);
        }
    }
}
