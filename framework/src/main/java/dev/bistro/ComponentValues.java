package dev.bistro;

import java.util.Map;
import java.util.function.Function;

/** The values of a record's components, by their names. */
final class ComponentValues {
    private final Map<String, Object> values;

    private ComponentValues(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * What makes a record: {@code values -> new Range(values.get("from"), values.get("to"))}. Java's reflection would
     * do it too, and makes classes at run time for each constructor that is called by it: for the 31 components of
     * {@link ServerSettings}, that was a tenth of a start.
     */
    static Function<Map<String, Object>, Object> maker(Function<ComponentValues, Object> record) {
        return values -> record.apply(new ComponentValues(values));
    }

    /** The value of a component, of the type that the constructor wants. */
    @SuppressWarnings("unchecked") // another one fails at once, at every start
    <T> T get(String component) {
        Object value = values.get(component);
        if (value == null) {
            // no exception, which would be taken for the constructor's and shown as a fault of the settings
            throw new AssertionError("There is no component " + component);
        }
        return (T) value;
    }
}
