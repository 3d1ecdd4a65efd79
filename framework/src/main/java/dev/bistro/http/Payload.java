package dev.bistro.http;

/**
 * The body of a response as it is sent, which Bistro makes of the value that a handler returns. A filter finds it as
 * the body of the response that {@link Chain#proceed()} returns: a {@link BytesPayload} where all bytes are there.
 */
public interface Payload {
    /** No body. */
    Payload NONE = new BytesPayload(new byte[0]);

    /** Releases what the body would be made of; called instead of sending it, where it isn't sent. */
    default void discard() {}
}
