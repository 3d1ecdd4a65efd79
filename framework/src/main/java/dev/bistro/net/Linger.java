package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/**
 * The lingering end of a connection whose client may not have read the last output yet. Closing a socket with unread
 * input resets the connection, and the reset may destroy output on its way to the client (RFC 9112, section 9.6); so
 * input is read and thrown away until the client closes, is quiet for a while, or has used up a limit of time and
 * bytes. Belongs to the loop's leader.
 */
final class Linger {
    private static final long QUIET_MILLIS = 5_000;
    private static final long QUIET_WHEN_STOPPING_MILLIS = 500;
    private static final long MAX_MILLIS = 30_000;
    private static final long MAX_BYTES = 4 * 1024 * 1024;

    private final long endMillis;
    private long lastMillis;
    private long bytes;

    Linger(long now) {
        lastMillis = now;
        endMillis = now + MAX_MILLIS;
    }

    /** Throws away what has come; false at its end or limit. */
    boolean discard(Input input, ReadableByteChannel source, long now) throws IOException {
        input.load(Input.nothing());
        int count = input.readFrom(source);
        if (count > 0) {
            bytes += count;
            lastMillis = now;
        }
        return count >= 0 && bytes <= MAX_BYTES;
    }

    boolean isOver(long now, boolean stopping) {
        return now > endMillis || now - lastMillis > (stopping ? QUIET_WHEN_STOPPING_MILLIS : QUIET_MILLIS);
    }
}
