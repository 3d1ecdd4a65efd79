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

    /** The client has gone while the connection was {@linkplain Connection#suspend suspended}; it is closed now. */
    void onGone(Connection connection);

    /** Whether nothing is under way, so that the connection can be closed when the server stops. */
    boolean isIdle();
}
