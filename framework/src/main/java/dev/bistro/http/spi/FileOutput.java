package dev.bistro.http.spi;

import dev.bistro.http.StreamingBody;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * An interface that the output given to a {@link StreamingBody} may also implement: it takes bytes straight from a
 * file, without copying them through this process. The output doesn't implement it where something has to see the
 * bytes, such as compression.
 */
public interface FileOutput {
    /**
     * Writes a part of a file, after everything that was written before.
     *
     * @param position where it begins, in bytes
     * @param count how many bytes it has
     * @throws java.io.EOFException if the file ends before
     * @throws IOException if the client has gone
     */
    void write(FileChannel file, long position, long count) throws IOException;
}
