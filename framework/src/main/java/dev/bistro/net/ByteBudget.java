package dev.bistro.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a server may hold in memory for all its clients together: bodies that are collected, what was read too early, messages, answers that wait for slow
 * readers. Whoever is about to keep some takes them from here, and gives them back when they are let go of. For any thread.
 *
 * <pre>{@code
 * if (!budget.tryTake(4096)) {
 *     throw new Rejection(Status.SERVICE_UNAVAILABLE, …);
 * }
 * }</pre>
 */
public final class ByteBudget {
    /** What is left for what is there already, up to an eighth: a head that came in two pieces, an answer that waits. Who can be refused doesn't get it. */
    private static final long MAX_RESERVED = 1024 * 1024;

    private final long max;
    private final long takeable;
    private final AtomicLong used = new AtomicLong();

    /** A budget of so many bytes. */
    public ByteBudget(long max) {
        this.max = max;
        this.takeable = max - Math.min(max / 8, MAX_RESERVED);
    }

    /** Takes so many bytes, all or none, of what isn't reserved; whether it has. */
    public boolean tryTake(long bytes) {
        long before = used.get();
        while (before + bytes <= takeable) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false; // and never counted, since others would take that for a lack of memory
    }

    /** Takes so many bytes, also where there are none left: for what is there already. Then {@link #isOverdrawn} says so. */
    public void take(long bytes) {
        used.addAndGet(bytes);
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Whether more was taken than there is. */
    public boolean isOverdrawn() {
        return used.get() > max;
    }

    /** How many bytes are taken. */
    public long used() {
        return used.get();
    }

    /** How many bytes there are. */
    public long max() {
        return max;
    }
}
