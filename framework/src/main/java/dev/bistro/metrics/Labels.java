package dev.bistro.metrics;

import java.util.ArrayList;
import java.util.List;

/** What tells the samples of a metric apart: names with values, in the order in which they are written. Immutable. */
public record Labels(List<Label> all) {
    /** No labels. */
    public static final Labels NONE = new Labels(List.of());

    /**
     * A label.
     *
     * @param name letters, digits and underscores
     * @param value any text
     */
    public record Label(String name, String value) {}

    /** Labels are copied. */
    public Labels {
        all = List.copyOf(all);
    }

    /** One label. */
    public static Labels of(String name, String value) {
        return new Labels(List.of(new Label(name, value)));
    }

    /** These labels and a further one. */
    public Labels and(String name, String value) {
        var more = new ArrayList<>(all);
        more.add(new Label(name, value));
        return new Labels(more);
    }
}
