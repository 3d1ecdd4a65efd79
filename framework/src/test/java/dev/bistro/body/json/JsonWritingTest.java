package dev.bistro.body.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Label;
import dev.bistro.body.BodyReader;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.MediaType;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Status;
import dev.bistro.http.UnprocessableContentException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWritingTest {
    enum Color {
        RED;

        @Override
        public String toString() {
            return "the color red";
        }
    }

    record Product(String name, BigDecimal price, Optional<String> note, Color color) {}

    record Nothing() {}

    interface Animal {
        String name();
    }

    record Dog(String name, int age) implements Animal {}

    record Lists(List<Animal> animals, List<Hidden> hidden) {}

    static class Base {
        public String id = "b";
    }

    static final class Derived extends Base {
        public String extra = "d";
    }

    static final class Hidden {
        private final String secret = "s";

        String secret() {
            return secret;
        }
    }

    private final JsonCodec codec = new JsonCodec();

    private String write(Type type, Object value) {
        byte[] json = codec.writer(type, MediaType.JSON).orElseThrow().write(value);
        return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
    }

    static List<Arguments> values() {
        var ordered = new LinkedHashMap<String, Object>();
        ordered.put("z", 1);
        ordered.put("a", null);
        return List.of(
                Arguments.of(
                        Product.class,
                        new Product("Mechanical Keyboard ⌨️", new BigDecimal("89.90"), Optional.empty(), Color.RED),
                        "{'name':'Mechanical Keyboard ⌨️','price':89.90,'note':null,'color':'RED'}"),
                Arguments.of(BigDecimal.class, new BigDecimal("1E+5"), "100000"),
                Arguments.of(BigDecimal.class, new BigDecimal("0.0000001"), "0.0000001"),
                Arguments.of(long.class, 9007199254740993L, "9007199254740993"),
                Arguments.of(boolean.class, true, "true"),
                Arguments.of(LocalDate.class, LocalDate.of(2026, 11, 24), "'2026-11-24'"),
                Arguments.of(Instant.class, Instant.EPOCH, "'1970-01-01T00:00:00Z'"),
                Arguments.of(
                        OffsetDateTime.class,
                        OffsetDateTime.parse("2026-11-24T09:30:00+02:00"),
                        "'2026-11-24T09:30:00+02:00'"),
                Arguments.of(Duration.class, Duration.ofSeconds(90), "'PT1M30S'"),
                Arguments.of(UUID.class, new UUID(1, 2), "'00000000-0000-0001-0000-000000000002'"),
                Arguments.of(OptionalInt.class, OptionalInt.of(3), "3"),
                Arguments.of(Map.class, ordered, "{'z':1,'a':null}"),
                Arguments.of(List.class, List.of(), "[]"),
                Arguments.of(int[].class, new int[] {1, 2}, "[1,2]"),
                Arguments.of(Nothing.class, new Nothing(), "{}"),
                Arguments.of(Animal.class, new Dog("Rex", 3), "{'name':'Rex','age':3}"),
                Arguments.of(Base.class, new Derived(), "{'id':'b','extra':'d'}"),
                Arguments.of(
                        Lists.class.getRecordComponents()[0].getGenericType(),
                        List.of(new Dog("Rex", 3)),
                        "[{'name':'Rex','age':3}]"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writes(Type type, Object value, String json) {
        assertEquals(json, write(type, value));
    }

    @Test
    void writesOnlyMembersOfProblemThatAreThere() {
        var bare = new ProblemDetail("about:blank", "Not Found", Status.NOT_FOUND, "", "", "", List.of());
        assertEquals("{'type':'about:blank','title':'Not Found','status':404}", write(ProblemDetail.class, bare));
        var errors = List.of(
                new InvalidValue(InvalidValue.In.QUERY, "limit", "too large"),
                new InvalidValue(InvalidValue.In.BODY, "/price", "is required"));
        var whole = new ProblemDetail("about:blank", "Bad Request", Status.BAD_REQUEST, "d", "/a", "r-1", errors);
        assertEquals(
                "{'type':'about:blank','title':'Bad Request','status':400,'detail':'d','instance':'/a',"
                        + "'requestId':'r-1',"
                        + "'errors':[{'in':'query','name':'limit','detail':'too large'},"
                        + "{'in':'body','pointer':'/price','detail':'is required'}]}",
                write(ProblemDetail.class, whole));
    }

    @Test
    void hasNoWriterForClassThatShowsNothing() {
        assertEquals("s", new Hidden().secret());
        assertSame(Optional.empty(), codec.writer(Hidden.class, MediaType.JSON));
        Type list = Lists.class.getRecordComponents()[1].getGenericType();
        assertSame(Optional.empty(), codec.writer(list, MediaType.JSON));
    }

    enum Stock {
        @Label("in-stock")
        IN_STOCK,
        SOLD_OUT
    }

    record Shelf(Stock stock, Map<Stock, Integer> counts) {}

    @Test
    void writesEnumsByTheirLabels() {
        var codec = new JsonCodec();
        byte[] json = codec.writer(Shelf.class, MediaType.JSON)
                .orElseThrow()
                .write(new Shelf(Stock.IN_STOCK, Map.of(Stock.IN_STOCK, 1)));
        assertEquals("{\"stock\":\"in-stock\",\"counts\":{\"in-stock\":1}}", new String(json, StandardCharsets.UTF_8));
        BodyReader reader = codec.reader(Shelf.class).orElseThrow();
        assertEquals(new Shelf(Stock.IN_STOCK, Map.of(Stock.IN_STOCK, 1)), reader.read(json, MediaType.JSON));
    }

    @Test
    void readsEnumsByTheirLabelsAndNames() {
        BodyReader reader = new JsonCodec().reader(Stock.class).orElseThrow();
        for (String text : List.of("in-stock", "IN_STOCK")) {
            assertEquals(
                    Stock.IN_STOCK, reader.read(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8), MediaType.JSON));
        }
        assertEquals(Stock.SOLD_OUT, reader.read("\"SOLD_OUT\"".getBytes(StandardCharsets.UTF_8), MediaType.JSON));
        var fault = assertThrows(
                UnprocessableContentException.class,
                () -> reader.read("\"gone\"".getBytes(StandardCharsets.UTF_8), MediaType.JSON));
        assertTrue(
                fault.errors().get(0).detail().contains("one of \"in-stock\", \"SOLD_OUT\""), fault.errors()::toString);
    }
}
