package dev.bistro.openapi.check;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The formats that values are held against. All others, such as {@code password}, are words for people.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3">JSON Schema Validation,
 *     section 7.3</a>
 * @see <a href="https://spec.openapis.org/registry/format/">OpenAPI's registry of formats</a>
 */
final class Formats {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DURATION =
            Pattern.compile("P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?");

    private static final Map<String, Predicate<String>> TEXTS = Map.of(
            "uuid", text -> UUID.matcher(text).matches(),
            "date", text -> parses(() -> LocalDate.parse(text)),
            "date-time", text -> parses(() -> OffsetDateTime.parse(text)),
            "time", text -> parses(() -> OffsetTime.parse(text)),
            "duration", text -> DURATION.matcher(text).matches(),
            "uri", text -> isUri(text, true),
            "uri-reference", text -> isUri(text, false));

    private Formats() {}

    /** What a value should be; empty if it is, or if nothing is known of the format. */
    static Optional<String> check(String name, Object value) {
        boolean holds = true;
        if (value instanceof String text && TEXTS.containsKey(name)) {
            holds = TEXTS.get(name).test(text);
        } else if (value instanceof Number && (name.equals("int32") || name.equals("int64"))) {
            holds = fits(Json.number(value), name.equals("int32") ? Integer.SIZE : Long.SIZE);
        }
        return holds ? Optional.empty() : Optional.of("of the format " + name);
    }

    private static boolean fits(BigDecimal number, int bits) {
        return number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() < bits;
    }

    private static boolean parses(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    private static boolean isUri(String text, boolean absolute) {
        try {
            return new URI(text).isAbsolute() || !absolute;
        } catch (URISyntaxException other) {
            return false;
        }
    }
}
