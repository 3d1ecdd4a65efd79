package dev.bistro.net;

/**
 * A protocol on a connection: takes the bytes that have arrived, and writes bytes. There is one object for each
 * connection; it is called by the thread that owns the connection at the time, never by two at once.
 */
public interface Protocol {
    /**
     * Takes what has arrived, and moves the input's position behind what it has consumed. What it leaves is in the
     * input of the next call, with more bytes behind it.
     *
     * @return true if it stopped although the input may have another message, since the output is {@linkplain
     *     Output#isCongested() congested}; it is called again when the output has gone out
     */
    boolean onInput(Connection connection, Input input, Output output);

    /** The {@linkplain Connection#setDeadline deadline} has passed. */
    void onDeadline(Connection connection, Output output);

    /**
     * {@link Connection#wake} was called, or output that waited for the client has gone out: the protocol may write
     * now, until the output is congested.
     */
    void onWake(Connection connection, Output output);

    /**
     * The server is stopping: the protocol ends the connection, at once if nothing is under way. Called repeatedly
     * until it has.
     */
    void onStopping(Connection connection, Output output);

    /**
     * The server stops now, and waits no longer for what is under way: the last chance to tell the client so. Called
     * once, if the connection is at rest then.
     */
    default void onStopDeadline(Connection connection, Output output) {}

    /** The connection is closed, by either side. This is the last call. */
    void onClosed(Connection connection);
}
