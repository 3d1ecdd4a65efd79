package dev.bistro.net;

/**
 * What speaks on a connection: takes the bytes that arrived, and writes bytes. One object for each connection; called by the thread that
 * owns the connection at the time, never by two at once.
 */
public interface Protocol {
    /**
     * Takes what has arrived: moves the input's position behind what it has dealt with. What it leaves is there again, with more behind it,
     * at the next call.
     *
     * @return whether it stopped although the input may hold another message, since the output is {@linkplain Output#isCongested()
     *     congested}; it is then called again when the output has gone out
     */
    boolean onInput(Connection connection, Input input, Output output);

    /** The {@linkplain Connection#setDeadline deadline} has passed. */
    void onDeadline(Connection connection, Output output);

    /**
     * The protocol {@linkplain Connection#wake asked} to be called, or output that waited for the client has gone out: it may write now, until
     * the output is congested.
     */
    void onWake(Connection connection, Output output);

    /** The server is stopping: the protocol ends the connection, at once if nothing is under way. Called again and again until it has. */
    void onStopping(Connection connection, Output output);

    /**
     * The server stops now, and waits no longer for what is under way: the last chance to say so to the client. Called
     * once, if the connection is at rest then.
     */
    default void onStopDeadline(Connection connection, Output output) {}

    /** The connection is closed, whoever closed it; the last call. */
    void onClosed(Connection connection);
}
