package dev.bistro.body.json;

import dev.bistro.body.ClientFault;
import dev.bistro.http.Converter;
import dev.bistro.startup.Place;
import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.reflect.Type;

/**
 * A type whose values are strings in JSON, by the application's converter of parameters.
 *
 * @param place where the converter was declared
 */
record JsonConversion(Type type, Converter<?> converter, Place place) {
    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if it is no such value; the message is for the client to see
     */
    Object value(String text) {
        Object value;
        try {
            value = converter.convert(text);
        } catch (RuntimeException thrown) {
            if (!ClientFault.is(thrown)) {
                throw thrown;
            }
            String why = ClientFault.message(thrown, converter.getClass())
                    .filter(said -> !said.equals(text))
                    .map(said -> ": " + said)
                    .orElse("");
            throw new IllegalArgumentException(
                    "expected " + TypeNames.withArticle(type) + ", but was " + JsonFaults.shown(text) + why, thrown);
        }
        if (value == null) {
            throw new NullPointerException(
                    converter + " gave null; it has to throw an IllegalArgumentException instead");
        }
        return value;
    }

    /** The text of a value, of which the converter makes the value again. */
    @SuppressWarnings("unchecked") // the value is of the type that the converter makes
    String text(Object value) {
        String text = ((Converter<Object>) converter).format(value);
        if (text == null) {
            throw new NullPointerException(converter + " formats a value as null");
        }
        return text;
    }

    /**
     * Whether there is a text for each value: the converter has a method for it, or else the class has a text of its
     * own. What every record and every object has is no such text.
     */
    boolean canFormat() {
        try {
            Class<?> raw = Types.raw(type);
            Class<?> formatting =
                    converter.getClass().getMethod("format", Object.class).getDeclaringClass();
            Class<?> describing =
                    raw.isInterface() ? Object.class : raw.getMethod("toString").getDeclaringClass();
            boolean isOwn = !describing.getName().startsWith("java.") && !describing.isRecord();
            return formatting != Converter.class || isOwn;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Every converter has this method, and every class the other", e);
        }
    }
}
