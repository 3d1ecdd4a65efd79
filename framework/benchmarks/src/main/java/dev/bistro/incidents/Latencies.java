package dev.bistro.incidents;

import java.util.Arrays;

/** Times that something took, in nanoseconds. */
final class Latencies {
    private long[] nanos = new long[1_024];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    int count() {
        return count;
    }

    /**
     * The milliseconds that so many of a hundred didn't take longer than; 100 gives the longest. Infinite where there
     * is none.
     */
    double percentile(double percent) {
        if (count == 0) {
            return Double.POSITIVE_INFINITY;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (count * percent / 100))] / 1e6;
    }
}
