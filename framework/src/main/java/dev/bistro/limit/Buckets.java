package dev.bistro.limit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A bounded table of buckets. A bucket is one number, the time at which it is full again (as in the generic cell rate
 * algorithm); one that is full needn't be kept. Where there is no room for another, full ones go, and then those that
 * lack the least. So nobody gets rid of what he has used up by asking from many addresses: each of them would have to
 * use up more than he has. For any thread; a request locks one of the table's parts.
 */
final class Buckets {
    private static final int PARTS = 64;

    private final Part[] parts = new Part[PARTS];
    /** Which part has a key can't be known from outside, so that nobody can fill one alone. */
    private final int seed = ThreadLocalRandom.current().nextInt() | 1;

    /** A table of about so many buckets. */
    Buckets(int most) {
        int mostOfPart = Math.max(1, most / PARTS);
        Arrays.setAll(parts, i -> new Part(mostOfPart));
    }

    /**
     * Takes one from a bucket.
     *
     * @param now in nanoseconds, since any time before
     * @param emptyNanos in what time an empty bucket is full
     * @return 0 if it had one, or else after how many nanoseconds it has one again
     */
    long take(String key, long now, long intervalNanos, long emptyNanos) {
        return part(key).take(key, now, intervalNanos, emptyNanos, true);
    }

    /** What {@link #take} would return now; takes nothing. */
    long waiting(String key, long now, long intervalNanos, long emptyNanos) {
        return part(key).take(key, now, intervalNanos, emptyNanos, false);
    }

    /** Notes that a bucket is full at this time at the earliest. */
    void note(String key, long fullAt, long now) {
        if (fullAt > now) {
            part(key).note(key, fullAt, now);
        }
    }

    /** How many buckets are kept. */
    int size() {
        return Arrays.stream(parts).mapToInt(Part::size).sum();
    }

    private Part part(String key) {
        int mixed = key.hashCode() * seed;
        return parts[(mixed ^ mixed >>> 15) >>> 7 & PARTS - 1];
    }

    private static final class Part {
        private final int most;
        private final Map<String, Long> fullAt = new HashMap<>();

        Part(int most) {
            this.most = most;
        }

        synchronized long take(String key, long now, long intervalNanos, long emptyNanos, boolean really) {
            Long known = fullAt.get(key);
            long full = known == null ? now : Math.max(now, known);
            long wait = full + intervalNanos - emptyNanos - now;
            if (wait > 0) {
                return wait;
            }
            if (really) {
                put(key, known, full + intervalNanos, now);
            }
            return 0;
        }

        synchronized void note(String key, long full, long now) {
            Long known = fullAt.get(key);
            if (known == null || known < full) {
                put(key, known, full, now);
            }
        }

        private void put(String key, Long known, long full, long now) {
            if (known == null && fullAt.size() >= most) {
                makeRoom(now);
            }
            fullAt.put(key, full);
        }

        /** Removes full buckets; if these are few, also others, an eighth in all, so that it isn't done each time. */
        private void makeRoom(long now) {
            fullAt.values().removeIf(full -> full <= now);
            int surplus = fullAt.size() - (most - Math.max(1, most / 8));
            if (surplus <= 0) {
                return;
            }
            long[] sorted =
                    fullAt.values().stream().mapToLong(Long::longValue).sorted().toArray();
            long last = sorted[surplus - 1];
            Iterator<Long> each = fullAt.values().iterator();
            while (each.hasNext() && surplus > 0) {
                if (each.next() <= last) {
                    each.remove();
                    surplus--;
                }
            }
        }

        synchronized int size() {
            return fullAt.size();
        }
    }
}
