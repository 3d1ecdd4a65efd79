package dev.bistro.http;

/** A body that is all there. The array is the transport's from then on: it isn't copied and must not be changed. */
public record BytesPayload(byte[] bytes) implements Payload {}
