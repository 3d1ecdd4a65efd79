package dev.bistro.metrics;

import java.util.List;

/**
 * A metric with all its samples, as it was at a moment.
 *
 * @param name the name without {@code _total}, ending in the unit if there is one
 * @param unit such as {@code seconds}; empty if there is none
 * @param help a sentence that says what it is
 */
public record MetricFamily(String name, Kind kind, String unit, String help, List<Sample> samples) {
    /** What the samples of a metric mean. */
    public enum Kind {
        /** What only grows. */
        COUNTER("_total"),
        /** What comes and goes. */
        GAUGE(""),
        /** How many observations were at most so large, their count and their sum. */
        HISTOGRAM("_bucket", "_count", "_sum"),
        /** The count of observations and their sum, and perhaps the values that a part of them is below. */
        SUMMARY("", "_count", "_sum");

        private final List<String> suffixes;

        Kind(String... suffixes) {
            this.suffixes = List.of(suffixes);
        }

        /** What the names of samples may have after that of the metric. */
        public List<String> suffixes() {
            return suffixes;
        }
    }

    /**
     * One figure.
     *
     * @param suffix what its name has after that of the metric, such as {@code _bucket}
     */
    public record Sample(String suffix, Labels labels, double value) {}

    /** Samples are copied. */
    public MetricFamily {
        samples = List.copyOf(samples);
    }

    /** A metric with the unit that its name ends in. */
    public static MetricFamily of(String name, Kind kind, String help, List<Sample> samples) {
        return new MetricFamily(name, kind, unit(name), help, samples);
    }

    /** What only grows, with its first sample. */
    public static MetricFamily counter(String name, String help, Sample... samples) {
        return new MetricFamily(name, Kind.COUNTER, unit(name), help, List.of(samples));
    }

    /** What comes and goes. */
    public static MetricFamily gauge(String name, String help, Sample... samples) {
        return new MetricFamily(name, Kind.GAUGE, unit(name), help, List.of(samples));
    }

    /** The unit that a name ends in. */
    private static String unit(String name) {
        return name.endsWith("_bytes") ? "bytes" : name.endsWith("_seconds") ? "seconds" : "";
    }

    /** The only figure of what comes and goes. */
    public static Sample value(double value) {
        return new Sample("", Labels.NONE, value);
    }

    /** One of several figures of what comes and goes. */
    public static Sample value(String label, String text, double value) {
        return new Sample("", Labels.of(label, text), value);
    }

    /** The only figure of what only grows. */
    public static Sample total(double value) {
        return new Sample("_total", Labels.NONE, value);
    }

    /** One of several figures of what only grows. */
    public static Sample total(String label, String text, double value) {
        return new Sample("_total", Labels.of(label, text), value);
    }
}
