package dev.bistro.websocket.protocol;

/**
 * A message of a client, whole and unpacked.
 *
 * @param isText whether it is text, whose bytes are valid UTF-8 then
 * @param bytes what it says
 */
public record Message(boolean isText, byte[] bytes) {}
