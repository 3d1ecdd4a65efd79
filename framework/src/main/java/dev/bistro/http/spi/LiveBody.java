package dev.bistro.http.spi;

import java.time.Duration;

/**
 * A body that grows as things happen, such as server-sent events. The transport asks it for what there is, when the
 * client has taken what it was given before: so a slow client costs a few pieces, and what it misses is the body's own
 * to decide. All methods are called by one thread at a time, where they hold up nobody if they take long; only the one
 * given to {@link #start} is for any thread.
 */
public interface LiveBody {
    /** It begins; called once, before all others. From then on {@code wake} may be called, by any thread, whenever there may be more. */
    void start(Runnable wake);

    /** What there is to send now; an empty array for nothing. The array isn't copied and must not be changed. */
    byte[] next();

    /** Whether nothing will come any more; asked when {@link #next} gave nothing, and then that is asked once more for what came just before the end. */
    boolean isComplete();

    /** How long nothing may be sent before {@link #heartbeat} is. */
    Duration heartbeatInterval();

    /** Something that says nothing, sent so that both sides notice if the other has gone; it isn't empty. */
    byte[] heartbeat();

    /** It has ended: complete, or since the client has gone or the server stops; called once, also where it was never started. */
    void close();
}
