package dev.bistro.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of a file system.
 *
 * @param pathInFolder the path below the folder in which it was found; such a path was free of symbolic links, and must
 *     still be so when the file is opened. Empty if it wasn't looked for in a folder
 */
record PathFileSource(Path path, String pathInFolder) implements FileSource {
    /** A file that the application names itself, with symbolic links allowed. */
    static PathFileSource of(Path path) {
        return new PathFileSource(path, "");
    }

    @Override
    public String name() {
        return Objects.toString(path.getFileName(), "");
    }

    @Override
    public Optional<Path> diskPath() {
        return Optional.of(path);
    }

    @Override
    public FileContent open() throws IOException {
        return OpenFile.open(path, !pathInFolder.isEmpty());
    }

    /** Ignores a symbolic link: it could lead out of the folder in which the file was found. */
    @Override
    public Optional<FileSource> sibling(String suffix) {
        Path other = path.resolveSibling(name() + suffix);
        return Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new PathFileSource(other, pathInFolder.isEmpty() ? "" : pathInFolder + suffix))
                : Optional.empty();
    }

    @Override
    public Instant lastModified() throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }
}
