package dev.bistro.http.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * A body that is asked for its next piece when the client has taken the one before: so no thread waits for a client,
 * and a slow one costs one piece. All methods are called by one thread at a time. {@link #next} and {@link #close} may
 * wait for what the body is made of (a disk, a database), since they run where that holds up nobody.
 *
 * <pre>{@code
 * final class Zeros implements PulledBody {
 *     private int left = 1_000;
 *
 *     public byte[] next() {
 *         return left-- > 0 ? new byte[1024] : new byte[0];
 *     }
 *
 *     public void close() {}
 * }
 * }</pre>
 */
public interface PulledBody {
    /** How large a piece is at the most, or a little above. */
    int MAX_PIECE_BYTES = 64 * 1024;

    /**
     * The next piece; an empty array when the body is complete. The array isn't copied and must not be changed.
     *
     * @throws IOException if the rest can't be made: the connection is closed then, so that the client can tell
     */
    byte[] next() throws IOException;

    /**
     * What comes next, if it lies in a file: it counts as given then, and needn't come through this process. The file
     * stays open until {@link #close}. Where this isn't asked for, {@link #next} gives the bytes: something may stand
     * between that needs to see them, such as compression, or the disk may be slow. This mustn't wait.
     */
    default Optional<FilePart> nextInFile() {
        return Optional.empty();
    }

    /** Whether the client can use a piece before the next one is there, so that none may be held back. */
    default boolean isLive() {
        return false;
    }

    /**
     * It has ended: complete, failed, or nobody wants it; called once, also where no piece was asked for.
     *
     * @throws IOException if what it is made of can't be closed; if the client hasn't got the end of the body yet, it
     *     won't then
     */
    void close() throws IOException;

    /**
     * A part of a file.
     *
     * @param position where it begins, in bytes
     * @param count how many bytes it has
     */
    record FilePart(FileChannel file, long position, long count) {}
}
