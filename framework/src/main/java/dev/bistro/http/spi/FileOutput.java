package dev.bistro.http.spi;

import dev.bistro.http.StreamingBody;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * What the output given to a {@link StreamingBody} may be besides: one that takes bytes straight from a file, which needn't come through this process then.
 * It isn't where something stands between that needs to see the bytes, such as compression.
 */
public interface FileOutput {
    /**
     * Writes a part of a file, after all that was written before.
     *
     * @param position where it begins, in bytes
     * @param count how many bytes it has
     * @throws java.io.EOFException if the file ends before
     * @throws IOException if the client has gone
     */
    void write(FileChannel file, long position, long count) throws IOException;
}
