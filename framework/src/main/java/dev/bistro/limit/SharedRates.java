package dev.bistro.limit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buckets that several instances share, and what becomes of requests while these can't be reached: the instance
 * counts for itself, and one request a second finds out whether the others can be reached again. So nobody waits for a
 * store that is away, and nobody is refused for it. For any thread.
 */
final class SharedRates {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRates.class);
    private static final long TRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WARN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RateStore store;
    private final LongSupplier nanos;
    private final AtomicLong triedAt;
    private final AtomicLong warnedAt;
    private volatile boolean isAway;

    /** @param nanos the time, as {@link System#nanoTime} */
    SharedRates(RateStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        this.triedAt = new AtomicLong(nanos.getAsLong());
        this.warnedAt = new AtomicLong(nanos.getAsLong() - WARN_NANOS);
    }

    /** Takes one from each bucket or from none; empty if the store is away. */
    Optional<RateStore.Taken> take(List<RateStore.Bucket> buckets) {
        if (isAway && !isDue(triedAt, TRY_NANOS)) {
            return Optional.empty();
        }
        try {
            RateStore.Taken taken = store.take(buckets);
            if (isAway) {
                isAway = false;
                LOG.info("Rates are counted by all instances together again");
            }
            return Optional.of(taken);
        } catch (Exception fault) {
            if (!Thread.currentThread().isInterrupted()) { // or the request's own time is over, which says nothing
                noteAbsence(fault);
            }
            return Optional.empty();
        }
    }

    private void noteAbsence(Exception fault) {
        triedAt.set(nanos.getAsLong());
        isAway = true;
        if (isDue(warnedAt, WARN_NANOS)) {
            LOG.warn(
                    "Each instance counts rates for itself, since what they share can't be reached (limits.store): {}",
                    String.valueOf(fault.getMessage()).strip().replaceAll("\\s+", " "));
            LOG.debug("The reason", fault);
        }
    }

    /** Whether so much time has passed; true for one of several threads. */
    private boolean isDue(AtomicLong last, long afterNanos) {
        long now = nanos.getAsLong();
        long before = last.get();
        return now - before >= afterNanos && last.compareAndSet(before, now);
    }
}
