package dev.bistro.websocket.protocol;

/** Takes the replies of a session's handlers; they are sent when the handler has returned. */
public interface Replies {
    /** Replies with text, as UTF-8. */
    void text(byte[] utf8);

    /** Replies with bytes. */
    void binary(byte[] bytes);
}
