package dev.bistro.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type or range with its parameters: {@code MediaType.parse("Text/HTML; charset=UTF-8")} is
 * {@code text/html;charset=utf-8}. Type, subtype, parameter names and the charset are in lower case, so that types that
 * mean the same are equal; parameters keep their order.
 *
 * @param type the type: {@code "text"}
 * @param subtype the subtype: {@code "html"}
 * @param parameters the parameters, without their quotes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1">RFC 9110, section 8.3.1</a>
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    public static final MediaType ANY = of("*", "*");
    public static final MediaType JSON = of("application", "json");
    public static final MediaType PROBLEM_JSON = of("application", "problem+json");
    public static final MediaType TEXT = parse("text/plain;charset=utf-8");
    public static final MediaType HTML = parse("text/html;charset=utf-8");
    public static final MediaType OCTETS = of("application", "octet-stream");
    public static final MediaType FORM = of("application", "x-www-form-urlencoded");
    public static final MediaType MULTIPART_FORM = of("multipart", "form-data");

    /**
     * A media type of these parts.
     *
     * @throws IllegalArgumentException if the type, the subtype or a parameter's name is not a token, or a value has a
     *     control character
     */
    public MediaType {
        type = Tokens.requireToken("media type", type).toLowerCase(Locale.ROOT);
        subtype = Tokens.requireToken("media subtype", subtype).toLowerCase(Locale.ROOT);
        parameters = parameters.isEmpty() ? Map.of() : checked(parameters);
    }

    private static Map<String, String> checked(Map<String, String> parameters) {
        var checked = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> {
            String lower = Tokens.requireToken("parameter name", name).toLowerCase(Locale.ROOT);
            Tokens.requireFieldValue("parameter " + name, value);
            checked.put(lower, lower.equals("charset") ? value.toLowerCase(Locale.ROOT) : value);
        });
        return Collections.unmodifiableMap(checked);
    }

    /**
     * A media type without parameters: {@code of("text", "csv")}.
     *
     * @throws IllegalArgumentException if a part is not a token
     */
    public static MediaType of(String type, String subtype) {
        return new MediaType(type, subtype, Map.of());
    }

    /**
     * Reads a media type.
     *
     * @throws IllegalArgumentException if the text isn't one
     */
    public static MediaType parse(String text) {
        return KnownMediaTypes.KNOWN.read(text);
    }

    /** A class of its own, since the constants above are parsed before any other field of this one is set. */
    private static final class KnownMediaTypes {
        static final KnownTexts<MediaType> KNOWN = new KnownTexts<>(MediaType::read);
    }

    private static MediaType read(String text) {
        int semicolon = text.indexOf(';');
        String full = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        int slash = full.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "Not a media type: " + Tokens.quote(text) + " (one looks like text/html)");
        }
        return new MediaType(
                full.substring(0, slash),
                full.substring(slash + 1),
                semicolon < 0 ? Map.of() : parameters(text, semicolon));
    }

    private static Map<String, String> parameters(String text, int from) {
        var scanner = new ParameterScanner(text, from);
        var parameters = new LinkedHashMap<String, String>();
        while (scanner.next()) {
            parameters.putIfAbsent(scanner.name(), scanner.value());
        }
        return parameters;
    }

    /** The value of a parameter: {@code MediaType.TEXT.parameter("charset")} is {@code utf-8}. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Whether this range includes the other type, parameters aside: {@code text/*} includes {@code text/html}, and
     * {@code application/*+json} includes {@code application/hal+json} (a structured syntax suffix, RFC 6838, section
     * 4.2.8).
     */
    public boolean includes(MediaType other) {
        return type.equals("*") ? subtype.equals("*") : type.equals(other.type) && includesSubtype(other.subtype);
    }

    private boolean includesSubtype(String other) {
        return subtype.equals("*")
                || subtype.equals(other)
                || subtype.startsWith("*+") && other.endsWith(subtype.substring(1));
    }

    /** Whether it stands for more than one type: {@code text/*} does. */
    public boolean isRange() {
        return type.indexOf('*') >= 0 || subtype.indexOf('*') >= 0;
    }

    /**
     * This type, with those parameters of another that it doesn't have itself: {@code text/html} with the defaults of
     * {@code text/*;charset=utf-8} is {@code text/html;charset=utf-8}.
     */
    public MediaType withDefaults(MediaType other) {
        var merged = new LinkedHashMap<>(parameters);
        other.parameters.forEach(merged::putIfAbsent);
        return new MediaType(type, subtype, merged);
    }

    /** Whether it is JSON: {@code application/json} or a type whose subtype ends in {@code +json} (RFC 6839). */
    public boolean isJson() {
        return type.equals("application") && (subtype.equals("json") || subtype.endsWith("+json"));
    }

    /** The media type as it stands in a header: {@code text/html;charset=utf-8}. */
    @Override
    public String toString() {
        var text = new StringBuilder(type).append('/').append(subtype);
        parameters.forEach(
                (name, value) -> text.append(';').append(name).append('=').append(quoteIfNeeded(value)));
        return text.toString();
    }

    private static String quoteIfNeeded(String value) {
        return Tokens.isToken(value) ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
