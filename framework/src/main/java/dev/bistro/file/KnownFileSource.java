package dev.bistro.file;

import dev.bistro.http.MediaType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A remembered file, which was looked at when it was found.
 *
 * @param lookedNanos when that was
 */
record KnownFileSource(KnownFiles files, KnownFile file, long lookedNanos) implements FileSource {
    @Override
    public String name() {
        return file.source().name();
    }

    @Override
    public String pathInFolder() {
        return file.source().pathInFolder();
    }

    @Override
    public Optional<Path> diskPath() {
        return file.source().diskPath();
    }

    @Override
    public MediaType type() {
        return file.type();
    }

    @Override
    public FileContent open() throws IOException {
        return files.open(file, lookedNanos);
    }

    @Override
    public Optional<FileSource> sibling(String suffix) {
        return file.source().sibling(suffix);
    }

    @Override
    public Instant lastModified() throws IOException {
        return file.source().lastModified();
    }
}
