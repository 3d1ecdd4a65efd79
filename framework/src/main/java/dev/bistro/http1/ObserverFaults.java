package dev.bistro.http1;

import dev.bistro.http.spi.RequestObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what observers throw, with its stack, once a minute at most: one that fails, such as a propagator or a processor
 * of spans, most often does so for each request, and would fill the log. For any thread.
 */
final class ObserverFaults {
    private static final Logger LOG = LoggerFactory.getLogger(RequestObservers.class);
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong loggedNanos;
    private final AtomicLong untold = new AtomicLong();

    ObserverFaults(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.loggedNanos = new AtomicLong(nanoTime.getAsLong() - EVERY_NANOS);
    }

    /** Logs a fault, or counts it for the next line. */
    void log(String consequence, RequestObserver observer, Throwable fault) {
        long now = nanoTime.getAsLong();
        long last = loggedNanos.get();
        if (now - last < EVERY_NANOS || !loggedNanos.compareAndSet(last, now)) {
            untold.incrementAndGet();
            return;
        }
        long before = untold.getAndSet(0);
        String more = before == 0 ? "" : ", after " + before + " faults that weren't logged";
        LOG.error("{}: {} failed{}", consequence, observer, more, fault);
    }
}
