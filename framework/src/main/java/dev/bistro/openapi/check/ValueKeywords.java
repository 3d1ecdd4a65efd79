package dev.bistro.openapi.check;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The keywords of schemas that a value is held against by itself, each with the check of a value that it is for.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation">JSON Schema Validation, draft 2020-12</a>
 */
final class ValueKeywords {
    /** A check: the keyword's value and the checked value to what it should be; empty if it is. */
    private interface Check extends BiFunction<Object, Object, Optional<String>> {}

    private static final Map<String, Check> CHECKS = Map.ofEntries(
            Map.entry("type", ValueKeywords::type),
            Map.entry("enum", (all, value) -> expect(Json.has((List<?>) all, value), "one of " + Json.shown(all))),
            Map.entry("const", (only, value) -> expect(Json.isSame(only, value), Json.shown(only))),
            Map.entry("format", (name, value) -> Formats.check(String.valueOf(name), value)),
            Map.entry("pattern", text((pattern, text) -> expect(matches(pattern, text), "a text of " + pattern))),
            Map.entry(
                    "minLength",
                    text((least, text) ->
                            expect(length(text) >= integer(least), "of at least " + least + " characters"))),
            Map.entry(
                    "maxLength",
                    text((most, text) -> expect(length(text) <= integer(most), "of at most " + most + " characters"))),
            Map.entry("minimum", number((least, sign) -> sign.signum() >= 0, "at least ")),
            Map.entry("maximum", number((most, sign) -> sign.signum() <= 0, "at most ")),
            Map.entry("exclusiveMinimum", number((least, sign) -> sign.signum() > 0, "more than ")),
            Map.entry("exclusiveMaximum", number((most, sign) -> sign.signum() < 0, "less than ")),
            Map.entry("multipleOf", ValueKeywords::multipleOf),
            Map.entry(
                    "minItems",
                    list((least, list) -> expect(list.size() >= integer(least), "of at least " + least + " elements"))),
            Map.entry(
                    "maxItems",
                    list((most, list) -> expect(list.size() <= integer(most), "of at most " + most + " elements"))),
            Map.entry(
                    "uniqueItems",
                    list((isOn, list) ->
                            expect(Boolean.FALSE.equals(isOn) || isUnique(list), "without an element twice"))),
            Map.entry(
                    "minProperties",
                    object((least, map) -> expect(map.size() >= integer(least), "of at least " + least + " members"))),
            Map.entry(
                    "maxProperties",
                    object((most, map) -> expect(map.size() <= integer(most), "of at most " + most + " members"))));

    private ValueKeywords() {}

    static boolean has(String keyword) {
        return CHECKS.containsKey(keyword);
    }

    /** What a value should be by a keyword; empty if it is. */
    static Optional<String> check(String keyword, Object wanted, Object value) {
        return CHECKS.get(keyword).apply(wanted, value);
    }

    private static Optional<String> expect(boolean holds, String what) {
        return holds ? Optional.empty() : Optional.of(what);
    }

    private static long integer(Object number) {
        return Json.number(number).longValue();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    // ---- which values a check is for

    private static Check text(BiFunction<Object, String, Optional<String>> check) {
        return (wanted, value) -> value instanceof String text ? check.apply(wanted, text) : Optional.empty();
    }

    private static Check list(BiFunction<Object, List<?>, Optional<String>> check) {
        return (wanted, value) -> value instanceof List<?> list ? check.apply(wanted, list) : Optional.empty();
    }

    private static Check object(BiFunction<Object, Map<?, ?>, Optional<String>> check) {
        return (wanted, value) -> value instanceof Map<?, ?> map ? check.apply(wanted, map) : Optional.empty();
    }

    /** By the difference of the value to the keyword's. */
    private static Check number(BiFunction<Object, BigDecimal, Boolean> check, String words) {
        return (bound, value) -> value instanceof Number
                ? expect(check.apply(bound, Json.number(value).subtract(Json.number(bound))), words + Json.shown(bound))
                : Optional.empty();
    }

    // ---- single checks

    private static Optional<String> type(Object wanted, Object value) {
        List<?> types = wanted instanceof List<?> several ? several : List.of(wanted);
        boolean isOne = types.stream().anyMatch(type -> isOf(String.valueOf(type), value));
        return expect(
                isOne,
                String.join(
                        " or ",
                        types.stream().map(type -> named(String.valueOf(type))).toList()));
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "integer" ->
                value instanceof Number
                        && Json.number(value).stripTrailingZeros().scale() <= 0;
            case "number" -> value instanceof Number;
            default -> type.equals(typeOf(value));
        };
    }

    /** The type of a value, of which each has one; {@code number} for integers too. */
    static String typeOf(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof Number) {
            return "number";
        }
        return value instanceof Boolean ? "boolean" : "string";
    }

    /** A type in a sentence. */
    static String named(String type) {
        return switch (type) {
            case "null" -> "null";
            case "object" -> "an object";
            case "array" -> "an array";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "string" -> "a text";
            default -> type;
        };
    }

    private static boolean matches(Object pattern, String text) {
        try {
            return Pattern.compile(pattern.toString()).matcher(text).find();
        } catch (PatternSyntaxException ofAnotherDialect) {
            return true; // of ECMA-262, with something that Java's haven't
        }
    }

    private static boolean isUnique(List<?> list) {
        var seen = new HashSet<String>();
        return list.stream().allMatch(element -> seen.add(Json.canonical(element)));
    }

    private static Optional<String> multipleOf(Object divisor, Object value) {
        boolean isMultiple = !(value instanceof Number)
                || Json.number(value).remainder(Json.number(divisor)).signum() == 0;
        return expect(isMultiple, "a multiple of " + divisor);
    }
}
