package dev.bistro.http.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * A body that is asked for its next piece when the client has taken the one before, so that no thread waits for a
 * client, and a slow one costs the memory of one piece. All methods are called by one thread at a time. {@link #next}
 * and {@link #close} may wait for what the body is made of (a disk, a database).
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
    /** The usual size of the largest piece; one may be slightly larger. */
    int MAX_PIECE_BYTES = 64 * 1024;

    /**
     * The next piece; an empty array when the body is complete. The array isn't copied and must not be changed.
     *
     * @throws IOException if the rest can't be made; the connection is closed then, so that the client notices
     */
    byte[] next() throws IOException;

    /**
     * The next part, if it is in a file, from which it can be sent without copying it through this process. The part
     * counts as sent then, and the file stays open until {@link #close}. This isn't called where something has to see
     * the bytes, such as compression, or where the disk may be slow: {@link #next} returns them then. It mustn't wait.
     */
    default Optional<FilePart> nextInFile() {
        return Optional.empty();
    }

    /** Whether the client needs each piece at once, so that none may be held back until the next one is there. */
    default boolean isLive() {
        return false;
    }

    /**
     * Called once at the end: the body is complete, has failed, or isn't sent; also if no piece was asked for.
     *
     * @throws IOException if what it is made of can't be closed; a client that hasn't got the end of the body yet
     *     doesn't get it then
     */
    void close() throws IOException;

    /**
     * A part of a file.
     *
     * @param position where it begins, in bytes
     * @param count how many bytes it has
     * @param mapped the whole file in memory, from which only the system may read: it tells of a file that has become
     *     shorter, where a look from here would fail; null if it isn't mapped
     */
    record FilePart(FileChannel file, long position, long count, ByteBuffer mapped) {
        /** A part of a file that isn't mapped. */
        public FilePart(FileChannel file, long position, long count) {
            this(file, position, count, null);
        }
    }
}
