package dev.bistro.openapi.schema;

import dev.bistro.http.NotFoundException;
import dev.bistro.http.ProblemDetail;
import dev.bistro.openapi.schema.SchemaTypes.Amount;
import dev.bistro.openapi.schema.SchemaTypes.Animal;
import dev.bistro.openapi.schema.SchemaTypes.Bean;
import dev.bistro.openapi.schema.SchemaTypes.Blob;
import dev.bistro.openapi.schema.SchemaTypes.ById;
import dev.bistro.openapi.schema.SchemaTypes.ByName;
import dev.bistro.openapi.schema.SchemaTypes.Cat;
import dev.bistro.openapi.schema.SchemaTypes.Celsius;
import dev.bistro.openapi.schema.SchemaTypes.Circle;
import dev.bistro.openapi.schema.SchemaTypes.Color;
import dev.bistro.openapi.schema.SchemaTypes.Constrained;
import dev.bistro.openapi.schema.SchemaTypes.Deduced;
import dev.bistro.openapi.schema.SchemaTypes.Defaults;
import dev.bistro.openapi.schema.SchemaTypes.Dog;
import dev.bistro.openapi.schema.SchemaTypes.Existing;
import dev.bistro.openapi.schema.SchemaTypes.Formatted;
import dev.bistro.openapi.schema.SchemaTypes.Found;
import dev.bistro.openapi.schema.SchemaTypes.Item;
import dev.bistro.openapi.schema.SchemaTypes.Known;
import dev.bistro.openapi.schema.SchemaTypes.Left;
import dev.bistro.openapi.schema.SchemaTypes.Level;
import dev.bistro.openapi.schema.SchemaTypes.Maybe;
import dev.bistro.openapi.schema.SchemaTypes.Missing;
import dev.bistro.openapi.schema.SchemaTypes.Named;
import dev.bistro.openapi.schema.SchemaTypes.Nested;
import dev.bistro.openapi.schema.SchemaTypes.Old;
import dev.bistro.openapi.schema.SchemaTypes.Open;
import dev.bistro.openapi.schema.SchemaTypes.Outcome;
import dev.bistro.openapi.schema.SchemaTypes.Page;
import dev.bistro.openapi.schema.SchemaTypes.PageOfItems;
import dev.bistro.openapi.schema.SchemaTypes.Pair;
import dev.bistro.openapi.schema.SchemaTypes.Part;
import dev.bistro.openapi.schema.SchemaTypes.Partial;
import dev.bistro.openapi.schema.SchemaTypes.Prefixed;
import dev.bistro.openapi.schema.SchemaTypes.ReadOnly;
import dev.bistro.openapi.schema.SchemaTypes.Renamed;
import dev.bistro.openapi.schema.SchemaTypes.Right;
import dev.bistro.openapi.schema.SchemaTypes.Shape;
import dev.bistro.openapi.schema.SchemaTypes.Sku;
import dev.bistro.openapi.schema.SchemaTypes.Sparse;
import dev.bistro.openapi.schema.SchemaTypes.SparseOptional;
import dev.bistro.openapi.schema.SchemaTypes.Square;
import dev.bistro.openapi.schema.SchemaTypes.Stock;
import dev.bistro.openapi.schema.SchemaTypes.Tree;
import dev.bistro.openapi.schema.SchemaTypes.Whole;
import dev.bistro.openapi.schema.SchemaTypes.Wrapped;
import dev.bistro.openapi.schema.SchemaTypes.Zoo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of {@link SchemasTest}: a type each, and values of it. */
final class SchemaRows {
    /** A type with its arguments: {@code new Of<List<String>>() {}}. */
    abstract static class Of<T> {
        final Type type = ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
    }

    /**
     * A row.
     *
     * @param isReadAgain whether what is written of its values can be read again
     */
    record Row(Type type, boolean isReadAgain, List<Object> values) {
        String name() {
            return dev.bistro.types.TypeNames.of(type).replace("SchemaTypes.", "");
        }
    }

    private static final List<Row> ROWS = new ArrayList<>();

    private SchemaRows() {}

    static List<Row> all() {
        return List.copyOf(ROWS);
    }

    private static void row(Type type, Object... values) {
        ROWS.add(new Row(type, true, List.of(values)));
    }

    private static void generic(Of<?> type, Object... values) {
        row(type.type, values);
    }

    private static void written(Type type, Object... values) {
        ROWS.add(new Row(type, false, List.of(values)));
    }

    private static final Item ITEM = new Item(7, "Tea", new BigDecimal("4.20"));

    static {
        scalars();
        times();
        texts();
        containers();
        optional();
        constants();
        records();
        annotated();
        subtypes();
        trees();
    }

    private static void scalars() {
        row(boolean.class, true);
        row(Boolean.class, false);
        row(byte.class, (byte) -128);
        row(short.class, (short) 7);
        row(int.class, Integer.MIN_VALUE);
        row(Integer.class, 5);
        row(long.class, Long.MAX_VALUE);
        row(Long.class, 0L);
        row(float.class, 1.5f);
        row(double.class, 1e300, -0.0);
        row(Number.class, 5, 5.5);
        row(BigDecimal.class, new BigDecimal("1E+20"), new BigDecimal("0.10"));
        row(BigInteger.class, BigInteger.TWO.pow(90));
        row(AtomicInteger.class, new AtomicInteger(3));
        row(char.class, 'x');
    }

    private static void times() {
        row(Instant.class, Instant.EPOCH, Instant.parse("2026-11-24T09:30:00.123456789Z"));
        row(LocalDate.class, LocalDate.of(2026, 11, 24));
        row(LocalTime.class, LocalTime.of(9, 30), LocalTime.MAX);
        row(LocalDateTime.class, LocalDateTime.of(2026, 11, 24, 9, 30));
        row(OffsetDateTime.class, OffsetDateTime.parse("2026-11-24T09:30+01:00"));
        row(ZonedDateTime.class, ZonedDateTime.parse("2026-11-24T09:30+01:00[Europe/Zurich]"));
        row(OffsetTime.class, OffsetTime.parse("09:30+01:00"));
        row(Year.class, Year.of(2026));
        row(YearMonth.class, YearMonth.of(2026, 11), YearMonth.of(12026, 1), YearMonth.of(-44, 3));
        row(MonthDay.class, MonthDay.of(11, 24));
        row(Duration.class, Duration.ofMinutes(90));
        row(Period.class, Period.of(1, 2, 3));
        row(ZoneId.class, ZoneId.of("Europe/Zurich"));
        row(ZoneOffset.class, ZoneOffset.ofHours(2));
        row(DayOfWeek.class, DayOfWeek.MONDAY);
        row(Date.class, new Date(0));
    }

    private static void texts() {
        row(String.class, "", "Tee");
        row(CharSequence.class, "Tee");
        row(UUID.class, UUID.randomUUID());
        row(URI.class, URI.create("https://example.org/a?b#c"), URI.create("../up"));
        row(Locale.class, Locale.GERMANY);
        row(Currency.class, Currency.getInstance("CHF"));
        row(Path.class, Path.of("/tmp/a"));
        row(byte[].class, new byte[] {1, 2, 3});
        row(ByteBuffer.class, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        row(char[].class, "abc".toCharArray());
    }

    private static void containers() {
        row(int[].class, new int[] {1, 2});
        row(boolean[].class, new boolean[] {true});
        row(String[].class, (Object) new String[] {"a"});
        row(Item[].class, (Object) new Item[] {ITEM});
        generic(new Of<List<String>>() {}, List.of(), List.of("a", "a"));
        generic(new Of<List<List<Integer>>>() {}, List.of(List.of(1)));
        generic(new Of<List<Optional<String>>>() {}, List.of(Optional.of("a")));
        generic(new Of<Set<Integer>>() {}, Set.of(1, 2));
        generic(new Of<Collection<Item>>() {}, List.of(ITEM));
        generic(new Of<Map<String, Integer>>() {}, Map.of("a", 1));
        generic(new Of<Map<Stock, Integer>>() {}, Map.of(Stock.IN_STOCK, 1));
        generic(new Of<Map<LocalDate, String>>() {}, Map.of(LocalDate.EPOCH, "a"));
        generic(new Of<Map<Integer, String>>() {}, Map.of(1, "a"));
        generic(new Of<Map<String, Object>>() {}, Map.of("a", List.of(1, "b")));
        generic(new Of<SortedMap<String, UUID>>() {}, new TreeMap<>(Map.of("a", UUID.randomUUID())));
        written(new Of<Map.Entry<String, Integer>>() {}.type, Map.entry("a", 1)); // Jackson reads a null in it
        generic(new Of<EnumSet<Color>>() {}, EnumSet.of(Color.RED));
        generic(new Of<EnumMap<Color, String>>() {}, new EnumMap<>(Map.of(Color.RED, "a")));
    }

    private static void optional() {
        generic(new Of<Optional<Item>>() {}, Optional.of(ITEM));
        generic(new Of<AtomicReference<String>>() {}, new AtomicReference<>("a"));
        row(OptionalInt.class, OptionalInt.of(1));
        row(OptionalLong.class, OptionalLong.of(1));
        row(OptionalDouble.class, OptionalDouble.of(1.5));
        row(
                Maybe.class,
                new Maybe(Optional.empty(), OptionalInt.empty(), Optional.empty()),
                new Maybe(Optional.of("a"), OptionalInt.of(1), Optional.of(ITEM)));
        row(Defaults.class, new Defaults(2, "price", Color.GREEN));
        row(Sparse.class, new Sparse(List.of("a"), "b"));
        written(Sparse.class, new Sparse(List.of(), "b"));
        row(SparseOptional.class, new SparseOptional(Optional.empty()), new SparseOptional(Optional.of("a")));
    }

    private static void constants() {
        row(Color.class, Color.RED);
        row(Stock.class, Stock.IN_STOCK, Stock.SOLD_OUT);
        row(Level.class, Level.HIGH);
        row(Named.class, Named.ONE, Named.TWO);
    }

    @SuppressWarnings("deprecation") // one of the types is deprecated, so that its schema is
    private static void records() {
        row(Item.class, ITEM);
        row(Nested.class, new Nested(ITEM, List.of(ITEM), Map.of("a", ITEM)));
        row(Tree.class, new Tree("a", List.of(new Tree("b", List.of()))));
        generic(new Of<Page<Item>>() {}, new Page<>(List.of(ITEM), 1));
        generic(new Of<Page<Page<Item>>>() {}, new Page<>(List.of(new Page<>(List.of(ITEM), 1)), 1));
        generic(new Of<Pair<String, List<Integer>>>() {}, new Pair<>("a", List.of(1)));
        generic(new Of<Pair<Page<String>, Page<Integer>>>() {}, new Pair<>(page("a"), page(1)));
        row(PageOfItems.class, new PageOfItems(page(ITEM)));
        row(Bean.class, new Bean());
        written(ReadOnly.class, new ReadOnly());
        row(Open.class, open());
        row(Blob.class, new Blob(new byte[] {1}, new char[] {'a'}, new int[] {1}));
        row(Old.class, new Old(UUID.randomUUID()));
    }

    private static <T> Page<T> page(T item) {
        return new Page<>(List.of(item), 1);
    }

    private static Open open() {
        var open = new Open();
        open.put("a", 1);
        return open;
    }

    private static void annotated() {
        row(Renamed.class, new Renamed(BigDecimal.ONE, Optional.empty()));
        written(Formatted.class, new Formatted(LocalDate.EPOCH, 1, Color.RED));
        row(Whole.class, new Whole(new Part("a", Optional.empty()), 1));
        row(Prefixed.class, new Prefixed(new Part("a", Optional.of("b"))));
        written(Partial.class, new Partial(ITEM));
        row(Sku.class, new Sku("A-1"));
        row(Amount.class, new Amount(BigDecimal.TEN));
        written(Celsius.class, new Celsius(20.5));
        row(
                Constrained.class,
                new Constrained(
                        "Tea",
                        5,
                        BigDecimal.ONE,
                        "a@example.org",
                        "de",
                        "abc",
                        List.of("a"),
                        Map.of("a", 1),
                        ITEM,
                        Optional.of("a")));
    }

    private static void subtypes() {
        row(Shape.class, new Circle(1), new Square(2, true));
        row(Circle.class, new Circle(1));
        row(Animal.class, new Cat("a", Optional.of(new Dog("b"))), new Dog("c"));
        row(Zoo.class, new Zoo(List.of(new Dog("a")), Map.of("b", new Circle(1))));
        row(Wrapped.class, new Left(1), new Right(2));
        row(Left.class, new Left(1));
        row(Deduced.class, new ByName("a"), new ById(1));
        row(Existing.class, new Known("known", 1));
        written(Outcome.class, new Found(ITEM), new Missing("a"));
    }

    private static void trees() {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("a", 1);
        row(Object.class, "a", 1);
        row(JsonNode.class, object);
        row(ObjectNode.class, object);
        row(ArrayNode.class, JsonNodeFactory.instance.arrayNode().add(1));
        written(ProblemDetail.class, ProblemDetail.of(new NotFoundException("No such item")));
    }
}
