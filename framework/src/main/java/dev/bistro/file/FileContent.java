package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;

/** A file that is open for reading, with the attributes that it had when it was opened. */
sealed interface FileContent extends Closeable permits OpenFile, OpenJarEntry {
    /** Its size in bytes. */
    long size();

    /** When it was last modified. */
    Instant lastModified();

    /**
     * The entity tag of this state of the file.
     *
     * @param coding the content coding in which it is sent; empty for none
     */
    EntityTag tag(String coding);

    /** Whether reading backwards is as fast as reading forwards. */
    boolean seeksBackwards();

    /** The channel of the file; empty if it is in a jar. */
    Optional<FileChannel> channel();

    /**
     * Fills an array with the bytes from a position on.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void read(long position, byte[] bytes) throws IOException;
}
