package dev.bistro.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bistro.annotation.Label;
import dev.bistro.http.MediaType;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.types.TypeNames;
import java.io.File;
import java.io.FileInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {
    private final Conversions conversions = new Conversions(new Converters(new Problems()));

    enum Sort {
        UP,
        DOWN,
        Mixed,
        MIXED
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(String.class, "", ""),
                arguments(String.class, " a ", " a "),
                arguments(CharSequence.class, "a", "a"),
                arguments(boolean.class, "true", true),
                arguments(Boolean.class, "false", false),
                arguments(byte.class, "-128", (byte) -128),
                arguments(short.class, "32767", (short) 32767),
                arguments(int.class, "-2147483648", Integer.MIN_VALUE),
                arguments(Integer.class, "007", 7),
                arguments(long.class, "9223372036854775807", Long.MAX_VALUE),
                arguments(float.class, "1.5", 1.5f),
                arguments(double.class, "-1.5e3", -1500.0),
                arguments(Double.class, "3", 3.0),
                arguments(char.class, "x", 'x'),
                arguments(Character.class, " ", ' '),
                arguments(
                        BigInteger.class,
                        "123456789012345678901234567890",
                        new BigInteger("123456789012345678901234567890")),
                arguments(BigDecimal.class, "29.90", new BigDecimal("29.90")),
                arguments(BigDecimal.class, "1e3", new BigDecimal("1e3")),
                arguments(
                        UUID.class,
                        "123E4567-e89b-12d3-a456-426614174000",
                        UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
                arguments(URI.class, "https://example.org/a?b#c", URI.create("https://example.org/a?b#c")),
                arguments(
                        Locale.class,
                        "de-CH",
                        new Locale.Builder().setLanguage("de").setRegion("CH").build()),
                arguments(Sort.class, "UP", Sort.UP),
                arguments(Sort.class, "down", Sort.DOWN),
                arguments(Sort.class, "Mixed", Sort.Mixed),
                arguments(Sort.class, "MIXED", Sort.MIXED),
                arguments(DayOfWeek.class, "Monday", DayOfWeek.MONDAY),
                arguments(Instant.class, "2026-11-24T10:15:30Z", Instant.ofEpochSecond(1795515330)),
                arguments(LocalDate.class, "2026-11-24", LocalDate.of(2026, 11, 24)),
                arguments(LocalTime.class, "10:15", LocalTime.of(10, 15)),
                arguments(LocalDateTime.class, "2026-11-24T10:15:30", LocalDateTime.of(2026, 11, 24, 10, 15, 30)),
                arguments(OffsetTime.class, "10:15+01:00", OffsetTime.of(10, 15, 0, 0, ZoneOffset.ofHours(1))),
                arguments(
                        OffsetDateTime.class,
                        "2026-11-24T10:15:30+01:00",
                        OffsetDateTime.of(2026, 11, 24, 10, 15, 30, 0, ZoneOffset.ofHours(1))),
                arguments(
                        ZonedDateTime.class,
                        "2026-11-24T10:15:30+01:00[Europe/Zurich]",
                        ZonedDateTime.of(2026, 11, 24, 10, 15, 30, 0, ZoneId.of("Europe/Zurich"))),
                arguments(Duration.class, "PT1H30M", Duration.ofMinutes(90)),
                arguments(Period.class, "P1Y2M3D", Period.of(1, 2, 3)),
                arguments(Year.class, "2026", Year.of(2026)),
                arguments(YearMonth.class, "2026-11", YearMonth.of(2026, 11)),
                arguments(MonthDay.class, "--11-24", MonthDay.of(11, 24)),
                arguments(ZoneId.class, "Europe/Zurich", ZoneId.of("Europe/Zurich")),
                arguments(ZoneOffset.class, "+01:00", ZoneOffset.ofHours(1)),
                arguments(MediaType.class, "text/html", MediaType.of("text", "html")));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Class<?> type, String text, Object value) {
        assertEquals(value, conversion(type).convert(text));
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                rejected(boolean.class, "", "TRUE", "1", "yes", " true"),
                rejected(byte.class, "", "128", "-129"),
                rejected(short.class, "", "32768"),
                rejected(
                        int.class,
                        "",
                        "-",
                        "+5",
                        " 5",
                        "5 ",
                        "1e3",
                        "1.0",
                        "0x10",
                        "1_000",
                        "2147483648",
                        "5L",
                        "٣",
                        "--5"),
                rejected(long.class, "", "9223372036854775808", "1L", "9".repeat(100_000)),
                rejected(float.class, "", "1e39", "1f"),
                rejected(
                        double.class,
                        "",
                        " 1",
                        "NaN",
                        "Infinity",
                        "1d",
                        "0x1p3",
                        "1.",
                        ".5",
                        "+1",
                        "1e999",
                        "1e",
                        "1e+"),
                rejected(BigInteger.class, "", "+1", "1.0", "1".repeat(1001)),
                rejected(
                        BigDecimal.class,
                        "",
                        "+1",
                        "1,5",
                        "1e1001",
                        "1e-1001",
                        "1e999999999",
                        "1e2147483648",
                        "1".repeat(1001)),
                rejected(char.class, "", "ab", "📘"),
                rejected(
                        UUID.class,
                        "",
                        "1-1-1-1-1",
                        "123e4567e89b12d3a456426614174000",
                        "123e4567-e89b-12d3-a456-42661417400x",
                        "123456789-e89-12d3-a456-426614174000"),
                rejected(URI.class, "", "a b", "http://[", "%zz"),
                rejected(Locale.class, "", "de_CH", "x", "toolonglanguage"),
                rejected(Sort.class, "", "mixed", "LEFT", " UP", "0"),
                rejected(Instant.class, "", "2026-11-24", "1795515330"),
                rejected(LocalDate.class, "", "24.11.2026", "2026-02-30", "2026-1-1"),
                rejected(LocalTime.class, "", "25:00"),
                rejected(Duration.class, "", "90", "PT99999999999999999999H"),
                rejected(Period.class, "", "P1.5Y"),
                rejected(Year.class, "", "x26"),
                rejected(ZoneId.class, "", "Mars/Olympus", "../../etc"),
                rejected(MediaType.class, "", "text"));
    }

    private static Arguments rejected(Class<?> type, String... texts) {
        return arguments(type, List.of(texts));
    }

    @ParameterizedTest
    @MethodSource
    void rejected(Class<?> type, List<String> texts) {
        Conversion conversion = conversion(type);
        for (String text : texts) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> conversion.convert(text),
                    () -> type + " of '" + text.substring(0, Math.min(50, text.length())) + "'");
        }
    }

    /** No text converts to classes that open files, or to any class that doesn't offer a conversion. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                File.class,
                FileInputStream.class,
                Path.class,
                Object.class,
                List.class,
                byte[].class,
                Number.class
            })
    void findsNothingFor(Class<?> type) {
        assertTrue(conversions.find(type).isEmpty());
    }

    public static class Everything {
        final String by;

        private Everything(String by, String text) {
            this.by = by + " " + text;
        }

        public Everything(String text) {
            this("constructor", text);
        }

        public static Everything fromString(String text) {
            return new Everything("fromString", text);
        }

        public static Everything of(String text) {
            return new Everything("of", text);
        }

        public static Everything parse(CharSequence text) {
            return new Everything("parse", text.toString());
        }
    }

    public static class NoParse {
        public NoParse(String text) {}

        public static String valueOf(String text) {
            return text;
        }

        public NoParse parse(String text) {
            return this;
        }

        static NoParse of(String text) {
            return new NoParse(text);
        }
    }

    public abstract static class Shape {
        public Shape(String text) {}
    }

    public static class Hidden {
        Hidden(String text) {}
    }

    record Sku(String code) {
        Sku {
            if (code.isBlank()) {
                throw new IllegalArgumentException("secret reason");
            }
        }
    }

    @Test
    void takesTheFirstOfTheStaticMethods() {
        Conversion conversion = conversion(Everything.class);
        assertEquals("parse a", ((Everything) conversion.convert("a")).by);
        assertEquals(Conversion.Origin.STATIC_METHOD, conversion.origin());
    }

    @Test
    void passesOverMethodsThatAreNotStaticNotPublicOrGiveAnotherType() {
        assertEquals(Conversion.Origin.CONSTRUCTOR, conversion(NoParse.class).origin());
    }

    @Test
    void passesOverConstructorsThatCannotBeCalled() {
        assertTrue(conversions.find(Shape.class).isEmpty());
        assertTrue(conversions.find(Hidden.class).isEmpty());
    }

    @Test
    void callsTheConstructorOfARecordThatIsNotPublic() {
        assertEquals(new Sku("a"), conversion(Sku.class).convert("a"));
        assertThrows(IllegalArgumentException.class, () -> conversion(Sku.class).convert(" "));
    }

    public static final class Checked {
        public static Checked parse(String text) throws Exception {
            throw text.isEmpty() ? new IllegalStateException("a bug") : new java.text.ParseException(text, 0);
        }
    }

    @Test
    void takesACheckedExceptionForABadValueAndLetsBugsThrough() {
        assertThrows(
                IllegalArgumentException.class, () -> conversion(Checked.class).convert("a"));
        assertThrows(
                IllegalStateException.class, () -> conversion(Checked.class).convert(""));
    }

    @Test
    void namesWhatItExpects() {
        assertEquals("an int", conversion(Integer.class).expected());
        assertEquals("one of UP, DOWN, Mixed, MIXED", conversion(Sort.class).expected());
        assertEquals("a ConversionsTest.Sku", conversion(Sku.class).expected());
        class Outer {}
        assertEquals("an Outer", TypeNames.withArticle(Outer.class));
        assertFalse(conversion(java.time.Month.class).expected().contains("NOVEMBER"));
    }

    private Conversion conversion(Class<?> type) {
        return conversions.find(type).orElseThrow();
    }

    enum Stock {
        @Label("in-stock")
        IN_STOCK,
        @Label("sold-out")
        SOLD_OUT,
        UNKNOWN
    }

    @Test
    void enumsByLabelOrName() {
        class StockController {
            void find(List<Stock> stock) {}
        }
        assertEquals(
                List.of(List.of(Stock.IN_STOCK, Stock.IN_STOCK, Stock.SOLD_OUT, Stock.UNKNOWN)),
                Bindings.bind(
                        StockController.class,
                        MockRequest.get("/?stock=in-stock&stock=IN_STOCK&stock=Sold-Out&stock=unknown")));
        assertEquals(
                "expected one of in-stock, sold-out, UNKNOWN, but was \"gone\"",
                Bindings.rejection(StockController.class, MockRequest.get("/?stock=gone"))
                        .errors()
                        .get(0)
                        .detail());
    }
}
