package dev.bistro;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between the beginning of a stop and the end of accepting, in which load balancers notice that the server
 * isn't ready any more, and send nothing to it: {@code server.drain-delay}.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private final Duration delay;
    private final CountDownLatch over = new CountDownLatch(1);

    Drain(Duration delay) {
        this.delay = delay;
        if (delay.isZero()) {
            end();
        }
    }

    /**
     * Waits until it is over: now, if there are no clients outside of the process.
     *
     * @param limit how long it may take at the most
     */
    void await(Transport transport, Duration limit) {
        Duration time = delay.compareTo(limit) < 0 ? delay : limit;
        if (over.getCount() == 0 || time.isZero() || !transport.announceStop()) {
            end();
            return;
        }
        LOG.info("Not ready any more; still answers for {} ms (server.drain-delay)", time.toMillis());
        try {
            over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Ends it now, or before it has begun; false if it is over already. For any thread. */
    synchronized boolean end() {
        boolean isUnderWay = over.getCount() > 0;
        over.countDown();
        return isUnderWay;
    }
}
