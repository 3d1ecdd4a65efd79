package dev.bistro.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes the body of a response: {@code output -> report.writeTo(output)}. It runs on a thread of its own, and waits
 * while the client doesn't take what it writes.
 */
@FunctionalInterface
public interface StreamingBody {
    /**
     * Writes the body. The stream needn't be closed.
     *
     * @throws IOException if the client has gone, or if the body can't be made
     */
    void writeTo(OutputStream output) throws IOException;

    /** Called instead of {@link #writeTo} if the body isn't sent: closes what it would be made of. */
    default void discard() {}
}
