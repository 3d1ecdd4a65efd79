package dev.bistro.http1;

import dev.bistro.net.Output;

/**
 * An answer that is under way while the connection has come to rest: what it does when it is told something. Belongs to
 * the connection's owner. One that is over says so to its {@link Exchange}, and is told nothing more.
 */
interface Answering {
    /** Nothing that would want to know: a thread is at it, which is told by what it reads and writes. */
    Answering BY_A_THREAD = new Answering() {};

    /** There is something to write, or there may be. */
    default void onWake(Output output) {}

    /** The connection's deadline has passed, which only the answer itself has set. */
    default void onDeadline(Output output) {}

    /** The server is stopping: what could go on for ever ends here. Told again and again. */
    default void onStopping(Output output) {}

    /** The server stops now. */
    default void onStopDeadline(Output output) {}

    /** The connection is closed. */
    default void onClosed() {}
}
