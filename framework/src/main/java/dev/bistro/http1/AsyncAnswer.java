package dev.bistro.http1;

import dev.bistro.net.Output;

/**
 * An answer that is under way while no thread works on it, and what it does on its connection's events. Belongs to the
 * connection's owner. A complete answer says so to its {@link Exchange}, and gets no more events.
 */
interface AsyncAnswer {
    /** No such answer: a thread works on the request, and learns from its reads and writes what happens. */
    AsyncAnswer NONE = new AsyncAnswer() {};

    /** There may be something to write. */
    default void onWake(Output output) {}

    /** The connection's deadline has passed; only the answer itself sets one meanwhile. */
    default void onDeadline(Output output) {}

    /** The server is stopping: an answer without an end ends now. Called again and again until it has. */
    default void onStopping(Output output) {}

    /** The server stops now, whatever is under way. */
    default void onStopDeadline(Output output) {}

    /** The connection is closed. */
    default void onClosed() {}
}
