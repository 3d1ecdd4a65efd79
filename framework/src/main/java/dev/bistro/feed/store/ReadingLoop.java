package dev.bistro.feed.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on for all followers of feeds, by a thread of its own. What breaks is reported once, and begun anew after a
 * pause, until it works again. For any thread.
 *
 * <pre>
 *   connect ──▶ read what is new ──▶ wait
 *      ▲              │    ▲          │
 *      └── pause ◀────┘    └──────────┘
 *        it broke
 * </pre>
 */
public final class ReadingLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingLoop.class);
    private static final long CLOSE_MILLIS = 5_000;

    private final String store;
    private final Reading reading;
    private final BackOff backOff = new BackOff(); // of the thread
    private final Set<Tail<?>> tails = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "bistro-feeds-reader");
    private volatile boolean isLost;

    /** Connects, and reads on until the end or until something breaks. */
    @FunctionalInterface
    public interface Reading {
        void run() throws Exception;
    }

    /**
     * Prepares it.
     *
     * @param store its name, for the log
     */
    public ReadingLoop(String store, Reading reading) {
        this.store = store;
        this.reading = reading;
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    // ---- followers

    public void add(Tail<?> tail) {
        tails.add(tail);
    }

    public void remove(Tail<?> tail) {
        tails.remove(tail);
    }

    /** All of them, as they are at the moment. */
    public Set<Tail<?>> tails() {
        return tails;
    }

    /** How many items of a feed are kept: what the longest of its followers here asks for. */
    public int history(String feed) {
        return tails.stream()
                .filter(tail -> tail.feed().equals(feed))
                .mapToInt(Tail::history)
                .max()
                .orElse(Integer.MAX_VALUE);
    }

    // ---- the thread

    private void run() {
        while (!isClosed()) {
            try {
                reading.run();
            } catch (Exception | Error e) { // also an Error, or nobody would be told ever again
                report(e);
                pause(backOff.nextMillis());
            }
        }
    }

    /** Notes that it has read: for the thread. */
    public void works() {
        if (isLost) {
            LOG.info("Feeds are read again");
            isLost = false;
        }
        backOff.reset();
    }

    private void report(Throwable fault) {
        if (!isLost && !isClosed()) {
            LOG.warn("Feeds can't be read from {}; it is tried again until they can", store, fault);
            isLost = true;
        }
    }

    /** Whether it is broken: nobody else should wait for a server that isn't there. */
    public boolean isLost() {
        return isLost;
    }

    private void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown(); // nobody interrupts this thread but for its end
        }
    }

    // ---- the end

    /** Whether it is to end. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Lets it end; whatever it waits for has to be broken off by the caller. */
    public void close() {
        closed.countDown();
    }

    /** Waits for its end, for a while. */
    public void join() {
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever stops the application waits no longer
        }
    }
}
