package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;

/**
 * The way of a connection's bytes to its socket and from there: as they are, or by TLS. Never waits: reads and writes
 * what the socket has and takes at the moment. Belongs to the connection's owner.
 */
interface Wire extends ByteChannel {
    /** Whether there is input that was taken from the socket already, so that the socket won't be ready for it. */
    boolean hasInput();

    /** Whether input that was taken from the socket is kept in memory, also where it can't be read yet. */
    boolean keepsInput();

    /** Whether output was taken that the socket hasn't taken yet. */
    boolean hasPending();

    /** Goes on with what is pending; returns whether that is all gone. */
    boolean flush() throws IOException;

    /** The number of bytes that the socket has taken in all. */
    long sentBytes();

    /** Sends as much of a part of a file as the socket takes, and returns how much that was. */
    long transferFrom(FileChannel file, long position, long count) throws IOException;

    /** Whether the system copies what is written to the socket, so that nobody else reads it. */
    default boolean isCopiedBySystem() {
        return false;
    }

    /** Tells the client that nothing more is sent, where there is a way to; returns whether that has gone out. */
    boolean end() throws IOException;

    /** Drops what is kept in memory: nothing is sent any more. */
    void release();
}
