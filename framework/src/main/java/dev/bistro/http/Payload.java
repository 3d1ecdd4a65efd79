package dev.bistro.http;

/**
 * The body of a response as it is sent: what the framework makes of a controller's value. A filter meets one as the body
 * of the response that {@link Chain#proceed()} gives: a {@link BytesPayload} where the body is there as a whole.
 */
public interface Payload {
    /** No body. */
    Payload NONE = new BytesPayload(new byte[0]);

    /** Releases what the body would be made of: called instead of sending it, where nobody wants it any more. */
    default void discard() {}
}
