package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.http.Converter;
import dev.bistro.json.JsonMapperCustomizer;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestStream;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * One mapper everywhere: settings, a module, a customizer and a converter count at each place where there is JSON, and
 * errors name what is wrong as the JSON does.
 */
@Timeout(60)
class AdjustedJsonTest {
    // ---- an application

    /** Read and written by a converter. */
    record Sku(String shelf, @Max(99) int number) {}

    /** Read and written by a module. */
    record Money(int cents) {}

    /** Written in lower case by a customizer. */
    enum Grade {
        FIRST_CLASS
    }

    record Part(@NotBlank String partName) {}

    record Item(
            String itemName,
            Optional<String> sideNote,
            List<@Valid Part> spareParts,
            Sku mainSku,
            Map<Sku, Integer> stockLeft,
            Money unitPrice,
            Grade itsGrade) {}

    static final class SkuConverter implements Converter<Sku> {
        @Override
        public Sku convert(String text) {
            String[] parts = text.split("-");
            if (parts.length != 2) {
                throw new IllegalArgumentException("a SKU is like A-12");
            }
            return new Sku(parts[0], Integer.parseInt(parts[1]));
        }

        @Override
        public String format(Sku sku) {
            return sku.shelf() + "-" + sku.number();
        }
    }

    static final class Customizer implements JsonMapperCustomizer {
        @Override
        public void customize(JsonMapper.Builder builder) {
            builder.enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS);
        }
    }

    @Factory
    static final class Modules {
        @Bean
        JacksonModule money() {
            return new SimpleModule("Money")
                    .addSerializer(new StdScalarSerializer<Money>(Money.class) {
                        @Override
                        public void serialize(Money money, JsonGenerator generator, SerializationContext context) {
                            generator.writeString(money.cents() + " ct");
                        }
                    })
                    .addDeserializer(Money.class, new StdScalarDeserializer<Money>(Money.class) {
                        @Override
                        public Money deserialize(JsonParser parser, DeserializationContext context) {
                            return new Money(Integer.parseInt(parser.getString().replace(" ct", "")));
                        }
                    });
        }
    }

    @Route("/items")
    static final class Items {
        final Feed<Item> feed = Feed.create();

        @Post
        Item echo(Item item) {
            return item;
        }

        @Post("/all")
        List<Item> echoAll(List<Item> items) {
            return items;
        }

        @Post("/news")
        void publish(Item item) {
            feed.publish(item);
        }

        @Get("/news")
        Feed<Item> news() {
            return feed;
        }

        @Post("/lines")
        @Produces("application/x-ndjson")
        Stream<Item> lines(Item item) {
            return Stream.of(item, item);
        }

        @Post("/anything")
        Object anything(Map<String, Item> items) {
            return items;
        }

        @Get("/{sku}")
        Sku find(Sku sku) {
            return sku;
        }
    }

    @WebSocket("/socket")
    static final class Socket {
        private final WebSocketRooms rooms;

        @Inject
        Socket(WebSocketRooms rooms) {
            this.rooms = rooms;
        }

        @OnOpen
        void open(WebSocketSession session) {
            rooms.join("all", session);
        }

        @OnMessage
        Item echo(Item item, WebSocketSession session) {
            rooms.broadcastJson("all", item);
            session.sendJson(item);
            return item;
        }
    }

    private static TestClient start(String... settings) {
        var app = Bistro.app(AdjustedJsonTest.class)
                .classes(Items.class, Socket.class, SkuConverter.class, Customizer.class, Modules.class);
        for (String setting : settings) {
            String[] pair = setting.split("=");
            app.set(pair[0], pair[1]);
        }
        return TestClient.start(app);
    }

    // ---- the table: namings × inclusions × places

    private static final Map<String, UnaryOperator<String>> NAMINGS = Map.of(
            "lower-camel-case", name -> name,
            "upper-camel-case", name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
            "snake-case", name -> separated(name, '_'),
            "upper-snake-case", name -> separated(name, '_').toUpperCase(Locale.ROOT),
            "kebab-case", name -> separated(name, '-'),
            "lower-case", name -> name.toLowerCase(Locale.ROOT),
            "lower-dot-case", name -> separated(name, '.'));

    private static String separated(String name, char separator) {
        return name.replaceAll("([A-Z])", separator + "$1").toLowerCase(Locale.ROOT);
    }

    static List<Arguments> variants() {
        var variants = new ArrayList<Arguments>();
        NAMINGS.keySet()
                .forEach(naming -> Stream.of("always", "non-null", "non-empty")
                        .forEach(inclusion -> variants.add(Arguments.of(naming, inclusion))));
        return variants;
    }

    /** What is sent, with all properties that are required. */
    private static String sent(UnaryOperator<String> naming) {
        return json(naming, "[]");
    }

    private static String json(UnaryOperator<String> naming, String spareParts) {
        var members = new LinkedHashMap<String, String>();
        members.put("itemName", "\"Tea\"");
        members.put("spareParts", spareParts);
        members.put("mainSku", "\"A-12\"");
        members.put("stockLeft", "{\"B-7\":3}");
        members.put("unitPrice", "\"350 ct\"");
        members.put("itsGrade", "\"first_class\"");
        return object(naming, members);
    }

    private static String object(UnaryOperator<String> naming, Map<String, String> members) {
        List<String> all = members.entrySet().stream()
                .map(member -> '"' + naming.apply(member.getKey()) + "\":" + member.getValue())
                .toList();
        return "{" + String.join(",", all) + "}";
    }

    private static String received(UnaryOperator<String> naming, String inclusion) {
        var members = new LinkedHashMap<String, String>();
        members.put("itemName", "\"Tea\"");
        if (inclusion.equals("always")) {
            members.put("sideNote", "null");
        }
        if (!inclusion.equals("non-empty")) {
            members.put("spareParts", "[]");
        }
        members.put("mainSku", "\"A-12\"");
        members.put("stockLeft", "{\"B-7\":3}");
        members.put("unitPrice", "\"350 ct\"");
        members.put("itsGrade", "\"first_class\"");
        return object(naming, members);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void readsAndWritesTheSameEverywhere(String naming, String inclusion) {
        UnaryOperator<String> names = NAMINGS.get(naming);
        String sent = sent(names);
        String received = received(names, inclusion);
        var item = new Item(
                "Tea",
                Optional.empty(),
                List.of(),
                new Sku("A", 12),
                Map.of(new Sku("B", 7), 3),
                new Money(350),
                Grade.FIRST_CLASS);
        try (TestClient client = start("json.naming=" + naming, "json.inclusion=" + inclusion)) {
            client.post("/items").json(sent).send().assertText(received).assertJson(item);
            client.post("/items/all").json("[" + sent + "]").send().assertText("[" + received + "]");
            client.post("/items/anything")
                    .json("{\"aKey\":" + sent + "}")
                    .send()
                    .assertText("{\"aKey\":" + received + "}");
            client.post("/items/lines").json(sent).send().assertText(received + "\n" + received + "\n");
            client.get("/items/A-12").send().assertText("\"A-12\"");
            client.post("/items/news").json(sent).send().assertStatus(204);
            client.get("/items/news").send().assertContains("\"data\":" + received);
            try (TestStream events = client.get("/items/news?since=").accept("text/event-stream").stream()) {
                client.post("/items/news").json(sent).send().assertStatus(204);
                events.nextEvent().assertText(received);
            }
            try (TestWebSocket socket = client.webSocket("/socket")) {
                socket.send(sent);
                assertEquals(received, socket.nextText()); // the room
                assertEquals(received, socket.nextText()); // the session
                assertEquals(received, socket.nextText()); // the result
            }
            checkErrors(client, names);
            if (!inclusion.equals("non-empty")) { // which leaves out what is required
                client.post("/items").json(item).send().assertText(received);
                assertEquals(item, client.post("/items").json(item).send().json(Item.class));
            }
        }
    }

    private static void checkErrors(TestClient client, UnaryOperator<String> names) {
        String spareParts = "/" + names.apply("spareParts");
        client.post("/items") // violations
                .json(json(names, object(names, Map.of("partName", "\" \"")).transform(part -> "[" + part + "]")))
                .send()
                .assertProblem(422)
                .assertJson("/errors/0/pointer", spareParts + "/0/" + names.apply("partName"))
                .assertJson("/status", 422);
        client.post("/items/all") // the same within a list
                .json("["
                        + json(names, object(names, Map.of("partName", "\"\"")).transform(part -> "[" + part + "]"))
                        + "]")
                .send()
                .assertProblem(422)
                .assertJson("/errors/0/pointer", "/0" + spareParts + "/0/" + names.apply("partName"));
        client.post("/items") // what doesn't fit, and violations in the rest
                .json(sent(names)
                        .replace("\"Tea\"", "7")
                        .replace("[]", "[" + object(names, Map.of("partName", "\"\"")) + "]"))
                .send()
                .assertProblem(422)
                .assertProblemWith("/" + names.apply("itemName"))
                .assertProblemWith(spareParts + "/0/" + names.apply("partName"));
        client.post("/items") // a converter's refusal, of a value and of a key
                .json(sent(names).replace("A-12", "A12").replace("B-7", "B7"))
                .send()
                .assertProblem(422)
                .assertProblemWith("/" + names.apply("mainSku"))
                .assertContains("expected an AdjustedJsonTest.Sku, but was \\\"A12\\\": a SKU is like A-12");
        client.post("/items")
                .json(sent(names).replace("B-7", "B7"))
                .send()
                .assertProblem(422)
                .assertProblemWith("/" + names.apply("stockLeft") + "/B7");
        client.post("/items") // a violation within what a converter made: JSON has no more of it than the string
                .json(sent(names).replace("A-12", "A-100"))
                .send()
                .assertProblem(422)
                .assertJson("/errors/0/pointer", "/" + names.apply("mainSku"));
        client.post("/items")
                .json("{}")
                .send()
                .assertProblem(422)
                .assertProblemWith("/" + names.apply("itemName"))
                .assertProblemWith("/" + names.apply("mainSku"));
        try (TestWebSocket socket = client.webSocket("/socket")) {
            socket.send(json(names, "[" + object(names, Map.of("partName", "\"\"")) + "]"));
            socket.assertClosed(1007);
        }
    }

    // ---- unknown properties

    @Test
    void ignoresUnknownPropertiesUnlessTheSettingSaysOtherwise() {
        String body = "{\"x\":1," + sent(name -> name).substring(1).replace("[]", "[{\"partName\":\"p\",\"y\":2}]");
        try (TestClient client = start()) {
            client.post("/items").json(body).send().assertStatus(200);
        }
        try (TestClient client = start("json.fail-on-unknown-properties=true")) {
            client.post("/items")
                    .json(body)
                    .send()
                    .assertProblem(422)
                    .assertProblemWith("/x")
                    .assertProblemWith("/spareParts/0/y");
            client.post("/items").json(sent(name -> name)).send().assertStatus(200);
        }
    }
}
