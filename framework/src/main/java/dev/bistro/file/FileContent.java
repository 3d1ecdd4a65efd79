package dev.bistro.file;

import dev.bistro.http.EntityTag;
import dev.bistro.http.HttpDate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;

/** A file that is open for reading, with the attributes that it had when it was opened. */
sealed interface FileContent extends Closeable permits OpenFile, KeptFile, OpenJarEntry {
    /** Its size in bytes. */
    long size();

    /** When it was last modified. */
    Instant lastModified();

    /** When it was last modified, as header fields have it. */
    default String date() {
        return HttpDate.format(lastModified());
    }

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

    /** Whether the file that is found at its path now is another one, or in another state. */
    default boolean hasChanged() {
        return false;
    }

    /** The whole file in memory, for {@link dev.bistro.http.spi.PulledBody.FilePart}; null if it isn't mapped. */
    default ByteBuffer mapped() {
        return null;
    }

    /**
     * So many bytes from a position on, in an array that nobody changes.
     *
     * @throws java.io.EOFException if the file ends before
     */
    byte[] read(long position, int count) throws IOException;

    /** The tag of the same state in a content coding. */
    static EntityTag coded(EntityTag tag, String coding) {
        return EntityTag.strong(tag.text() + '-' + coding);
    }
}
