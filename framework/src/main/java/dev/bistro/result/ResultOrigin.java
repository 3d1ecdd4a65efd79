package dev.bistro.result;

import dev.bistro.startup.Place;
import java.lang.reflect.Method;

/**
 * The method that results come from, for messages of the log.
 *
 * @param place the controller's method
 */
record ResultOrigin(Place place) {
    static ResultOrigin of(Method method) {
        return new ResultOrigin(Place.of(method));
    }

    /** The value, which must not be null, since null has no clear meaning (decision record {@code results.md}). */
    Object requireValue(Object value) {
        if (value == null) {
            throw new IllegalStateException(
                    place.text() + " returned null; return an Optional to answer 404, or Response.noContent()");
        }
        return value;
    }

    IllegalStateException cannotWrite(Class<?> type) {
        return new IllegalStateException(
                place.text() + " returned a value that can't be written: no codec writes a " + type.getName());
    }
}
