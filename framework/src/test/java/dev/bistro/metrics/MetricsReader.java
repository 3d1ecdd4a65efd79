package dev.bistro.metrics;

import java.util.Map;
import java.util.TreeMap;

/** Reads metrics for tests of other rooms. It throws where a text isn't exactly as its format says. */
public final class MetricsReader {
    private MetricsReader() {}

    /** The values by the names of samples, with their labels as they are written. */
    public static Map<String, Double> samples(String text, boolean isOpenMetrics) {
        return new TreeMap<>(Exposition.read(text, isOpenMetrics).samples());
    }
}
