package dev.bistro.http1;

import dev.bistro.net.Input;

/**
 * A request's body as it is read from the connection: one class for each framing. Belongs to the connection's owner.
 */
interface RequestBody {
    /**
     * Moves what has come of the body, and nothing behind its end, from the input to an array.
     *
     * @return the number of bytes moved; 0 if the body is complete, or if more input is needed
     */
    int read(Input input, byte[] array, int offset, int length) throws Rejection;

    /** Whether all of it has been read. */
    boolean isComplete();
}
