package dev.bistro.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarEntry;

/** A file in a jar. */
record JarEntrySource(JarFolder folder, JarEntry entry) implements FileSource {
    @Override
    public String pathInFolder() {
        return entry.getName().substring(folder.prefix().length());
    }

    @Override
    public String name() {
        return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    }

    @Override
    public Optional<Path> diskPath() {
        return Optional.empty();
    }

    @Override
    public FileContent open() {
        return new OpenJarEntry(folder, entry);
    }

    @Override
    public Optional<FileSource> sibling(String suffix) {
        return folder.entry(entry.getName() + suffix);
    }

    @Override
    public Instant lastModified() throws IOException {
        return folder.lastModified();
    }
}
