package dev.bistro.http;

/** The body of a response as the transport takes it: what a result writer makes of a controller's value. */
public sealed interface Payload {
    /** No body. */
    Payload NONE = new Bytes(new byte[0]);

    /** A body that is all there. The array is the transport's from then on: it isn't copied and must not be changed. */
    record Bytes(byte[] bytes) implements Payload {}
}
