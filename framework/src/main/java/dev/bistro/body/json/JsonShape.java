package dev.bistro.body.json;

import dev.bistro.body.Labels;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A Java type as the sender of JSON knows it: {@code long} is "a whole number", a record "an object".
 *
 * @param kind the kind of JSON value
 * @param words what such a value looks like, to stand after "expected"
 */
record JsonShape(Kind kind, String words) {
    /** The kinds of JSON values, with the words for them. */
    enum Kind {
        BOOLEAN("true or false"),
        NUMBER("a number"),
        STRING("a string"),
        ARRAY("an array"),
        OBJECT("an object");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final Map<Class<?>, JsonShape> KNOWN = new HashMap<>();

    static {
        put(Kind.BOOLEAN, Kind.BOOLEAN.words, boolean.class, Boolean.class);
        put(Kind.NUMBER, "a whole number", byte.class, Byte.class, short.class, Short.class, int.class, Integer.class);
        put(Kind.NUMBER, "a whole number", long.class, Long.class, BigInteger.class, Year.class);
        put(Kind.NUMBER, Kind.NUMBER.words, float.class, Float.class, double.class, Double.class);
        put(Kind.NUMBER, Kind.NUMBER.words, BigDecimal.class, Number.class);
        put(Kind.STRING, Kind.STRING.words, String.class, CharSequence.class);
        put(Kind.STRING, "a string of one character", char.class, Character.class);
        put(Kind.STRING, "a string in Base64", byte[].class);
        put(Kind.STRING, "a UUID", UUID.class);
        put(Kind.STRING, "a URI", URI.class);
        put(Kind.STRING, "a date like \"2026-11-24\"", LocalDate.class);
        put(Kind.STRING, "a time like \"09:30:00\"", LocalTime.class);
        put(Kind.STRING, "a date and time like \"2026-11-24T09:30:00\"", LocalDateTime.class);
        String withOffset = "a date and time with its offset, like \"2026-11-24T09:30:00Z\"";
        put(Kind.STRING, withOffset, Instant.class, OffsetDateTime.class, ZonedDateTime.class);
        put(Kind.STRING, "a month like \"2026-11\"", YearMonth.class);
        put(Kind.STRING, "a duration like \"PT1H30M\"", Duration.class);
        put(Kind.STRING, "a period like \"P1Y2M\"", Period.class);
    }

    private static void put(Kind kind, String words, Class<?>... types) {
        for (Class<?> type : types) {
            KNOWN.put(type, new JsonShape(kind, words));
        }
    }

    /** The shape of values of a type: {@code of(int.class).words()} is {@code "a whole number"}. */
    static JsonShape of(Class<?> type) {
        JsonShape known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        if (type.isEnum()) {
            return new JsonShape(Kind.STRING, "one of " + constants(type));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return new JsonShape(Kind.ARRAY, Kind.ARRAY.words);
        }
        // Other types of the JDK, such as Locale and Currency, are strings in JSON.
        boolean text = type.getName().startsWith("java.") && type != Object.class && !Map.class.isAssignableFrom(type);
        return text ? new JsonShape(Kind.STRING, "another text") : new JsonShape(Kind.OBJECT, Kind.OBJECT.words);
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> '"' + Labels.of((Enum<?>) constant) + '"')
                .collect(Collectors.joining(", "));
    }
}
