package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.bistro.Bistro;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.Response;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is answered can be posted back, in every channel: polymorphic values, whatever holds them. */
@Timeout(60)
class PolymorphicJsonTest {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({@JsonSubTypes.Type(value = Shape.Circle.class, name = "circle")})
    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        @JsonTypeName("square")
        record Square(int side, List<Shape> within) implements Shape {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Mail.class, name = "mail"),
        @JsonSubTypes.Type(value = Call.class, name = "call")
    })
    interface Message {}

    record Mail(String to) implements Message {}

    record Call(String number) implements Message {}

    interface Animal {}

    record Dog(int age) implements Animal {}

    record Zoo(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
            @JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
            List<Animal> animals) {}

    record Page<T>(List<T> items, int total) {}

    static class OpenPage<T> {
        public List<T> items = new ArrayList<>();
    }

    record Holder(Shape shape, Optional<Shape> other, Map<String, List<Shape>> more, Message message) {}

    private static final Shape CIRCLE = new Shape.Circle(1.5);
    private static final Shape SQUARE = new Shape.Square(2, List.of(CIRCLE));
    private static final String CIRCLE_JSON = "{\"type\":\"circle\",\"radius\":1.5}";
    private static final String SQUARE_JSON = "{\"type\":\"square\",\"side\":2,\"within\":[" + CIRCLE_JSON + "]}";
    private static final Holder HOLDER =
            new Holder(CIRCLE, Optional.of(SQUARE), Map.of("a", List.of(CIRCLE)), new Mail("Ann"));
    private static final String HOLDER_JSON = "{\"shape\":" + CIRCLE_JSON + ",\"other\":" + SQUARE_JSON
            + ",\"more\":{\"a\":[" + CIRCLE_JSON + "]},\"message\":{\"mail\":{\"to\":\"Ann\"}}}";

    /** For each name of a declared type, a value of it as JSON. */
    static final List<Map.Entry<String, String>> VALUES = List.of(
            Map.entry("shape", SQUARE_JSON),
            Map.entry("list", "[" + CIRCLE_JSON + "," + SQUARE_JSON + "]"),
            Map.entry("set", "[" + CIRCLE_JSON + "]"),
            Map.entry("map", "{\"a\":" + CIRCLE_JSON + "}"),
            Map.entry("lists", "[[" + CIRCLE_JSON + "],[]]"),
            Map.entry("array", "[" + CIRCLE_JSON + "," + SQUARE_JSON + "]"),
            Map.entry("page", "{\"items\":[" + CIRCLE_JSON + "],\"total\":7}"),
            Map.entry("openPage", "{\"items\":[" + CIRCLE_JSON + "]}"),
            Map.entry("holder", HOLDER_JSON),
            Map.entry("zoo", "{\"animals\":[{\"kind\":\"dog\",\"age\":3}]}"),
            Map.entry("message", "{\"call\":{\"number\":\"1\"}}"),
            Map.entry("messages", "[{\"call\":{\"number\":\"1\"}},{\"mail\":{\"to\":\"Ann\"}}]"));

    private static OpenPage<Shape> openPageOf(Shape shape) {
        var page = new OpenPage<Shape>();
        page.items.add(shape);
        return page;
    }

    private static Shape[] array() {
        return new Shape[] {CIRCLE, SQUARE};
    }

    private static <T> Feed<T> feedOf(T value) {
        Feed<T> feed = Feed.create();
        feed.publish(value);
        feed.close();
        return feed;
    }

    @Route("/echo")
    static final class Echo {
        @Post("/shape")
        Shape shape(@Body Shape body) {
            return body;
        }

        @Post("/list")
        List<Shape> list(@Body List<Shape> body) {
            return body;
        }

        @Post("/set")
        Set<Shape> set(@Body Set<Shape> body) {
            return body;
        }

        @Post("/map")
        Map<String, Shape> map(@Body Map<String, Shape> body) {
            return body;
        }

        @Post("/lists")
        List<List<Shape>> lists(@Body List<List<Shape>> body) {
            return body;
        }

        @Post("/array")
        Shape[] array(@Body Shape[] body) {
            return body;
        }

        @Post("/page")
        Page<Shape> page(@Body Page<Shape> body) {
            return body;
        }

        @Post("/openPage")
        OpenPage<Shape> openPage(@Body OpenPage<Shape> body) {
            return body;
        }

        @Post("/holder")
        Holder holder(@Body Holder body) {
            return body;
        }

        @Post("/zoo")
        Zoo zoo(@Body Zoo body) {
            return body;
        }

        @Post("/message")
        Message message(@Body Message body) {
            return body;
        }

        @Post("/messages")
        List<Message> messages(@Body List<Message> body) {
            return body;
        }
    }

    @Route("/wrapped")
    static final class Wrapped {
        @Post("/response")
        Response<List<Shape>> response(@Body List<Shape> body) {
            return Response.ok(body);
        }

        @Post("/optional")
        Optional<List<Shape>> optional(@Body Optional<List<Shape>> body) {
            return body;
        }

        @Post("/later")
        CompletionStage<List<Shape>> later(@Body List<Shape> body) {
            return CompletableFuture.completedFuture(body);
        }

        @Post("/laterResponse")
        CompletionStage<Response<Optional<List<Shape>>>> laterResponse(@Body List<Shape> body) {
            return CompletableFuture.completedFuture(Response.ok(Optional.of(body)));
        }

        @Post("/stream")
        Stream<Shape> stream(@Body List<Shape> body) {
            return body.stream();
        }

        @Post("/iterator")
        Iterator<Shape> iterator(@Body List<Shape> body) {
            return body.iterator();
        }

        @Post("/object")
        Object object(@Body List<Shape> body) {
            return body;
        }

        @Post("/wild")
        Response<?> wild(@Body List<Shape> body) {
            return Response.ok(body);
        }

        @Post("/raw")
        @SuppressWarnings("rawtypes")
        List raw(@Body List<Shape> body) {
            return body;
        }

        @Post("/arrayList")
        ArrayList<Shape> arrayList(@Body List<Shape> body) {
            return new ArrayList<>(body);
        }

        @Post("/streamOfLists")
        Stream<List<Shape>> streamOfLists(@Body List<Shape> body) {
            return Stream.of(body);
        }

        @Post("/lines")
        @Produces("application/x-ndjson")
        Stream<List<Shape>> lines(@Body List<Shape> body) {
            return Stream.of(body);
        }
    }

    @Route("/feeds")
    static final class Feeds {
        @Post("/plain")
        Feed<List<Shape>> plain(@Body List<Shape> body) {
            return feedOf(body);
        }

        @Post("/items")
        FeedResponse<List<Shape>> items(@Body List<Shape> body) {
            return FeedResponse.of(feedOf(body)).withItems(item -> item.data());
        }

        @Post("/list")
        FeedResponse<List<Shape>> list(@Body List<Shape> body) {
            return FeedResponse.of(feedOf(body))
                    .withList(page -> page.items().get(0).data());
        }
    }

    @WebSocket("/socket/list")
    static final class ListSocket {
        @OnMessage
        List<Shape> message(List<Shape> message) {
            return message;
        }
    }

    @WebSocket("/socket/shape")
    static final class ShapeSocket {
        @OnMessage
        CompletionStage<Shape> message(Shape message) {
            return CompletableFuture.completedFuture(message);
        }
    }

    @WebSocket("/socket/map")
    static final class MapSocket {
        @OnMessage
        Object message(Map<String, Shape> message) {
            return message;
        }
    }

    @WebSocket("/socket/holder")
    static final class HolderSocket {
        @OnMessage
        Holder message(Holder message) {
            return message;
        }
    }

    @WebSocket("/socket/sent")
    static final class SentSocket {
        @OnMessage
        void message(WebSocketSession session, List<Shape> message) {
            session.sendJson(message);
        }
    }

    @WebSocket("/socket/broadcast")
    static final class BroadcastSocket {
        private final WebSocketRooms rooms;

        @Inject
        BroadcastSocket(WebSocketRooms rooms) {
            this.rooms = rooms;
        }

        @OnOpen
        void open(WebSocketSession session) {
            rooms.join("all", session);
        }

        @OnMessage
        void message(List<Shape> message) {
            rooms.broadcastJson("all", message);
        }
    }

    private static TestClient client;

    @BeforeAll
    static void start() {
        client = TestClient.start(Bistro.app(PolymorphicJsonTest.class)
                .classes(
                        Echo.class,
                        Wrapped.class,
                        Feeds.class,
                        ListSocket.class,
                        ShapeSocket.class,
                        MapSocket.class,
                        HolderSocket.class,
                        SentSocket.class,
                        BroadcastSocket.class));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void isAnsweredAsItWasPosted(Map.Entry<String, String> value) {
        client.post("/echo/" + value.getKey())
                .json(value.getValue())
                .send()
                .assertStatus(200)
                .assertText(value.getValue());
    }

    private static final String LIST = "[" + CIRCLE_JSON + "," + SQUARE_JSON + "]";

    static final List<String> WRAPPERS = List.of(
            "response",
            "optional",
            "later",
            "laterResponse",
            "stream",
            "iterator",
            "object",
            "wild",
            "raw",
            "arrayList");

    @ParameterizedTest
    @FieldSource("WRAPPERS")
    void isAnsweredInEachWrapperAsItWasPosted(String wrapper) {
        client.post("/wrapped/" + wrapper).json(LIST).send().assertStatus(200).assertText(LIST);
    }

    @Test
    void isAnsweredInListsOfStreams() {
        client.post("/wrapped/streamOfLists").json(LIST).send().assertText("[" + LIST + "]");
        client.post("/wrapped/lines").json(LIST).send().assertText(LIST + "\n");
    }

    @Test
    void isAnsweredInEachFormOfAFeed() {
        for (String path : List.of("/feeds/plain", "/feeds/items", "/feeds/list")) {
            for (String accept : List.of("application/json", "text/event-stream", "application/x-ndjson")) {
                String text = client.post(path)
                        .header("Accept", accept)
                        .json(LIST)
                        .send()
                        .text();
                assertTrue(text.contains(LIST), path + " as " + accept + ": " + text);
            }
        }
    }

    static final List<Map.Entry<String, String>> MESSAGES = List.of(
            Map.entry("list", LIST),
            Map.entry("shape", SQUARE_JSON),
            Map.entry("map", "{\"a\":" + CIRCLE_JSON + "}"),
            Map.entry("holder", HOLDER_JSON),
            Map.entry("sent", LIST),
            Map.entry("broadcast", LIST));

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void isSentAsItCame(Map.Entry<String, String> message) {
        try (TestWebSocket socket = client.webSocket("/socket/" + message.getKey())) {
            assertEquals(message.getValue(), socket.send(message.getValue()).nextText());
        }
    }

    @Test
    void aValueThatNamesNoKnownTypeIsToldOf() {
        client.post("/echo/list")
                .json("[{\"type\":\"star\"},{\"radius\":1},{\"type\":\"circle\"}]")
                .send()
                .assertProblem(422)
                .assertProblemWith("/0/type")
                .assertProblemWith("/1/type")
                .assertProblemWith("/2/radius");
    }
}
