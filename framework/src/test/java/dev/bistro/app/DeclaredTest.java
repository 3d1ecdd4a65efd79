package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.app.declared.DeclaredApplication;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.Chain;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is declared works, or the application doesn't start. */
@Timeout(60)
class DeclaredTest {
    private static TestClient start(Class<?>... classes) {
        return TestClient.start(Bistro.app(DeclaredTest.class).classes(classes));
    }

    private static String fault(Class<?>... classes) {
        return assertThrows(StartupException.class, () -> start(classes)).getMessage();
    }

    // ---- a codec of the application's for JSON

    record Money(int cents) {}

    /** Money as {@code "350 cents"}, and nothing else. */
    static final class MoneyCodec implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.JSON);
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return type == Money.class ? Optional.of((body, mediaType) -> read(body)) : Optional.empty();
        }

        private static Money read(byte[] body) {
            String text = new String(body, StandardCharsets.US_ASCII);
            return new Money(Integer.parseInt(text.replaceAll("[^0-9]", "")));
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return type == Money.class ? Optional.of(money -> write((Money) money)) : Optional.empty();
        }

        private static byte[] write(Money money) {
            return ("\"" + money.cents() + " cents\"").getBytes(StandardCharsets.US_ASCII);
        }
    }

    @Route("/money")
    static final class MoneyController {
        private static <T> Feed<T> feed(List<T> items) {
            Feed<T> feed = Feed.create();
            items.forEach(feed::publish);
            feed.close();
            return feed;
        }

        @Post
        Money echo(@Body Money money) {
            return money;
        }

        @Post("/optional")
        String optional(@Body Optional<Money> money) {
            return money.toString();
        }

        @Get("/stream")
        Stream<Money> stream() {
            return Stream.of(new Money(1), new Money(2));
        }

        @Get("/feed")
        Feed<Money> money() {
            return feed(List.of(new Money(350)));
        }

        @Get("/items")
        FeedResponse<Money> items() {
            return FeedResponse.of(feed(List.of(new Money(350)))).withItems(item -> item.data());
        }

        @Get("/any")
        Feed<Object> any() {
            return feed(List.of(new Money(350), "text"));
        }
    }

    @WebSocket("/ws")
    static final class MoneySocket {
        private final WebSocketRooms rooms;

        @Inject
        MoneySocket(WebSocketRooms rooms) {
            this.rooms = rooms;
        }

        @OnOpen
        void open(WebSocketSession session) {
            rooms.join("all", session);
        }

        @OnMessage
        CompletionStage<Money> message(WebSocketSession session, Money money) {
            rooms.broadcastJson("all", money);
            rooms.broadcastJson("all", "text");
            session.sendJson(money);
            return CompletableFuture.completedFuture(money);
        }
    }

    @Test
    void aCodecForJsonWritesEverythingThatIsJson() {
        try (TestClient client = start(MoneyController.class, MoneySocket.class, MoneyCodec.class)) {
            client.post("/money").json("\"350 cents\"").send().assertText("\"350 cents\"");
            client.post("/money/optional").json("\"350 cents\"").send().assertText("Optional[Money[cents=350]]");
            client.get("/money/stream").send().assertText("[\"1 cents\",\"2 cents\"]");
            client.get("/money/feed").send().assertContains("\"event\":\"message\",\"data\":\"350 cents\"}],\"next\":");
            client.get("/money/feed").accept("text/event-stream").send().assertContains("data: \"350 cents\"\n");
            client.get("/money/feed").accept("application/x-ndjson").send().assertContains("\"data\":\"350 cents\"}\n");
            client.get("/money/items").send().assertContains("{\"items\":[\"350 cents\"],\"next\":");
            client.get("/money/items").accept("application/x-ndjson").send().assertContains("\"350 cents\"\n");
            client.get("/money/any")
                    .send()
                    .assertContains("\"data\":\"350 cents\"}")
                    .assertContains("\"data\":\"text\"}");
            try (TestWebSocket socket = client.webSocket("/ws").send("\"350 cents\"")) {
                List<String> sent = Stream.generate(socket::nextText).limit(4).toList();
                assertEquals(List.of("\"350 cents\"", "\"text\"", "\"350 cents\"", "\"350 cents\""), sent);
            }
        }
    }

    // ---- bodies that may be missing

    record Point(@DefaultValue("1") int x, int y) {}

    @Route("/body")
    static final class Bodies {
        @Post
        String point(Optional<Point> point) {
            return point.toString();
        }

        @Post("/text")
        String text(@Body Optional<String> text) {
            return text.toString();
        }
    }

    @Test
    void anOptionalBodyMayBeMissing() {
        try (TestClient client = start(Bodies.class)) {
            client.post("/body").send().assertText("Optional.empty");
            client.post("/body").json("").send().assertText("Optional.empty");
            client.post("/body").json(" null ").send().assertText("Optional.empty");
            client.post("/body").json("{\"y\":2}").send().assertText("Optional[Point[x=1, y=2]]");
            client.post("/body").json("{}").send().assertProblem(422).assertProblemWith("/y");
            client.post("/body").json("{").send().assertProblem(400);
            client.post("/body").text("text/plain", "a").send().assertProblem(415);
            client.post("/body/text").send().assertText("Optional.empty");
            client.post("/body/text").text("text/plain", "a").send().assertText("Optional[a]");
        }
    }

    // ---- Vary

    @Route("/varied")
    static final class Varied {
        @Get
        @Produces({"application/json", "text/csv"})
        String get() {
            return "a";
        }
    }

    @Filter
    static final class Seeing {
        Response<?> filter(Request request, Chain chain) {
            Response<?> response = chain.proceed();
            String seen = response.headers().first("Vary").orElse("-");
            Response<?> told = response.withHeader("X-Seen", seen);
            return request.header("X-Replace").isPresent() ? told.withHeader("Vary", "Origin") : told;
        }
    }

    @Test
    void filtersSeeVaryAndCannotLoseIt() {
        try (TestClient client = start(Varied.class, Seeing.class)) {
            client.get("/varied").send().assertHeader("X-Seen", "Accept").assertHeaderHas("Vary", "Accept");
            client.get("/varied")
                    .header("X-Replace", "1")
                    .send()
                    .assertHeaderHas("Vary", "Accept")
                    .assertHeaderHas("Vary", "Origin");
        }
    }

    // ---- records and enums that stand for an interface

    @Test
    void recordsAndEnumsAreFoundByTheScan() {
        try (TestClient client = TestClient.start(Bistro.app(DeclaredApplication.class))) {
            client.get("/hello?loud=tea").send().assertText("Hello TEA, by one");
            client.get("/hello/yaml").send().assertText("yaml");
        }
    }

    interface Greeting {}

    enum Several implements Greeting {
        ONE,
        TWO
    }

    @Route("/greeting")
    static final class Greeter {
        @Inject
        Greeter(Greeting greeting) {}

        @Get
        String get() {
            return "";
        }
    }

    @Test
    void anEnumOfSeveralConstantsIsToldOf() {
        String report = fault(Greeter.class, Several.class);
        assertTrue(report.contains("[nothing-provides]"), report);
        assertTrue(report.contains("Several is an enum of 2 constants"), report);
    }

    // ---- defaults

    record Bad(@DefaultValue("many") int count) {}

    @Route("/bad")
    static final class BadController {
        @Post
        String post(@Body List<Bad> all) {
            return "";
        }
    }

    @WebSocket("/bad")
    static final class BadSocket {
        @OnMessage
        void message(Bad bad) {}
    }

    @Test
    void aDefaultThatIsNoneIsAFault() {
        for (Class<?> type : List.of(BadController.class, BadSocket.class)) {
            String report = fault(type);
            assertTrue(
                    report.contains("[bad-default] @DefaultValue(\"many\") of count in Bad is not a whole number."),
                    report);
            assertTrue(report.startsWith("Bistro did not start: 1 problem."), report);
        }
    }
}
