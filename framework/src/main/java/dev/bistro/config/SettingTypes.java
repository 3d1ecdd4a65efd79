package dev.bistro.config;

import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The types of settings that are written as one text. Primitives are handled like their wrappers. */
final class SettingTypes {
    private static final Map<Class<?>, SettingType> TABLE = Map.ofEntries(
            Map.entry(String.class, SettingType.of("a text", text -> text)),
            Map.entry(Secret.class, SettingType.secret("a secret, not empty", Secret::of)),
            Map.entry(Boolean.class, SettingType.of("true or false", SettingTypes::parseBoolean)),
            Map.entry(Short.class, SettingType.wholeNumber(Short.MIN_VALUE, Short.MAX_VALUE, Short::valueOf)),
            Map.entry(Integer.class, SettingType.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE, Integer::valueOf)),
            Map.entry(Long.class, SettingType.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE, Long::valueOf)),
            Map.entry(Double.class, SettingType.of("a number", SettingTypes::parseDouble)),
            Map.entry(BigDecimal.class, SettingType.of("a number", BigDecimal::new)),
            Map.entry(
                    Duration.class,
                    SettingType.of("a duration such as 500ms, 30s, 5m or PT1H30M", SettingTypes::parseDuration)),
            Map.entry(ByteSize.class, SettingType.of("a size such as 64KiB or 10MB", ByteSize::parse)),
            Map.entry(URI.class, SettingType.of("a URI", SettingTypes::parseUri)),
            Map.entry(Path.class, SettingType.of("a path", SettingTypes::parsePath)),
            Map.entry(Charset.class, SettingType.of("a character encoding such as UTF-8", Charset::forName)),
            Map.entry(ZoneId.class, SettingType.of("a time zone such as Europe/Zurich", ZoneId::of)),
            Map.entry(LocalDate.class, SettingType.of("a date such as 2026-11-24", LocalDate::parse)),
            Map.entry(LocalTime.class, SettingType.of("a time such as 10:15", LocalTime::parse)),
            Map.entry(UUID.class, SettingType.of("a UUID", UUID::fromString)));

    /** All types, for a message. */
    static final String NAMES =
            "texts, Secret, boolean, numbers, Duration, ByteSize, URI, Path, Charset, ZoneId, LocalDate, LocalTime,"
                    + " UUID, enums, records of them, List, Set or Optional of any of these, and Map by key";

    private SettingTypes() {}

    static Optional<SettingType> of(Type type) {
        if (!(type instanceof Class<?> primitiveOrClass)) {
            return Optional.empty();
        }
        Class<?> wrapped = MethodType.methodType(primitiveOrClass).wrap().returnType();
        return wrapped.isEnum() ? Optional.of(enumType(wrapped)) : Optional.ofNullable(TABLE.get(wrapped));
    }

    private static SettingType enumType(Class<?> type) {
        var constants = new LinkedHashMap<String, Object>();
        Arrays.stream(type.getEnumConstants()).forEach(c -> constants.put(word(((Enum<?>) c).name()), c));
        return SettingType.of("one of " + String.join(", ", constants.keySet()), text -> {
            Object constant = constants.get(word(text));
            if (constant == null) {
                throw new IllegalArgumentException(text);
            }
            return constant;
        });
    }

    /** {@code same-site} for {@code SAME_SITE}. */
    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean parseBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static double parseDouble(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    /** Refuses control characters: a tab or a line feed in a path was a backslash and a letter in the file. */
    private static Path parsePath(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    }

    private static URI parseUri(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Empty");
        }
        return URI.create(text);
    }

    private static Duration parseDuration(String text) {
        if (text.startsWith("P")) {
            return notNegative(Duration.parse(text));
        }
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        long number = Long.parseLong(text.substring(0, end));
        return switch (text.substring(end)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration notNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(duration.toString());
        }
        return duration;
    }
}
