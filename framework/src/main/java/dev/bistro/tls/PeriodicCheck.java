package dev.bistro.tls;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a daemon thread of its own, until it is closed. If it takes long, it is done less
 * often, so that the thread waits for most of the time.
 */
final class PeriodicCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicCheck.class);
    private static final int WAITS_PER_WORK = 20;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable check;
    private final Duration interval;
    private Optional<String> lastFault = Optional.empty();

    private PeriodicCheck(Runnable check, Duration interval) {
        this.check = check;
        this.interval = interval;
    }

    /** Starts the thread. The first check is one interval from now. */
    static PeriodicCheck start(String threadName, Duration interval, Runnable check) {
        var periodic = new PeriodicCheck(check, interval);
        var thread = new Thread(periodic::run, threadName);
        thread.setDaemon(true);
        thread.start();
        return periodic;
    }

    private void run() {
        try {
            long took = 0;
            while (!closed.await(Math.max(interval.toNanos(), WAITS_PER_WORK * took), TimeUnit.NANOSECONDS)) {
                long start = System.nanoTime();
                checkOnce();
                took = System.nanoTime() - start;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody of ours does it; whoever did wants the thread to end
        }
    }

    private void checkOnce() {
        try {
            check.run();
            lastFault = Optional.empty();
        } catch (Throwable e) { // memory may be missing for a moment; the next check is in seconds
            tell(e);
        }
    }

    private void tell(Throwable fault) {
        try {
            Optional<String> text = Optional.of(fault.toString());
            if (!text.equals(lastFault)) { // not every two seconds
                lastFault = text;
                LOG.error("TLS certificates couldn't be checked for changes", fault);
            }
        } catch (Throwable untold) {
            // there is no memory for the log line
        }
    }

    /** Ends the thread as soon as a check that is under way has ended. */
    @Override
    public void close() {
        closed.countDown();
    }
}
