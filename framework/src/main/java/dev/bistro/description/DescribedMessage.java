package dev.bistro.description;

import java.lang.reflect.Type;

/**
 * A kind of message of a WebSocket.
 *
 * @param isReceived whether clients send it; otherwise a method's result is sent to them
 * @param type what it is read as, or made of: a text for {@code String}, bytes for {@code byte[]} and
 *     {@code ByteBuffer}, and JSON otherwise
 * @param byApplication whether a codec of the application, or of a library, writes it
 */
public record DescribedMessage(boolean isReceived, Type type, boolean byApplication) {}
