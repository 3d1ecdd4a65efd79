package dev.bistro.openapi.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the schema of a single value says beyond its kind: the format of a {@code long} is {@code int64}. Formats are
 * those of JSON Schema and of the OpenAPI format registry. A time without seconds' offset is no {@code time} there, so
 * it is {@code time-local}.
 *
 * @see <a href="https://spec.openapis.org/registry/format/">OpenAPI format registry</a>
 */
final class ScalarSchemas {
    /** The kind of JSON value. */
    enum Kind {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN;

        String type() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Usual(Kind kind, Map<String, Object> more) {}

    private static final Map<Class<?>, Usual> USUAL = new HashMap<>();

    static {
        put(Kind.BOOLEAN, Trees.of(), boolean.class, Boolean.class, AtomicBoolean.class);
        put(Kind.INTEGER, range(Byte.MIN_VALUE, Byte.MAX_VALUE), byte.class, Byte.class);
        put(Kind.INTEGER, range(Short.MIN_VALUE, Short.MAX_VALUE), short.class, Short.class);
        put(Kind.INTEGER, format("int32"), int.class, Integer.class, AtomicInteger.class, OptionalInt.class);
        put(Kind.INTEGER, format("int64"), long.class, Long.class, AtomicLong.class, OptionalLong.class);
        put(Kind.INTEGER, Trees.of(), BigInteger.class, Year.class);
        put(Kind.NUMBER, format("float"), float.class, Float.class);
        put(Kind.NUMBER, format("double"), double.class, Double.class, OptionalDouble.class);
        put(Kind.NUMBER, Trees.of(), BigDecimal.class, Number.class);
        put(Kind.STRING, Trees.of("minLength", 1, "maxLength", 1), char.class, Character.class);
        put(Kind.STRING, format("uuid"), UUID.class);
        put(Kind.STRING, format("uri-reference"), URI.class);
        put(Kind.STRING, format("uri"), URL.class);
        put(Kind.STRING, format("date"), LocalDate.class);
        put(Kind.STRING, format("time-local"), LocalTime.class);
        put(Kind.STRING, format("date-time-local"), LocalDateTime.class);
        put(Kind.STRING, format("date-time"), Instant.class, OffsetDateTime.class, ZonedDateTime.class);
        put(Kind.STRING, format("date-time"), Date.class, Calendar.class, GregorianCalendar.class);
        put(Kind.STRING, format("duration"), Duration.class, Period.class);
        put(Kind.STRING, Trees.of("pattern", "^[+-]?\\d{4,9}-\\d{2}$"), YearMonth.class);
        put(Kind.STRING, Trees.of("pattern", "^--\\d{2}-\\d{2}$"), MonthDay.class);
    }

    private ScalarSchemas() {}

    private static void put(Kind kind, Map<String, Object> more, Class<?>... types) {
        for (Class<?> type : types) {
            USUAL.put(type, new Usual(kind, more));
        }
    }

    private static Map<String, Object> format(String format) {
        return Trees.of("format", format);
    }

    private static Map<String, Object> range(int minimum, int maximum) {
        return Trees.of("minimum", minimum, "maximum", maximum);
    }

    /**
     * The schema of a type's values that are of a kind. If that isn't the usual one, such as a number that is written
     * as a string, nothing more is said of it.
     */
    static Map<String, Object> of(Kind kind, Class<?> type) {
        Map<String, Object> schema = Trees.of("type", kind.type());
        Usual usual = USUAL.get(type);
        if (usual != null && usual.kind == kind) {
            schema.putAll(usual.more);
        }
        return schema;
    }

    /** The schema of a text that is converted to a type, as in a query string: that of its usual kind. */
    static Map<String, Object> ofText(Class<?> type) {
        Usual usual = USUAL.get(type);
        if (usual == null) {
            return Trees.of("type", Kind.STRING.type());
        }
        return new LinkedHashMap<>(of(usual.kind, type));
    }

    /** The kind that values of a type usually have; that of a string if nothing is known. */
    static Kind kind(Class<?> type) {
        Usual usual = USUAL.get(type);
        return usual == null ? Kind.STRING : usual.kind;
    }

    /** Whether a type is an optional number, which may be null. */
    static boolean isOptionalNumber(Class<?> type) {
        return type == OptionalInt.class || type == OptionalLong.class || type == OptionalDouble.class;
    }
}
