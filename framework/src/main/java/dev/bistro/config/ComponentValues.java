package dev.bistro.config;

import java.util.Map;

/** The values of a record's components, by their names. */
public final class ComponentValues {
    /**
     * Makes a record: {@code values -> new Range(values.get("from"), values.get("to"))}. Java's reflection would do it
     * too, and makes classes at run time for each constructor that is called by it: for one with fifty parameters, that
     * was a tenth of a start.
     */
    @FunctionalInterface
    public interface Maker {
        Object make(ComponentValues values);
    }

    private final Map<String, Object> values;

    ComponentValues(Map<String, Object> values) {
        this.values = values;
    }

    /** The value of a component, of the type that the constructor wants. */
    @SuppressWarnings("unchecked") // another one fails at once, at every start
    public <T> T get(String component) {
        Object value = values.get(component);
        if (value == null) {
            throw new IllegalStateException("There is no component " + component);
        }
        return (T) value;
    }
}
