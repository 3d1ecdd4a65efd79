package dev.bistro.binding;

import dev.bistro.http.Converter;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Texts, and what is written as one word of letters and signs. An empty text is a text, and nothing else. */
final class TextConversions {
    private static final int UUID_LENGTH = 36;

    /**
     * As a boolean, and as browsers send a checkbox that is ticked and has no value of its own: see the HTML standard's
     * value mode "default/on".
     */
    static final Conversion CHECKBOX =
            row("true or false", (Converter<Boolean>) text -> text.equals("on") || bool(text));

    private TextConversions() {}

    static Map<Class<?>, Conversion> all() {
        return Map.of(
                String.class, row("a text", text -> text),
                CharSequence.class, row("a text", text -> text),
                Character.class, row("a single character", TextConversions::character),
                Boolean.class, row("true or false", TextConversions::bool),
                UUID.class, row("a UUID", TextConversions::uuid),
                URI.class, row("a URI", text -> URI.create(notEmpty(text))),
                Locale.class, row("a language tag such as de-CH", TextConversions::locale));
    }

    private static Conversion row(String expected, Converter<?> converter) {
        return new Conversion(converter, expected, Conversion.Origin.BUILT_IN);
    }

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

    /** {@link UUID#fromString} takes 1-1-1-1-1 too; here all digits have to be written. */
    private static UUID uuid(String text) {
        if (text.length() == UUID_LENGTH) {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        }
        throw new IllegalArgumentException("Not a UUID in full");
    }

    /** {@link Locale#forLanguageTag} leaves out what it doesn't understand; the builder is strict. */
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
