package dev.bistro.limit;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Buckets of rates that several instances share. It is called on threads that may wait, by many at once.
 *
 * <p>A bucket is as in {@link Buckets}, but its time is the store's: clocks of instances needn't agree. One that is
 * full needn't be kept.
 */
@FunctionalInterface
public interface RateStore {
    /**
     * A bucket.
     *
     * @param id the same in each instance: 43 letters, digits, {@code -} and {@code _}
     * @param intervalNanos the time in which it gets one more
     * @param emptyNanos the time in which it is full, if it is empty
     */
    record Bucket(String id, long intervalNanos, long emptyNanos) {
        /** The interval in microseconds, in which stores count. */
        public long intervalMicros() {
            return Math.max(1, TimeUnit.NANOSECONDS.toMicros(intervalNanos));
        }

        /** The time in which it is full in microseconds: at least one interval. */
        public long emptyMicros() {
            return Math.max(intervalMicros(), TimeUnit.NANOSECONDS.toMicros(emptyNanos));
        }

        /**
         * What it can't lack, in microseconds, unless the store's clock was set back, or the rate was another one: then
         * there is one in it, or nobody would get one until the clock is where it was. Clocks that are corrected a
         * little, and requests at the same moment, are within it.
         */
        public long mostMicros() {
            return emptyMicros() + TimeUnit.MINUTES.toMicros(1);
        }

        /** How long a request has to wait for one in nanoseconds, if the bucket lacks so much; 0 if there is one. */
        public long waitNanos(long lackNanos) {
            return Math.max(0, lackNanos + intervalNanos - emptyNanos);
        }
    }

    /**
     * What became of a request.
     *
     * @param isAllowed whether it took one from each bucket; otherwise from none
     * @param lackNanos for each bucket the time in which it is full again; of buckets that weren't looked at any more,
     *     0
     */
    record Taken(boolean isAllowed, List<Long> lackNanos) {
        /** What a store has said in microseconds. */
        public static Taken ofMicros(boolean isAllowed, List<Long> lackMicros) {
            return new Taken(
                    isAllowed,
                    lackMicros.stream().map(TimeUnit.MICROSECONDS::toNanos).toList());
        }

        /** Copies the list. */
        public Taken {
            lackNanos = List.copyOf(lackNanos);
        }
    }

    /**
     * Takes one from each of the buckets, or from none if one of them is empty.
     *
     * @throws Exception if the store can't be reached, or doesn't answer in time
     */
    Taken take(List<Bucket> buckets) throws Exception;
}
