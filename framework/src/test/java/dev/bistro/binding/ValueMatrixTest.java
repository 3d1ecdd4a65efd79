package dev.bistro.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Label;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.InvalidValue;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
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

        public static Colour of(String text) {
            if (!text.startsWith("#")) {
                throw new IllegalArgumentException(text);
            }
            return new Colour(text.substring(1));
        }
    }

    /** The types, each as a field of what it holds. */
    @SuppressWarnings("unused")
    static class Types {
        String text;
        Optional<String> textOptional;
        List<String> textMany;
        boolean bool;
        Optional<Boolean> boolOptional;
        List<Boolean> boolMany;
        char character;
        Optional<Character> characterOptional;
        Set<Character> characterMany;
        byte small;
        Optional<Byte> smallOptional;
        List<Byte> smallMany;
        long whole;
        Optional<Long> wholeOptional;
        long[] wholeMany;
        double real;
        Optional<Double> realOptional;
        List<Double> realMany;
        BigDecimal decimal;
        Optional<BigDecimal> decimalOptional;
        List<BigDecimal> decimalMany;
        BigInteger big;
        Optional<BigInteger> bigOptional;
        BigInteger[] bigMany;
        Stock stock;
        Optional<Stock> stockOptional;
        Set<Stock> stockMany;
        UUID uuid;
        Optional<UUID> uuidOptional;
        List<UUID> uuidMany;
        URI uri;
        Optional<URI> uriOptional;
        List<URI> uriMany;
        Locale locale;
        Optional<Locale> localeOptional;
        List<Locale> localeMany;
        LocalDate date;
        Optional<LocalDate> dateOptional;
        List<LocalDate> dateMany;
        Instant instant;
        Optional<Instant> instantOptional;
        List<Instant> instantMany;
        Duration duration;
        Optional<Duration> durationOptional;
        List<Duration> durationMany;
        Sku sku;
        Optional<Sku> skuOptional;
        List<Sku> skuMany;
        Colour colour;
        Optional<Colour> colourOptional;
        List<Colour> colourMany;
    }

    /** A text that makes a value, another, and one that makes none (empty, if any does). */
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry("text", List.of("one", "two", "")),
            Map.entry("bool", List.of("true", "false", "yes")),
            Map.entry("character", List.of("a", "b", "ab")),
            Map.entry("small", List.of("-128", "127", "128")),
            Map.entry("whole", List.of("9223372036854775807", "-1", "1.5")),
            Map.entry("real", List.of("1.5", "-2.0", "NaN")),
            Map.entry("decimal", List.of("29.90", "0.1", "1.5.1")),
            Map.entry("big", List.of("123456789012345678901234567890", "1", "0x1")),
            Map.entry("stock", List.of("in-stock", "sold_out", "gone")),
            Map.entry(
                    "uuid",
                    List.of(
                            "123e4567-e89b-12d3-a456-426614174000",
                            "00000000-0000-0000-0000-000000000001",
                            "1-1-1-1-1")),
            Map.entry("uri", List.of("https://example.org/a", "mailto:a@example.org", ":")),
            Map.entry("locale", List.of("de-CH", "en", "not_a_tag!")),
            Map.entry("date", List.of("2026-11-24", "2024-02-29", "24.11.2026")),
            Map.entry("instant", List.of("2026-11-24T10:15:30Z", "1970-01-01T00:00:00Z", "2026-11-24")),
            Map.entry("duration", List.of("PT1H30M", "PT1S", "1h")),
            Map.entry("sku", List.of("a-1", "b-2", "bad")),
            Map.entry("colour", List.of("#red", "#blue", "red")));

    /** A source, and a request that has these texts there. */
    private record Carriage(Source source, BiFunction<MockRequest.Builder, String, MockRequest.Builder> carrier) {
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
            return texts.isEmpty() ? "" : "?v=" + String.join("&v=", texts).replace("#", "%23");
        }
    }

    private static final List<Carriage> CARRIAGES = List.of(
            new Carriage(new QuerySource("v"), (request, text) -> request),
            new Carriage(new FormSource("v"), (request, text) -> request),
            new Carriage(new HeaderSource("v"), (request, text) -> request.header("v", text)),
            new Carriage(new CookieSource("v"), (request, text) -> request),
            new Carriage(new PathSource("v"), (request, text) -> request.pathParam("v", text)));

    @TestFactory
    Stream<DynamicTest> values() {
        return CARRIAGES.stream()
                .flatMap(carriage -> Arrays.stream(Types.class.getDeclaredFields())
                        .filter(field -> !field.isSynthetic())
                        .map(field -> DynamicTest.dynamicTest(
                                field.getName() + " in " + carriage.source().in(), () -> check(field, carriage))));
    }

    private static void check(Field field, Carriage carriage) {
        String name = field.getName().replaceFirst("(Optional|Many)$", "");
        List<String> texts = TEXTS.get(name);
        ParameterBinder binder = binder(field.getGenericType(), carriage.source());
        boolean optional = field.getName().endsWith("Optional");
        boolean many = field.getName().endsWith("Many");
        boolean path = carriage.source().in() == InvalidValue.In.PATH;

        assertEquals(
                optional ? "Optional.empty" : many ? "[]" : "missing", outcome(binder, carriage.request(List.of())));
        if (!texts.get(2).isEmpty()) {
            assertEquals("bad", outcome(binder, carriage.request(List.of(texts.get(2)))));
        }
        if (!path && !name.equals("text") && !name.equals("sku")) {
            // A list field has no empty elements (RFC 9110, section 5.6.1).
            boolean none = many && carriage.source().in() == InvalidValue.In.HEADER;
            assertEquals(none ? "[]" : "bad", outcome(binder, carriage.request(List.of(""))));
        }
        String one = value(name, texts.get(0));
        assertEquals(
                optional ? "Optional[" + one + "]" : many ? "[" + one + "]" : one,
                outcome(binder, carriage.request(List.of(texts.get(0)))));
        if (!path) {
            String two = value(name, texts.get(1));
            assertEquals(
                    optional ? "Optional[" + one + "]" : many ? "[" + one + ", " + two + "]" : one,
                    outcome(binder, carriage.request(texts.subList(0, 2))));
            if (many && !texts.get(2).isEmpty()) {
                assertEquals("bad", outcome(binder, carriage.request(List.of(texts.get(0), texts.get(2)))));
            }
        }
    }

    /** What a value looks like, where that isn't its text. */
    private static String value(String name, String text) {
        return switch (name) {
            case "stock" -> text.equals("in-stock") ? "IN_STOCK" : "SOLD_OUT";
            case "locale" -> text.replace('-', '_');
            case "sku" -> "Sku[text=" + text + "]";
            case "colour" -> "Colour[name=" + text.substring(1) + "]";
            default -> text;
        };
    }

    private static ParameterBinder binder(Type type, Source source) {
        var problems = new Problems();
        var converters = new Converters(problems);
        converters.add(SkuConverter.class, new SkuConverter(), Place.of(SkuConverter.class));
        var point = new BindingPoint("v", true, type, Types.class, List.of());
        ParameterBinder binder = new ValueRule(new Conversions(converters), problems).create(source, point);
        assertTrue(problems.isEmpty(), problems.found()::toString);
        return binder;
    }

    static final class SkuConverter implements dev.bistro.http.Converter<Sku> {
        @Override
        public Sku convert(String text) {
            if (text.equals("bad")) {
                throw new IllegalArgumentException(text);
            }
            return new Sku(text);
        }
    }

    private static String outcome(ParameterBinder binder, MockRequest request) {
        var faults = new Faults();
        Object value = binder.bind(request, faults);
        try {
            faults.throwIfAny();
        } catch (BadRequestException e) {
            assertEquals(1, e.errors().size());
            return e.errors().get(0).detail().equals("required, but missing") ? "missing" : "bad";
        }
        return value instanceof long[] longs
                ? Arrays.toString(longs)
                : value instanceof Object[] objects ? Arrays.toString(objects) : value.toString();
    }
}
