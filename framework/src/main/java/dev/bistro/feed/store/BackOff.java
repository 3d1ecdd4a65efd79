package dev.bistro.feed.store;

/** Pauses that grow, between attempts to reach something. For one thread. */
public final class BackOff {
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 2_000;

    private long millis = FIRST_MILLIS;

    /** Begins with the shortest pause. */
    public BackOff() {}

    /** The next pause. */
    public long nextMillis() {
        long next = millis;
        millis = Math.min(LONGEST_MILLIS, 2 * millis);
        return next;
    }

    /** Begins anew, after a success. */
    public void reset() {
        millis = FIRST_MILLIS;
    }
}
