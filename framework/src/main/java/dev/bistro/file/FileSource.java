package dev.bistro.file;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A file that isn't open yet: on a disk, or in a jar. */
sealed interface FileSource permits PathFileSource, JarEntrySource {
    /** The file's own name: {@code "app.js"}. */
    String name();

    /**
     * Its path below the folder in which it was found, with slashes; empty if it wasn't looked for in a folder.
     */
    String pathInFolder();

    /**
     * Opens the file.
     *
     * @throws java.nio.file.NoSuchFileException if it doesn't exist, or isn't a regular file
     */
    FileContent open() throws IOException;

    /** The file in the same folder whose name has this suffix appended, if it exists. */
    Optional<FileSource> sibling(String suffix);

    /** When it was last modified. */
    Instant lastModified() throws IOException;
}
