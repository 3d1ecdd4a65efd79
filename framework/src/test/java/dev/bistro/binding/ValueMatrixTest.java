package dev.bistro.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Label;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.InvalidValue;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.text.ParseException;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every type of value, held as one, as one or none, and as many, from every source: absent, empty, bad, one, many. */
class ValueMatrixTest {
    enum Stock {
        @Label("in-stock")
        IN_STOCK,
        SOLD_OUT
    }

    record Sku(String text) {}

    record Colour(String name) {
        static Colour parse(String text) {
            return new Colour(text);
        }

        public static Colour of(String text) throws ParseException {
            if (text.equals("Parse")) {
                throw new ParseException(text, 0);
            }
            throwIfTold(text);
            if (!text.startsWith("#")) {
                throw new IllegalArgumentException(text);
            }
            return new Colour(text.substring(1));
        }
    }

    /** Has only a constructor, which throws what the text makes it throw; as do the methods of {@link Colour}. */
    public static final class Shelf {
        private final int number;

        public Shelf(String text) {
            number = Integer.parseInt(text.substring(1, 3)) / Integer.parseInt(text.substring(3));
        }

        @Override
        public String toString() {
            return "Shelf " + number;
        }
    }

    /** A type, two texts that make a value each, what the values look like, and texts that are rejected. */
    private record Row(Class<?> type, List<String> texts, List<String> shown, List<String> bad) {
        Row(Class<?> type, String one, String two, String... bad) {
            this(type, List.of(one, two), List.of(one, two), List.of(bad));
        }

        Row shown(String one, String two) {
            return new Row(type, texts, List.of(one, two), bad);
        }

        boolean isText() {
            return type == String.class || type == CharSequence.class;
        }
    }

    private static final String HUGE = "9".repeat(999);

    private static final List<Row> ROWS = List.of(
            new Row(String.class, "one", "two"),
            new Row(CharSequence.class, "one", "two"),
            new Row(boolean.class, "true", "false", "yes", "TRUE", "1"),
            new Row(Boolean.class, "true", "false", "yes", HUGE),
            new Row(char.class, "a", "b", "ab"),
            new Row(Character.class, "a", "b", "ab"),
            new Row(byte.class, "-128", "127", "128", "1.0", HUGE),
            new Row(Byte.class, "-128", "127", "128"),
            new Row(short.class, "-32768", "32767", "32768", HUGE),
            new Row(Short.class, "-32768", "32767", "x"),
            new Row(int.class, "-2147483648", "2147483647", "2147483648", "-", HUGE, "0x1"),
            new Row(Integer.class, "1", "2", "--1"),
            new Row(long.class, "9223372036854775807", "-1", "1.5", "9223372036854775808", HUGE),
            new Row(Long.class, "1", "2", "1L"),
            new Row(float.class, "1.5", "-2.0", "NaN", "1e999999999", "Infinity"),
            new Row(Float.class, "1.5", "-2.0", "1e39"),
            new Row(double.class, "1.5", "-2.0", "NaN", "1e400", "1.5d", "1e9999999999"),
            new Row(Double.class, "1.5", "-2.0", "-Infinity"),
            new Row(BigDecimal.class, "29.90", "0.1", "1.5.1", "1e999999999", "1e-999999999", "9".repeat(1001)),
            new Row(BigInteger.class, HUGE, "1", "0x1", "9".repeat(1001)),
            new Row(Stock.class, "in-stock", "sold_out", "gone", HUGE).shown("IN_STOCK", "SOLD_OUT"),
            new Row(
                    UUID.class,
                    "123e4567-e89b-12d3-a456-426614174000",
                    "00000000-0000-0000-0000-000000000001",
                    "1-1-1-1-1",
                    "-".repeat(36),
                    "z".repeat(36)),
            new Row(URI.class, "https://example.org/a", "mailto:a@example.org", ":", "http://[", "a b"),
            new Row(Locale.class, "de-CH", "en", "not_a_tag!", "de-".repeat(300)).shown("de_CH", "en"),
            new Row(LocalDate.class, "2026-11-24", "2024-02-29", "24.11.2026", "2026-02-29", "+9999999999-01-01"),
            new Row(LocalTime.class, "10:15:30", "00:00", "24:00", "10"),
            new Row(
                    LocalDateTime.class,
                    "2026-11-24T10:15:30",
                    "2024-02-29T00:00",
                    "2026-11-24",
                    "+9999999999-01-01T00:00"),
            new Row(OffsetTime.class, "10:15:30+01:00", "00:00Z", "10:15:30", "10:15:30+19:00"),
            new Row(OffsetDateTime.class, "2026-11-24T10:15:30+01:00", "2024-02-29T00:00Z", "2026-11-24T10:15:30", "x"),
            new Row(
                    ZonedDateTime.class,
                    "2026-11-24T10:15:30+01:00[Europe/Zurich]",
                    "2024-02-29T00:00Z",
                    "2026-11-24T10:15:30+01:00[Europe/Nowhere]",
                    "x"),
            new Row(
                    Instant.class,
                    "2026-11-24T10:15:30Z",
                    "1970-01-01T00:00:00Z",
                    "2026-11-24",
                    "+9999999999-01-01T00:00:00Z"),
            new Row(
                    Duration.class,
                    "PT1H30M",
                    "PT1S",
                    "1h",
                    "PT" + HUGE + "S",
                    "P106751991167301D",
                    "PT9223372036854775807M"),
            new Row(
                    Period.class,
                    "P1Y2M3D",
                    "P1D",
                    "1 day",
                    "P306783379W",
                    "P-306783379W",
                    "P2147483648D",
                    "P306783378W2D",
                    "P" + HUGE + "Y"),
            new Row(Year.class, "2026", "1970", "MMXXVI", "9999999999"),
            new Row(YearMonth.class, "2026-11", "2024-02", "2026-13", "+9999999999-01"),
            new Row(MonthDay.class, "--11-24", "--02-29", "11-24", "--02-30"),
            new Row(ZoneId.class, "Europe/Zurich", "Z", "Europe/Nowhere", "+99:00", "~"),
            new Row(ZoneOffset.class, "+01:00", "Z", "+19:00", "Europe/Zurich"),
            new Row(DayOfWeek.class, "monday", "SUNDAY", "someday").shown("MONDAY", "SUNDAY"),
            new Row(Sku.class, "a-1", "b-2", "bad", "Arithmetic", "Date", "Index", "Missing")
                    .shown("Sku[text=a-1]", "Sku[text=b-2]"),
            new Row(Colour.class, "#red", "#blue", "red", "Arithmetic", "Date", "Index", "Missing", "Parse")
                    .shown("Colour[name=red]", "Colour[name=blue]"),
            new Row(Shelf.class, "s063", "s082", "s", "s100", "sxx1", "s12x").shown("Shelf 2", "Shelf 4"));

    /** How a type's values are held. */
    private enum Hold {
        ONE,
        DEFAULT,
        OPTIONAL,
        LIST,
        SET,
        ARRAY;

        Type of(Class<?> type) {
            Class<?> boxed = MethodType.methodType(type).wrap().returnType();
            return switch (this) {
                case ONE, DEFAULT -> type;
                case OPTIONAL -> new Generic(Optional.class, boxed);
                case LIST -> new Generic(List.class, boxed);
                case SET -> new Generic(Set.class, boxed);
                case ARRAY -> type.arrayType();
            };
        }

        boolean isMany() {
            return ordinal() >= LIST.ordinal();
        }
    }

    private record Generic(Class<?> raw, Class<?> argument) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {argument};
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }

    /** The annotations of a parameter: a default, or none. */
    private record Written(Optional<String> text) implements AnnotatedElement {
        @Override
        public Annotation[] getAnnotations() {
            return text.map(Written::annotation).stream().toArray(Annotation[]::new);
        }

        private static Annotation annotation(String text) {
            return new DefaultValue() {
                @Override
                public String value() {
                    return text;
                }

                @Override
                public Class<? extends Annotation> annotationType() {
                    return DefaultValue.class;
                }
            };
        }

        @Override
        public <A extends Annotation> A getAnnotation(Class<A> type) {
            return Arrays.stream(getAnnotations())
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Annotation[] getDeclaredAnnotations() {
            return getAnnotations();
        }
    }

    /** A source, and a request that has these texts there. */
    private record Carriage(ValueSource source, BiFunction<MockRequest.Builder, String, MockRequest.Builder> carrier) {
        MockRequest request(List<String> texts) {
            var request = MockRequest.get("/" + (source.in() == InvalidValue.In.QUERY ? query(texts) : ""));
            if (source.in() == InvalidValue.In.FORM) {
                return form(texts);
            }
            if (source.in() == InvalidValue.In.COOKIE && !texts.isEmpty()) {
                return request.header("Cookie", "v=" + String.join("; v=", texts))
                        .build();
            }
            texts.forEach(text -> carrier.apply(request, text));
            return request.build();
        }

        private static MockRequest form(List<String> texts) {
            var bindings = new Bindings();
            class Taker {
                void take(@dev.bistro.annotation.FormParam Map<String, List<String>> all) {}
            }
            MockRequest request = MockRequest.post("/")
                    .text("application/x-www-form-urlencoded", query(texts).replaceFirst("^\\?", ""))
                    .build();
            bindings.binder(Taker.class, request.method(), "/").bind(request);
            return request;
        }

        private static String query(List<String> texts) {
            return texts.isEmpty()
                    ? ""
                    : "?v=" + String.join("&v=", texts).replace("#", "%23").replace("+", "%2B");
        }
    }

    private static final List<Carriage> CARRIAGES = List.of(
            new Carriage(ParameterSource.QUERY.named("v"), (request, text) -> request),
            new Carriage(ParameterSource.FORM.named("v"), (request, text) -> request),
            new Carriage(ParameterSource.HEADER.named("v"), (request, text) -> request.header("v", text)),
            new Carriage(ParameterSource.COOKIE.named("v"), (request, text) -> request),
            new Carriage(ParameterSource.PATH.named("v"), (request, text) -> request.pathParam("v", text)));

    @TestFactory
    Stream<DynamicTest> values() {
        return CARRIAGES.stream()
                .flatMap(carriage -> ROWS.stream()
                        .flatMap(row -> Arrays.stream(Hold.values())
                                .filter(hold -> row.type != byte.class || hold != Hold.ARRAY) // content as a whole
                                .map(hold -> DynamicTest.dynamicTest(
                                        hold + " " + row.type.getSimpleName() + " in "
                                                + carriage.source().in(),
                                        () -> check(row, hold, carriage)))));
    }

    private static void check(Row row, Hold hold, Carriage carriage) {
        InvalidValue.In in = carriage.source().in();
        ParameterBinder binder = binder(row, hold, carriage.source());
        boolean isCheckbox = row.type == boolean.class && in == InvalidValue.In.FORM;
        String absent = switch (hold) {
            case ONE -> isCheckbox ? "false" : "missing";
            case DEFAULT -> row.shown.get(1);
            case OPTIONAL -> "Optional.empty";
            default -> "[]";
        };
        assertEquals(absent, outcome(binder, carriage.request(List.of())));
        boolean keepsBlank = row.isText() && !(hold.isMany() && in == InvalidValue.In.HEADER);
        assertEquals(keepsBlank ? held("", hold) : absent, outcome(binder, carriage.request(List.of(""))));
        if (!row.isText() && row.type != char.class && row.type != Character.class) {
            assertEquals(absent, outcome(binder, carriage.request(List.of(" "))));
        }
        for (String bad : row.bad) {
            assertEquals("bad", outcome(binder, carriage.request(List.of(bad))), bad);
        }
        String one = row.shown.get(0);
        String two = row.shown.get(1);
        assertEquals(held(one, hold), outcome(binder, carriage.request(List.of(row.texts.get(0)))));
        if (in == InvalidValue.In.PATH) {
            return;
        }
        assertEquals(held(hold.isMany() ? one + ", " + two : one, hold), outcome(binder, carriage.request(row.texts)));
        if (!row.isText()) {
            var withBlank = List.of("", row.texts.get(0), "");
            assertEquals(held(one, hold), outcome(binder, carriage.request(withBlank)));
        }
        if (hold.isMany() && !row.bad.isEmpty()) {
            assertEquals("bad", outcome(binder, carriage.request(List.of(row.texts.get(0), row.bad.get(0)))));
        }
    }

    private static String held(String shown, Hold hold) {
        return hold == Hold.OPTIONAL ? "Optional[" + shown + "]" : hold.isMany() ? "[" + shown + "]" : shown;
    }

    private static ParameterBinder binder(Row row, Hold hold, ValueSource source) {
        var problems = new Problems();
        var converters = new Converters(problems);
        converters.add(SkuConverter.class, new SkuConverter(), Place.of(SkuConverter.class));
        var conversions = new Conversions(converters);
        Type type = hold.of(row.type);
        var written = new Written(hold == Hold.DEFAULT ? Optional.of(row.texts.get(1)) : Optional.empty());
        var point = new BindingPoint("v", true, type, written, List.of());
        ParameterBinder binder = new ValueRule(conversions, problems).create(source, point);
        assertTrue(problems.isEmpty(), problems.found()::toString);
        return binder;
    }

    static final class SkuConverter implements dev.bistro.http.Converter<Sku> {
        @Override
        public Sku convert(String text) {
            throwIfTold(text);
            if (text.equals("bad")) {
                throw new IllegalArgumentException(text);
            }
            return new Sku(text);
        }
    }

    /** Exceptions of code that makes a value without checking the text first. */
    private static void throwIfTold(String text) {
        switch (text) {
            case "Arithmetic" -> Math.toIntExact(Long.MAX_VALUE);
            case "Date" -> LocalDate.parse(text);
            case "Index" -> text.split("-")[1].length();
            case "Missing" -> Optional.empty().orElseThrow();
            default -> {
                return;
            }
        }
    }

    private static String outcome(ParameterBinder binder, MockRequest request) {
        var faults = new BindingFaults();
        Object value = binder.bind(request, faults);
        try {
            faults.throwIfAny();
        } catch (BadRequestException e) {
            assertEquals(1, e.errors().size());
            return e.errors().get(0).detail().equals("required, but missing") ? "missing" : "bad";
        }
        return value.getClass().isArray() ? shown(value) : value.toString();
    }

    private static String shown(Object array) {
        return IntStream.range(0, Array.getLength(array))
                .mapToObj(i -> Array.get(array, i).toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
