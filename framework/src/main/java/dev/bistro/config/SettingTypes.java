package dev.bistro.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types that a setting can have: how each is read, and what it is called in a message. */
final class SettingTypes {
    /** A type: {@code expected} is what a message says was expected. */
    record SettingType(String expected, Function<String, Object> parse) {}

    private static final Map<Class<?>, SettingType> TABLE = Map.of(
            String.class, new SettingType("a text", text -> text),
            int.class, new SettingType("a whole number", Integer::valueOf),
            long.class, new SettingType("a whole number", Long::valueOf),
            boolean.class, new SettingType("true or false", SettingTypes::parseBoolean),
            Duration.class,
                    new SettingType("a duration such as 500ms, 30s, 5m or PT1H30M", SettingTypes::parseDuration),
            ByteSize.class, new SettingType("a size such as 64KiB or 10MB", ByteSize::parse),
            URI.class, new SettingType("a URI", URI::create),
            Path.class, new SettingType("a path", Path::of));

    private SettingTypes() {}

    static Optional<SettingType> of(Class<?> type) {
        return type.isEnum() ? Optional.of(enumType(type)) : Optional.ofNullable(TABLE.get(type));
    }

    private static SettingType enumType(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(c -> c.toString().toLowerCase(Locale.ROOT), c -> c));
        return new SettingType(
                "one of "
                        + String.join(", ", constants.keySet().stream().sorted().toList()),
                text -> {
                    Object constant = constants.get(text.toLowerCase(Locale.ROOT));
                    if (constant == null) {
                        throw new IllegalArgumentException(text);
                    }
                    return constant;
                });
    }

    private static boolean parseBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static Duration parseDuration(String text) {
        if (text.startsWith("P")) {
            return positive(Duration.parse(text));
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
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration positive(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(duration.toString());
        }
        return duration;
    }
}
