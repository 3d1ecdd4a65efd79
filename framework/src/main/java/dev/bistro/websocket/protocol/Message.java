package dev.bistro.websocket.protocol;

/**
 * A complete message of a client, decompressed.
 *
 * @param isText whether it is text; the bytes are valid UTF-8 then
 * @param bytes the content
 */
public record Message(boolean isText, byte[] bytes) {}
