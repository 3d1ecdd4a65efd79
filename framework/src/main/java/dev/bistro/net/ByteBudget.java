package dev.bistro.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a server may keep in memory for all its clients together: bodies that are read as a whole, pipelined
 * input, messages, and output that waits for slow readers. Code that is about to keep bytes takes them from here, and
 * gives them back when it drops them. For any thread.
 *
 * <pre>{@code
 * if (!budget.tryTake(4096)) {
 *     throw new Rejection(Status.SERVICE_UNAVAILABLE, …);
 * }
 * }</pre>
 */
public final class ByteBudget {
    /**
     * Kept from {@link #tryTake}, up to an eighth of the budget, for bytes that can't be refused since they are there
     * already: a head that came in two pieces, output that waits for its client.
     */
    private static final long MAX_RESERVED = 1024 * 1024;

    private final long max;
    private final long takeable;
    private final AtomicLong used = new AtomicLong();

    /** A budget of this many bytes. */
    public ByteBudget(long max) {
        this.max = max;
        this.takeable = max - Math.min(max / 8, MAX_RESERVED);
    }

    /** Takes so many bytes, all or none; false if there aren't as many left beside the reserve. */
    public boolean tryTake(long bytes) {
        long before = used.get();
        while (before + bytes <= takeable) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false; // not counted even for a moment, since others would see a lack of memory
    }

    /** Takes bytes for what is in memory already, even if there are none left; see {@link #isOverdrawn}. */
    public void take(long bytes) {
        used.addAndGet(bytes);
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Whether more bytes are taken than the budget has. */
    public boolean isOverdrawn() {
        return used.get() > max;
    }

    /** The number of bytes that are taken. */
    public long used() {
        return used.get();
    }

    /** The number of bytes of the whole budget. */
    public long max() {
        return max;
    }
}
