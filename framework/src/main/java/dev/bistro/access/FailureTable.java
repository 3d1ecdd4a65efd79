package dev.bistro.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Failed logins by whom they are counted for, such as a client's address. So many may come at once, and after that one
 * in each part of the window. Failures that come in spite of that, as they were under way at once, have to be waited
 * for as well. It never has more entries than its limit: the one that was looked at longest ago makes room.
 *
 * <pre>
 *   now        settled: each failure moves it on by window / burst
 *   ───┼───────────┼─────────▶ time
 *      │◀─────────▶│  blocked while this is more than the window less one part
 * </pre>
 *
 * Used by many threads.
 */
final class FailureTable {
    private static final int MOST = 10_000;

    private final int most;
    private final long windowNanos;
    private final long partNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Long> settled; // guarded by itself

    /**
     * An empty table.
     *
     * @param burst how many failures may come at once; 0 for any number
     */
    FailureTable(int burst, Duration window, LongSupplier nanoTime) {
        this(burst, window, nanoTime, MOST);
    }

    FailureTable(int burst, Duration window, LongSupplier nanoTime, int most) {
        this.most = burst == 0 ? 0 : most;
        this.windowNanos = window.toNanos();
        this.partNanos = burst == 0 ? 0 : windowNanos / burst;
        this.nanoTime = nanoTime;
        this.settled = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** How many seconds have to pass before a further attempt; empty if none have. */
    OptionalLong secondsToWait(List<String> keys) {
        long now = nanoTime.getAsLong();
        long longest = 0;
        synchronized (settled) {
            for (String key : settled.isEmpty() ? List.<String>of() : keys) {
                Long until = settled.get(key);
                if (until != null && until - now <= 0) {
                    settled.remove(key);
                } else if (until != null) {
                    longest = Math.max(longest, until - now - (windowNanos - partNanos));
                }
            }
        }
        return longest <= 0 ? OptionalLong.empty() : OptionalLong.of((longest + 999_999_999L) / 1_000_000_000L);
    }

    /** Counts a failure. */
    void add(List<String> keys) {
        if (most == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        synchronized (settled) {
            for (String key : keys) {
                Long until = settled.get(key);
                long from = until == null || until - now < 0 ? now : until;
                settled.put(key, from + partNanos);
            }
            var oldest = settled.keySet().iterator();
            while (settled.size() > most) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    int size() {
        synchronized (settled) {
            return settled.size();
        }
    }
}
