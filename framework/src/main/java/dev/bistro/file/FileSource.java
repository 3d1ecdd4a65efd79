package dev.bistro.file;

import dev.bistro.http.MediaType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A file that isn't open yet: on a disk, or in a jar. */
sealed interface FileSource permits PathFileSource, KnownFileSource, JarEntrySource {
    /** The file's own name: {@code "app.js"}. */
    String name();

    /**
     * Its path below the folder in which it was found, with slashes; empty if it wasn't looked for in a folder.
     */
    String pathInFolder();

    /** Its path in a file system; empty if it is in a jar. */
    Optional<Path> diskPath();

    /** Its media type, by its name. */
    default MediaType type() {
        return MediaTypes.of(name());
    }

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
