package dev.bistro.http;

/** A body whose bytes are all there. The array isn't copied: it must not be changed afterwards. */
public record BytesPayload(byte[] bytes) implements Payload {}
