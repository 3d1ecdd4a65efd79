package dev.bistro.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type or range with its parameters: {@code MediaType.parse("text/html; charset=utf-8")}. Type, subtype and parameter names are in lower
 * case; two of the same parts are equal.
 *
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

    /** Takes the parts as they are; {@link #parse} and {@link #of} check them. The parameters keep their order. */
    public MediaType {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * A media type without parameters: {@code of("text", "csv")}.
     *
     * @throws IllegalArgumentException if a part is not a token
     */
    public static MediaType of(String type, String subtype) {
        return new MediaType(
                Tokens.requireToken("media type", type).toLowerCase(Locale.ROOT),
                Tokens.requireToken("media subtype", subtype).toLowerCase(Locale.ROOT),
                Map.of());
    }

    /**
     * Reads a media type.
     *
     * @throws IllegalArgumentException if the text isn't one
     */
    public static MediaType parse(String text) {
        String[] parts = text.split(";", -1);
        String full = parts[0].strip();
        int slash = full.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "Not a media type: " + Tokens.quote(text) + " (one looks like text/html)");
        }
        MediaType bare = of(full.substring(0, slash), full.substring(slash + 1));
        return parts.length == 1 ? bare : new MediaType(bare.type, bare.subtype, parameters(text));
    }

    private static Map<String, String> parameters(String text) {
        var scanner = new ParameterScanner(text, text.indexOf(';'));
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
     * Whether this range holds the other type, parameters aside: {@code text/*} holds {@code text/html}, and {@code application/*+json} holds
     * {@code application/hal+json} (a structured syntax suffix, RFC 6838, section 4.2.8).
     */
    public boolean includes(MediaType other) {
        return type.equals("*") || type.equals(other.type) && includesSubtype(other.subtype);
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

    /** This type with the parameters of another that it doesn't have itself: {@code text/html} and {@code text/*;charset=utf-8} make {@code text/html;charset=utf-8}. */
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
