package dev.bistro.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a body. */
@FunctionalInterface
public interface StreamingBody {
    /**
     * Writes the body; closing the stream isn't needed.
     *
     * @throws IOException if the client has gone, which is nobody's fault, or if the body can't be made
     */
    void writeTo(OutputStream output) throws IOException;

    /** The body isn't wanted, and what it would be made of can be closed; called instead of {@link #writeTo}. */
    default void discard() {}
}
