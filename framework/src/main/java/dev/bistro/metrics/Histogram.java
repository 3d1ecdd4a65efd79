package dev.bistro.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations, counted in the buckets that OpenTelemetry's conventions give {@code http.server.request.duration}. For
 * many threads.
 */
final class Histogram {
    private static final double[] BOUNDS_SECONDS = {
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
    };
    private static final long[] BOUNDS_NANOS = new long[BOUNDS_SECONDS.length];
    private static final double NANOS = 1e9;

    static {
        for (int i = 0; i < BOUNDS_NANOS.length; i++) {
            BOUNDS_NANOS[i] = Math.round(BOUNDS_SECONDS[i] * NANOS);
        }
    }

    private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1]; // the last has what is longer than all
    private final LongAdder sumNanos = new LongAdder();

    Histogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Counts a duration. A bucket's bound belongs to it. */
    void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        sumNanos.add(nanos);
        buckets[bucket].increment();
    }

    /** How many durations were counted. */
    long count() {
        long count = 0;
        for (LongAdder bucket : buckets) {
            count += bucket.sum();
        }
        return count;
    }

    long sumNanos() {
        return sumNanos.sum();
    }

    /** Adds the samples of this histogram; the count is that of the buckets, whatever is recorded meanwhile. */
    void addTo(List<MetricFamily.Sample> samples, Labels labels) {
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            String bound = i == BOUNDS_SECONDS.length ? "+Inf" : Double.toString(BOUNDS_SECONDS[i]);
            samples.add(new MetricFamily.Sample("_bucket", labels.and("le", bound), count));
        }
        samples.add(new MetricFamily.Sample("_count", labels, count));
        samples.add(new MetricFamily.Sample("_sum", labels, sumNanos.sum() / NANOS));
    }
}
