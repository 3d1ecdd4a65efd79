package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;

/** A file that is open, with the attributes that it had then. */
sealed interface FileContent extends Closeable permits OpenFile, OpenJarEntry {
    /** Its size in bytes. */
    long size();

    /** When it was changed last. */
    Instant lastModified();

    /** Names this state of it, as it is sent in this content coding (empty for none). */
    EntityTag tag(String coding);

    /** Whether a span that lies before the last one can be read as quickly as one behind it. */
    boolean seeksBackwards();

    /** The file itself, where it is one of the system's. */
    Optional<FileChannel> channel();

    /**
     * Reads on at a position, into the whole array.
     *
     * @throws java.io.EOFException if it has become shorter
     */
    void read(long position, byte[] bytes) throws IOException;
}
