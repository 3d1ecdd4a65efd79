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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The types of settings that are written as one text. Primitives are handled like their wrappers. */
final class SettingTypes {
    private static final Map<Class<?>, SettingType> TABLE = Map.ofEntries(
            Map.entry(String.class, SettingType.of("a text", Form.TEXT)),
            Map.entry(Secret.class, SettingType.secret("a secret, not empty", Form.SECRET)),
            Map.entry(Boolean.class, SettingType.of("true or false", Form.BOOLEAN)),
            Map.entry(Short.class, SettingType.wholeNumber(Short.MIN_VALUE, Short.MAX_VALUE, Form.SHORT)),
            Map.entry(Integer.class, SettingType.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE, Form.INTEGER)),
            Map.entry(Long.class, SettingType.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE, Form.LONG)),
            Map.entry(Double.class, SettingType.of("a number", Form.DOUBLE)),
            Map.entry(BigDecimal.class, SettingType.of("a number", Form.DECIMAL)),
            Map.entry(Duration.class, SettingType.of("a duration such as 500ms, 30s, 5m or PT1H30M", Form.DURATION)),
            Map.entry(ByteSize.class, SettingType.of("a size such as 64KiB or 10MB", Form.SIZE)),
            Map.entry(URI.class, SettingType.of("a URI", Form.URI)),
            Map.entry(Path.class, SettingType.of("a path", Form.PATH)),
            Map.entry(Charset.class, SettingType.of("a character encoding such as UTF-8", Form.CHARSET)),
            Map.entry(ZoneId.class, SettingType.of("a time zone such as Europe/Zurich", Form.ZONE)),
            Map.entry(LocalDate.class, SettingType.of("a date such as 2026-11-24", Form.DATE)),
            Map.entry(LocalTime.class, SettingType.of("a time such as 10:15", Form.TIME)),
            Map.entry(UUID.class, SettingType.of("a UUID", Form.UUID)));

    /** How each of them is read. One class for all: a lambda for each row would be made at every start. */
    private enum Form implements Function<String, Object> {
        TEXT,
        SECRET,
        BOOLEAN,
        SHORT,
        INTEGER,
        LONG,
        DOUBLE,
        DECIMAL,
        DURATION,
        SIZE,
        URI,
        PATH,
        CHARSET,
        ZONE,
        DATE,
        TIME,
        UUID;

        @Override
        public Object apply(String text) {
            return switch (this) {
                case TEXT -> text;
                case SECRET -> Secret.of(text);
                case BOOLEAN -> parseBoolean(text);
                case SHORT -> Short.valueOf(text);
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case DOUBLE -> parseDouble(text);
                case DECIMAL -> new BigDecimal(text);
                case DURATION -> parseDuration(text);
                case SIZE -> ByteSize.parse(text);
                case URI -> parseUri(text);
                case PATH -> parsePath(text);
                case CHARSET -> Charset.forName(text);
                case ZONE -> ZoneId.of(text);
                case DATE -> LocalDate.parse(text);
                case TIME -> LocalTime.parse(text);
                case UUID -> java.util.UUID.fromString(text);
            };
        }
    }

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
        for (Object constant : type.getEnumConstants()) {
            constants.put(word(((Enum<?>) constant).name()), constant);
        }
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
