package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.bistro.Bistro;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import dev.bistro.testing.TestWebSocket;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A constraint is checked wherever the constrained value is held and however it came, or the application doesn't start.
 */
@Timeout(60)
class ConstraintPlacesTest {
    record Line(@NotBlank String sku) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Payment {
        @JsonTypeName("card")
        record Card(@NotBlank String number) implements Payment {}

        @JsonTypeName("cash")
        record Cash() implements Payment {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes(@JsonSubTypes.Type(value = Open.Parcel.class, name = "post"))
    interface Open {
        record Parcel(@NotBlank String address) implements Open {}
    }

    record Page<T>(List<T> items) {}

    static class Plain {
        public List<Line> lines = new ArrayList<>();

        @Size(max = 2)
        public String text = "";
    }

    record Deep(Line line, Optional<Payment> payment, Map<String, List<Line>> map, Line[][] arrays, Page<Line> page) {}

    record Marked(@Valid Line line, List<@Valid Line> lines) {}

    record Texts(List<List<@NotBlank String>> lists, Optional<List<@Size(max = 1) String>> optional) {}

    @Route("/x")
    static final class Places {
        @Post("/sealed")
        String one(@Body Payment body) {
            return "";
        }

        @Post("/open")
        String open(@Body Open.Parcel body) {
            return "";
        }

        @Post("/openly")
        String openly(@Body Open body) {
            return "";
        }

        @Post("/sealedList")
        String list(@Body List<Payment> body) {
            return "";
        }

        @Post("/lists")
        String lists(@Body List<List<Line>> body) {
            return "";
        }

        @Post("/map")
        String map(@Body Map<String, Line> body) {
            return "";
        }

        @Post("/mapOfLists")
        String mapOfLists(@Body Map<String, List<Payment>> body) {
            return "";
        }

        @Post("/arrays")
        String arrays(@Body List<Line[]> body) {
            return "";
        }

        @Post("/array")
        String array(@Body Line[] body) {
            return "";
        }

        @Post("/set")
        String set(@Body Set<Line> body) {
            return "";
        }

        @Post("/optional")
        String optional(@Body Optional<List<Line>> body) {
            return "";
        }

        @Post("/page")
        String page(@Body Page<Line> body) {
            return "";
        }

        @Post("/deep")
        String deep(@Body Deep body) {
            return "";
        }

        @Post("/plain")
        String plain(@Body Plain body) {
            return "";
        }

        @Post("/marked")
        String marked(@Body Marked body) {
            return "";
        }

        @Post("/validParameter")
        String validParameter(@Body @Valid Deep body) {
            return "";
        }

        @Post("/texts")
        String texts(@Body Texts body) {
            return "";
        }

        @Post("/elements")
        String elements(@Body List<List<@NotBlank String>> body) {
            return "";
        }
    }

    private static final String LINE = "{\"sku\":\"s\"}";
    private static final String BAD = "{\"sku\":\" \"}";
    private static final String DEEP = ("{\"line\":LINE,\"payment\":{\"type\":\"card\",\"number\":\"1\"},"
                    + "\"map\":{\"a\":[LINE]},\"arrays\":[[LINE]],\"page\":{\"items\":[LINE]}}")
            .replace("LINE", LINE);
    private static final String BAD_DEEP = DEEP.replace(LINE, BAD).replace("\"1\"", "\"\"");

    /** A path, a body that is valid, one that isn't, and pointers to what isn't. */
    record Row(String path, String good, String bad, String... pointers) {}

    static final List<Row> ROWS = List.of(
            row("sealed", "{\"type\":\"card\",\"number\":\"1\"}", "{\"type\":\"card\",\"number\":\"\"}", "/number"),
            row("open", "{\"type\":\"post\",\"address\":\"a\"}", "{\"type\":\"post\",\"address\":\"\"}", "/address"),
            row("openly", "{\"type\":\"post\",\"address\":\"a\"}", "{\"type\":\"post\",\"address\":\"\"}", "/address"),
            row(
                    "sealedList",
                    "[{\"type\":\"cash\"}]",
                    "[{\"type\":\"cash\"},{\"type\":\"card\",\"number\":\"\"}]",
                    "/1/number"),
            row("lists", "[[L],[]]", "[[L],[L,B]]", "/1/1/sku"),
            row("map", "{\"a/b\":L}", "{\"a/b\":B}", "/a~1b/sku"),
            row("mapOfLists", "{\"a\":[]}", "{\"a\":[{\"type\":\"card\",\"number\":\"\"}]}", "/a/0/number"),
            row("arrays", "[[L]]", "[[L,B]]", "/0/1/sku"),
            row("array", "[L]", "[L,B]", "/1/sku"),
            row("set", "[L]", "[L,B]", "/1/sku"),
            row("optional", "[L]", "[L,B]", "/1/sku"),
            row("page", "{\"items\":[L]}", "{\"items\":[L,B]}", "/items/1/sku"),
            row(
                    "deep",
                    DEEP,
                    BAD_DEEP,
                    "/arrays/0/0/sku",
                    "/line/sku",
                    "/map/a/0/sku",
                    "/page/items/0/sku",
                    "/payment/number"),
            row(
                    "validParameter",
                    DEEP,
                    BAD_DEEP,
                    "/arrays/0/0/sku",
                    "/line/sku",
                    "/map/a/0/sku",
                    "/page/items/0/sku",
                    "/payment/number"),
            row("plain", "{\"lines\":[L],\"text\":\"a\"}", "{\"lines\":[B],\"text\":\"abc\"}", "/lines/0/sku", "/text"),
            row("marked", "{\"line\":L,\"lines\":[L]}", "{\"line\":B,\"lines\":[L,B]}", "/line/sku", "/lines/1/sku"),
            row(
                    "texts",
                    "{\"lists\":[[\"a\"]],\"optional\":[\"a\"]}",
                    "{\"lists\":[[\"a\",\"\"]],\"optional\":[\"ab\"]}",
                    "/lists/0/1",
                    "/optional/0"),
            row("elements", "[[\"a\"]]", "[[\"a\"],[\"\"]]", "/1/0"));

    private static Row row(String path, String good, String bad, String... pointers) {
        return new Row(
                path,
                good.replaceAll("\\bL\\b", LINE),
                bad.replaceAll("\\bL\\b", LINE).replaceAll("\\bB\\b", BAD),
                pointers);
    }

    record Message(@NotBlank String text, Optional<List<Line>> lines) {}

    @WebSocket("/ws")
    static final class Socket {
        @OnOpen
        void open(@QueryParam @Size(max = 3) String name) {}

        @OnMessage
        String message(@QueryParam Optional<@Size(min = 2) String> room, Message message) {
            return message.text();
        }
    }

    @WebSocket("/numbers")
    static final class Numbers {
        @OnMessage
        String message(@Body @Min(5) int count) {
            return "" + count;
        }
    }

    @WebSocket("/payments")
    static final class Payments {
        @OnMessage
        String message(List<Payment> payments) {
            return "" + payments.size();
        }
    }

    private static final Locale BEFORE = Locale.getDefault();
    private static TestClient client;

    @BeforeAll
    static void start() {
        Locale.setDefault(Locale.ENGLISH);
        client = TestClient.start(Bistro.app(ConstraintPlacesTest.class)
                .classes(Places.class, Socket.class, Numbers.class, Payments.class));
    }

    @AfterAll
    static void stop() {
        client.close();
        Locale.setDefault(BEFORE);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void areCheckedWhereverAValueIsHeld(Row row) {
        client.post("/x/" + row.path).json(row.good).send().assertStatus(200);
        TestResponse refused =
                client.post("/x/" + row.path).json(row.bad).send().assertStatus(422);
        for (int i = 0; i < row.pointers.length; i++) {
            refused.assertJson("/errors/" + i + "/pointer", row.pointers[i]);
        }
        refused.assertThat(refused.text().split("\"pointer\"").length == row.pointers.length + 1, "no other fault");
    }

    @Test
    void areCheckedOnWhatCouldBeReadOfABodyThatDoesNotFit() {
        client.post("/x/deep")
                .json("{\"line\":" + BAD + ",\"payment\":{\"type\":\"card\",\"number\":\"\"},\"map\":{\"a\":[" + BAD
                        + ",{}]}}")
                .send()
                .assertProblem(422)
                .assertJson("/detail", "The body doesn't fit at /map/a/1/sku: is required; and 5 more")
                .assertProblemWith("/arrays")
                .assertProblemWith("/page")
                .assertProblemWith("/map/a/0/sku")
                .assertProblemWith("/line/sku")
                .assertProblemWith("/payment/number");
        client.post("/x/plain")
                .json("{\"text\":\"abc\",\"lines\":[{}]}")
                .send()
                .assertProblemWith("/lines/0/sku")
                .assertProblemWith("/text");
    }

    @Test
    void areCheckedOfTheRequestThatOpensASession() {
        client.get("/ws?name=long&room=r")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .send()
                .assertProblem(422)
                .assertProblemWith("name");
        client.get("/ws?name=ok&room=r")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .send()
                .assertProblem(422)
                .assertProblemWith("room");
    }

    private static void assertRefused(String path, String good, String bad, String reason) {
        try (TestWebSocket socket = client.webSocket(path)) {
            socket.send(good);
            assertTrue(socket.nextText() != null);
            socket.send(bad);
            assertEquals(
                    "1007 " + reason,
                    assertThrows(AssertionError.class, socket::nextText)
                            .getMessage()
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .replaceAll(".*the end: ", ""));
        }
    }

    @Test
    void areCheckedOfMessages() {
        assertRefused(
                "/ws?name=ok",
                "{\"text\":\"a\"}",
                "{\"text\":\"\"}",
                "The body doesn't fit at /text: must not be blank");
        assertRefused(
                "/ws?name=ok&room=tea",
                "{\"text\":\"a\",\"lines\":[" + LINE + "]}",
                "{\"text\":\"a\",\"lines\":[" + BAD + "]}",
                "The body doesn't fit at /lines/0/sku: must not be blank");
        assertRefused("/numbers", "5", "4", "The body doesn't fit: must be greater than or equal to 5");
        assertRefused(
                "/payments",
                "[]",
                "[{\"type\":\"card\",\"number\":\"\"}]",
                "The body doesn't fit at /0/number: must not be blank");
        assertRefused(
                "/ws?name=ok",
                "{\"text\":\"a\"}",
                "{\"text\":\"\",\"lines\":[{}]}",
                "The body doesn't fit at /lines/0/sku: is required; and 1 more");
    }

    record Tags(
            List<@NotBlank String[]> inList,
            Map<String, @NotBlank String[]> inMap,
            Optional<@NotBlank String[]> inOptional,
            List<@NotBlank String>[] inArray,
            @Size(min = 1) String[][] checked,
            List<String @Size(min = 1) []> checkedToo) {}

    @Route("/tags")
    static final class TagsController {
        @Post
        String add(Tags tags) {
            return "ok";
        }

        @Post("/list")
        String list(@Body List<@NotBlank String[]> tags) {
            return "ok";
        }
    }

    @Test
    void areToldWhereNobodyWouldEverCheckThem() {
        var builder = Bistro.app(ConstraintPlacesTest.class).classes(TagsController.class);
        var fault = assertThrows(StartupException.class, builder::startInProcess);
        assertEquals(
                List.of("bad-constraint"),
                fault.problems().stream().map(Problem::id).distinct().toList());
        String report = fault.getMessage();
        for (String name : List.of("inList", "inMap", "inOptional", "inArray", "tags")) {
            assertTrue(report.contains("'" + name + "'"), report);
        }
        assertFalse(report.contains("checked'") || report.contains("checkedToo"), report);
    }

    record Limits(@Max(10) int perUser) {}

    @Config("shop")
    record Shop(
            @Min(1) int pageSize,
            Limits limits,
            List<@NotBlank String> hosts,
            @Size(min = 8) String secret) {}

    private static List<String> faults(String... settings) {
        var builder = Bistro.app(ConstraintPlacesTest.class).classes(Shop.class, Numbers.class);
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            builder.set(parts[0], parts[1]);
        }
        try {
            TestClient.start(builder).close();
            return List.of();
        } catch (StartupException e) {
            return e.problems().stream()
                    .map(problem -> problem.id() + ": " + problem.what())
                    .toList();
        }
    }

    @Test
    void areCheckedOfSettings() {
        assertEquals(
                List.of(),
                faults("shop.page-size=1", "shop.limits.per-user=10", "shop.hosts=a", "shop.secret=12345678"));
        assertEquals(
                List.of(
                        "rejected-settings: The settings below \"shop\" are rejected: limits.perUser must "
                                + "be less than or equal to 10.",
                        "rejected-settings: The settings below \"shop\" are rejected: pageSize must be "
                                + "greater than or equal to 1.",
                        "rejected-settings: The settings below \"shop\" are rejected: secret size must be "
                                + "between 8 and 2147483647."),
                faults("shop.page-size=0", "shop.limits.per-user=11", "shop.hosts=a", "shop.secret=1234"));
    }
}
