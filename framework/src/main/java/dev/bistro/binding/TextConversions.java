package dev.bistro.binding;

import dev.bistro.http.Converter;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Converts to texts, and to types that are written as one word. An empty text is a text, and no value of another type.
 */
final class TextConversions {
    private static final int UUID_LENGTH = 36;

    /**
     * Takes {@code on}, too, which browsers send for a ticked checkbox without a value of its own: see the HTML
     * standard's value mode "default/on".
     */
    static final Conversion CHECKBOX =
            Conversion.builtIn("true or false", (Converter<Boolean>) text -> text.equals("on") || bool(text));

    /** All of them, by their types; made when the first of them is asked for. */
    static final Map<Class<?>, Conversion> ALL = Map.of(
            String.class, Conversion.builtIn("a text", text -> text),
            CharSequence.class, Conversion.builtIn("a text", text -> text),
            Character.class, Conversion.builtIn("a single character", TextConversions::character),
            Boolean.class, Conversion.builtIn("true or false", TextConversions::bool),
            UUID.class, Conversion.builtIn("a UUID", TextConversions::uuid),
            URI.class, Conversion.builtIn("a URI", text -> URI.create(notEmpty(text))),
            Locale.class, Conversion.builtIn("a language tag such as de-CH", TextConversions::locale));

    private TextConversions() {}

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("Not one character");
        }
        return text.charAt(0);
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("Neither true nor false");
        };
    }

    /** {@link UUID#fromString} takes 1-1-1-1-1, too; here all digits are required. */
    private static UUID uuid(String text) {
        if (text.length() == UUID_LENGTH) {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        }
        throw new IllegalArgumentException("Not a UUID in full");
    }

    /** {@link Locale#forLanguageTag} drops what it doesn't understand; the builder is strict. */
    private static Locale locale(String text) {
        return new Locale.Builder().setLanguageTag(notEmpty(text)).build();
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Empty");
        }
        return text;
    }
}
