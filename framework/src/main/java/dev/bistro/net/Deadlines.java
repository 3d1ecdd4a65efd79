package dev.bistro.net;

/**
 * When a connection's time is up: for what its protocol waits for, and for the client to take what is sent to it.
 * Belongs to the connection's owner. Times are in milliseconds of {@link System#nanoTime}.
 */
final class Deadlines {
    private static final long NEVER = Long.MAX_VALUE;

    /** The time to take what is sent begins anew with so many bytes: a byte now and then is no progress. */
    private static final int PROGRESS_BYTES = 4 * 1024;

    private final long writeTimeoutMillis;
    private long protocolDue = NEVER;
    private long idleSince = NEVER;
    private long writeDue = NEVER;
    private long takenBefore;

    Deadlines(long writeTimeoutMillis) {
        this.writeTimeoutMillis = writeTimeoutMillis;
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    // ---- the protocol's

    void set(long now, long millis) {
        protocolDue = now + millis;
        idleSince = NEVER;
    }

    void setIdle(long now, long millis) {
        protocolDue = now + millis;
        idleSince = now;
    }

    void clear() {
        protocolDue = NEVER;
        idleSince = NEVER;
    }

    /** Since when the connection has been idle, or {@code Long.MAX_VALUE}. */
    long idleSince() {
        return idleSince;
    }

    /** Whether the protocol's time is up; it is told so once. */
    boolean takeDue(long now) {
        if (now <= protocolDue) {
            return false;
        }
        clear();
        return true;
    }

    // ---- the client's

    /**
     * Something waits for the client, who has taken so many bytes ever; how long it may still take for the next ones,
     * which is below zero when it is too late.
     */
    long writeTimeLeft(long now, long writtenBytes) {
        if (writeDue == NEVER || writtenBytes - takenBefore >= PROGRESS_BYTES) {
            writeDue = now + writeTimeoutMillis;
            takenBefore = writtenBytes;
        }
        return writeDue - now;
    }

    /** When it is too late, or {@code Long.MAX_VALUE} if nothing waits. */
    long writeDue() {
        return writeDue;
    }

    /** Nothing waits any more. */
    void allWritten() {
        writeDue = NEVER;
    }
}
