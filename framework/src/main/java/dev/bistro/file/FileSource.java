package dev.bistro.file;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where a file is, before it is opened: on a disk, or in a jar. */
sealed interface FileSource permits PathFileSource, JarEntrySource {
    /** The file's own name: {@code "app.js"}. */
    String name();

    /**
     * Its path from the folder in which it was found, as it is called there, with slashes; empty if it wasn't looked
     * for in one.
     */
    String below();

    /**
     * Opens it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none, or what is there isn't a file
     */
    FileContent open() throws IOException;

    /** The file beside it that has this at the end of its name too, if there is one. */
    Optional<FileSource> beside(String suffix);

    /** When it was changed last. */
    Instant lastModified() throws IOException;
}
