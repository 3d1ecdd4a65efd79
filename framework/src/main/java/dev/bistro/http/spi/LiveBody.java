package dev.bistro.http.spi;

import java.time.Duration;

/**
 * A body that grows as things happen, such as server-sent events. The transport asks it for the next bytes when the
 * client has taken those before, so that a slow client costs little memory, and the body decides what such a client
 * misses. All methods are called by one thread at a time, and may take long; only the {@code wake} given to
 * {@link #start} may be called by any thread.
 */
public interface LiveBody {
    /**
     * Starts the body; called once, before all other methods. From then on, any thread may call {@code wake} when there
     * may be more to send.
     */
    void start(Runnable wake);

    /** The bytes to send now; an empty array if there are none. The array isn't copied and must not be changed. */
    byte[] next();

    /**
     * Whether the body is complete. It is called when {@link #next} has returned nothing; {@code next} is called once
     * more after it, for what came just before the end.
     */
    boolean isComplete();

    /** After how long without data {@link #heartbeat} is sent. */
    Duration heartbeatInterval();

    /**
     * Bytes without meaning, such as a comment, which are sent so that both sides notice if the other has gone; never
     * empty.
     */
    byte[] heartbeat();

    /**
     * Called once at the end: the body is complete, the client has gone, or the server stops; also if it was never
     * started.
     */
    void close();
}
