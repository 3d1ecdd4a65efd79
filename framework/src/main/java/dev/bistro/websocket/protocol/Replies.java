package dev.bistro.websocket.protocol;

/** Where a handler's reply to a message goes: what is written here goes out when the handler has returned. */
public interface Replies {
    /** Replies with text, as UTF-8. */
    void text(byte[] utf8);

    /** Replies with bytes. */
    void binary(byte[] bytes);
}
