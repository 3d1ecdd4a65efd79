package dev.bistro.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file on a disk.
 *
 * @param below the path from the folder in which it was found: then its path was checked to be without symbolic links,
 *     and must still be so when it is opened. Empty if it wasn't looked for
 */
record PathFileSource(Path path, String below) implements FileSource {
    /** A file that the application names itself. */
    static PathFileSource of(Path path) {
        return new PathFileSource(path, "");
    }

    @Override
    public String name() {
        return Objects.toString(path.getFileName(), "");
    }

    @Override
    public FileContent open() throws IOException {
        return OpenFile.open(path, !below.isEmpty());
    }

    /** A symbolic link doesn't count: it could lead out of the directory that the file was looked for in. */
    @Override
    public Optional<FileSource> beside(String suffix) {
        Path other = path.resolveSibling(name() + suffix);
        return Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new PathFileSource(other, below.isEmpty() ? "" : below + suffix))
                : Optional.empty();
    }

    @Override
    public Instant lastModified() throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }
}
