package dev.bistro.binding;

import dev.bistro.body.ClientFault;
import dev.bistro.http.Converter;
import java.util.Optional;

/**
 * How texts become values of one type, chosen at startup.
 *
 * @param converter rejects a text by an exception that {@link ClientFault} recognises
 * @param expected what a client has to send: {@code "an int"}
 * @param origin where the conversion was found
 * @param trusted a class of the application: messages of exceptions that its jar throws are shown to the client; a
 *     class of the JDK if no messages are
 */
record Conversion(Converter<?> converter, String expected, Origin origin, Class<?> trusted) {
    /** A conversion of whose exceptions the client is shown no message. */
    Conversion(Converter<?> converter, String expected, Origin origin) {
        this(converter, expected, origin, Object.class);
    }

    /** Where a conversion was found, in the order of the search. */
    enum Origin {
        REGISTERED,
        BUILT_IN,
        ENUM,
        STATIC_METHOD,
        CONSTRUCTOR;

        /** Whether a parameter of such a type is surely meant as a text, even if a codec could read it from a body. */
        boolean isPlain() {
            return this == REGISTERED || this == BUILT_IN || this == ENUM;
        }
    }

    /**
     * This conversion for a parameter of a class: the client is shown what types of that class's jar say about a text,
     * and not what those of a library say.
     */
    Conversion forParameterOf(Class<?> owner) {
        return origin.isPlain() ? this : new Conversion(converter, expected, origin, owner);
    }

    /** A conversion of Bistro's own. */
    static Conversion builtIn(String expected, Converter<?> converter) {
        return new Conversion(converter, expected, Origin.BUILT_IN);
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

    /** The value of a text from a source; null if it is no such value, which is then among the faults. */
    Object convert(String text, ValueSource source, BindingFaults faults) {
        try {
            return convert(text);
        } catch (IllegalArgumentException unconvertible) {
            faults.unconvertible(source, expected, text, why(unconvertible, text));
            return null;
        }
    }

    /** Many exceptions have no message but the text itself, which is shown anyway. */
    private Optional<String> why(IllegalArgumentException unconvertible, String text) {
        return ClientFault.message(unconvertible, trusted).filter(why -> !why.equals(text));
    }
}
