package dev.bistro.http1;

import dev.bistro.net.Input;

/** A request's body as it comes in: one class for each framing that has one. Belongs to the connection's owner. */
interface Body {
    /**
     * Moves what there is of the body from the input, and nothing behind the body, to an array.
     *
     * @return how many bytes that were; 0 if the body is complete, or if more input is needed
     */
    int read(Input input, byte[] array, int offset, int length) throws Rejection;

    /** Whether all of it has been read. */
    boolean isComplete();
}
