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

/** A folder in a jar, which stays open. Any thread may use it. */
final class JarFolder {
    private final JarFile jar;
    private final String prefix;
    private final Instant lastModified;

    JarFolder(JarFile jar, String folder) {
        this.jar = jar;
        this.prefix = folder + "/";
        this.lastModified = lastModified(jar);
    }

    /** The jar's own time: those of what is in it are often set to the same at each build, so that builds can be reproduced. */
    private static Instant lastModified(JarFile jar) {
        try {
            return Files.getLastModifiedTime(Path.of(jar.getName())).toInstant();
        } catch (IOException | InvalidPathException inAnotherJar) {
            return Instant.now();
        }
    }

    /** The file at a path below the folder; a directory is none. */
    Optional<FileSource> find(PathSegments path) {
        return path.mayBeFile() ? entry(prefix + path.joined()) : Optional.empty();
    }

    /** What the names of its entries begin with. */
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
