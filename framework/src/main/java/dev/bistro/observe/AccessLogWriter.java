package dev.bistro.observe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes the access log.
 *
 * <pre>
 *   WRITE all that is there ──▶ REST a moment, so that it is woken seldom ──▶ WRITE …
 *      │ nothing there
 *      └──▶ IDLE until something is put
 * </pre>
 */
final class AccessLogWriter {
    /** Whoever puts an entry has to wake the thread only if it is idle: a hundred times a second at most. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The log says this often at most that lines are missing. */
    static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);

    private final AccessRing ring;
    private final Consumer<AccessEntry> output;
    private final LongSupplier nanoTime;
    private final Thread thread = new Thread(this::run, "bistro-access-log");
    private final LongAdder dropped = new LongAdder();
    private final AtomicBoolean idle = new AtomicBoolean();
    private volatile boolean closing;
    // for the thread:
    private long complainedOf; // how many of the dropped ones
    private long complainedNanos;
    private Throwable fault; // the last one of the output that wasn't logged yet, or null

    /**
     * @param output writes the line of an entry, and may wait
     * @param nanoTime the clock of complaints
     */
    AccessLogWriter(AccessRing ring, Consumer<AccessEntry> output, LongSupplier nanoTime) {
        this.ring = ring;
        this.output = output;
        this.nanoTime = nanoTime;
        this.complainedNanos = nanoTime.getAsLong() - COMPLAINT_NANOS;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has an entry written, or drops it if there is no room. Never waits; for any thread. */
    void put(AccessEntry entry) {
        if (!ring.offer(entry)) {
            dropped.increment();
        }
        if (idle.get() && idle.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    long droppedLines() {
        return dropped.sum();
    }

    /** Writes what is there, and ends the thread. */
    void close() throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    private void run() {
        boolean isLast;
        do {
            isLast = closing;
            boolean wrote = writeAll();
            complain(isLast);
            if (wrote) {
                rest();
            } else {
                idle();
            }
        } while (!isLast);
    }

    private boolean writeAll() {
        AccessEntry first = ring.poll();
        for (AccessEntry entry = first; entry != null; entry = ring.poll()) {
            try {
                output.accept(entry);
            } catch (RuntimeException | Error e) { // such as of an appender
                dropped.increment();
                fault = e;
            }
        }
        return first != null;
    }

    /** Says that lines are missing, at once for the first time. */
    private void complain(boolean isLast) {
        long missing = dropped.sum() - complainedOf;
        long now = nanoTime.getAsLong();
        if (missing > 0 && (isLast || now - complainedNanos >= COMPLAINT_NANOS)) {
            complainedOf += missing;
            complainedNanos = now;
            try {
                LOG.warn("{} lines are missing in the access log: {}", missing, reason(), fault);
            } catch (RuntimeException | Error e) {
                // what can't log can't say so
            }
            fault = null;
        }
    }

    private String reason() {
        return fault == null ? "they came faster than they could be written" : "they could not be written";
    }

    private void rest() {
        if (!closing) {
            LockSupport.parkNanos(this, REST_NANOS);
            Thread.interrupted(); // it is nobody's business to interrupt this thread, and it would go round for ever
        }
    }

    /** Waits for an entry, or until the lines that are missing may be complained of. */
    private void idle() {
        idle.set(true);
        if (ring.isEmpty() && !closing) {
            if (dropped.sum() > complainedOf) {
                LockSupport.parkNanos(this, COMPLAINT_NANOS);
            } else {
                LockSupport.park(this);
            }
            Thread.interrupted();
        }
        idle.set(false);
    }
}
