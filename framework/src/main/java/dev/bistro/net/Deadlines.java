package dev.bistro.net;

/**
 * A connection's two deadlines: the one that its protocol sets, and the one until which the client has to take more of
 * what is sent to it. Belongs to the connection's owner. Times are {@link System#nanoTime} in milliseconds.
 */
final class Deadlines {
    private static final long NEVER = Long.MAX_VALUE;

    /** The write timeout begins anew with each so many bytes: a byte now and then is no progress. */
    private static final int PROGRESS_BYTES = 4 * 1024;

    private final long writeTimeoutMillis;
    private long protocolDue = NEVER;
    private long idleSince = NEVER;
    private long writeDue = NEVER;
    private long writtenBefore;

    Deadlines(long writeTimeoutMillis) {
        this.writeTimeoutMillis = writeTimeoutMillis;
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    // ---- the protocol's deadline

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

    /** When the connection became idle, or {@code Long.MAX_VALUE} if it isn't. */
    long idleSince() {
        return idleSince;
    }

    boolean isIdle() {
        return idleSince != NEVER;
    }

    /** Whether the protocol's deadline has passed; clears it then. */
    boolean takeDue(long now) {
        if (now <= protocolDue) {
            return false;
        }
        clear();
        return true;
    }

    // ---- the client's deadline

    /**
     * How long the client, who has taken so many bytes in all, may still take for the next ones; below zero when it is
     * too late.
     */
    long writeTimeLeft(long now, long writtenBytes) {
        if (writeDue == NEVER || writtenBytes - writtenBefore >= PROGRESS_BYTES) {
            writeDue = now + writeTimeoutMillis;
            writtenBefore = writtenBytes;
        }
        return writeDue - now;
    }

    /** Until when the client has to take more, or {@code Long.MAX_VALUE} if nothing waits for it. */
    long writeDue() {
        return writeDue;
    }

    /** Clears the client's deadline: nothing waits for it any more. */
    void allWritten() {
        writeDue = NEVER;
    }
}
