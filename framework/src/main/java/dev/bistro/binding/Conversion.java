package dev.bistro.binding;

import dev.bistro.http.Converter;

/**
 * How texts become values of one type, chosen at startup.
 *
 * @param converter throws an {@link IllegalArgumentException} for a text that is no such value, and nothing else
 * @param expected what a client has to send: {@code "an int"}
 * @param origin where the conversion was found
 */
record Conversion(Converter<?> converter, String expected, Origin origin) {
    /** Where a conversion was found, in the order in which is searched. */
    enum Origin {
        REGISTERED,
        BUILT_IN,
        ENUM,
        STATIC_METHOD,
        CONSTRUCTOR;

        /** Whether a type with such a conversion is surely meant to be made of a text, whatever a codec could make of it. */
        boolean isPlain() {
            return this == REGISTERED || this == BUILT_IN || this == ENUM;
        }
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if it is no such value
     */
    Object convert(String text) {
        Object value = converter.convert(text);
        if (value == null) {
            throw new NullPointerException(
                    converter + " gave null; it has to throw an IllegalArgumentException instead");
        }
        return value;
    }

    /** The value of a text from a source; null if it is no such value, which is added to the faults. */
    Object convert(String text, Source source, Faults faults) {
        try {
            return convert(text);
        } catch (IllegalArgumentException unconvertible) {
            faults.unconvertible(source, expected, text);
            return null;
        }
    }
}
