package dev.bistro.binding;

import dev.bistro.body.ClientFault;
import dev.bistro.http.Converter;
import java.util.Optional;

/**
 * How texts become values of one type, chosen at startup.
 *
 * @param converter says that a text is no such value by throwing what {@link ClientFault} takes for that
 * @param expected what a client has to send: {@code "an int"}
 * @param origin where the conversion was found
 * @param teller the class of the application's whose words about a text the client is told, and with it those that came
 *     in the same jar; a class of the JDK's for nobody's
 */
record Conversion(Converter<?> converter, String expected, Origin origin, Class<?> teller) {
    /** One whose words nobody is told. */
    Conversion(Converter<?> converter, String expected, Origin origin) {
        this(converter, expected, origin, Object.class);
    }

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
     * This, for a parameter of a class: what the application's own types say of a text is told, and not what those of a
     * library say.
     */
    Conversion askedForBy(Class<?> owner) {
        return origin.isPlain() ? this : new Conversion(converter, expected, origin, owner);
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if it is no such value
     */
    Object convert(String text) {
        Object value;
        try {
            value = converter.convert(text);
        } catch (IllegalArgumentException unconvertible) {
            throw unconvertible;
        } catch (Exception thrown) {
            if (ClientFault.is(thrown)) {
                throw new IllegalArgumentException(thrown);
            }
            throw thrown;
        }
        if (value == null) {
            throw new NullPointerException(
                    converter + " gave null; it has to throw an IllegalArgumentException instead");
        }
        return value;
    }

    /** The value of a text from a source; null if it is no such value, which is added to the faults. */
    Object convert(String text, ValueSource source, BindingFaults faults) {
        try {
            return convert(text);
        } catch (IllegalArgumentException unconvertible) {
            faults.unconvertible(source, expected, text, why(unconvertible, text));
            return null;
        }
    }

    /** Many say nothing but the text that they don't take. */
    private Optional<String> why(IllegalArgumentException unconvertible, String text) {
        return ClientFault.message(unconvertible, teller).filter(why -> !why.equals(text));
    }
}
