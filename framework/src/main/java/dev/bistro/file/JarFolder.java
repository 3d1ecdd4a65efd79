package dev.bistro.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A folder in a jar. The jar stays open. Any thread may use it. */
final class JarFolder {
    private final JarFile jar;
    private final String prefix;
    private final Instant lastModified;

    JarFolder(JarFile jar, String folder) {
        this.jar = jar;
        this.prefix = folder + "/";
        this.lastModified = lastModified(jar);
    }

    /**
     * The jar's own time. Reproducible builds set the times of its entries to a constant, so they don't tell versions
     * apart.
     */
    private static Instant lastModified(JarFile jar) {
        try {
            return Files.getLastModifiedTime(Path.of(jar.getName())).toInstant();
        } catch (IOException | InvalidPathException inAnotherJar) {
            return Instant.now();
        }
    }

    /** The file at a path below the folder; empty for a directory. */
    Optional<FileSource> find(PathSegments path) {
        return path.mayBeFile() ? entry(prefix + path.joined()) : Optional.empty();
    }

    /** The beginning of the names of its entries. */
    String prefix() {
        return prefix;
    }

    Optional<FileSource> entry(String name) {
        JarEntry entry = jar.getJarEntry(name);
        return entry == null || entry.isDirectory() ? Optional.empty() : Optional.of(new JarEntrySource(this, entry));
    }

    InputStream open(JarEntry entry) throws IOException {
        return jar.getInputStream(entry);
    }

    Instant lastModified() {
        return lastModified;
    }
}
