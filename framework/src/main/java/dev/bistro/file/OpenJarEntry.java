package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarEntry;

/**
 * A file in a jar, which is decompressed while it is read. Assumes that the jar doesn't change. Belongs to one thread
 * at a time.
 */
final class OpenJarEntry implements FileContent {
    private final JarFolder folder;
    private final JarEntry entry;
    private InputStream input;
    private long position;

    OpenJarEntry(JarFolder folder, JarEntry entry) {
        this.folder = folder;
        this.entry = entry;
    }

    @Override
    public long size() {
        return entry.getSize();
    }

    @Override
    public Instant lastModified() {
        return folder.lastModified();
    }

    /** The tag is made of the content, so that it is the same in each build and on each machine. */
    @Override
    public EntityTag tag(String coding) {
        String text = Long.toHexString(entry.getCrc()) + '-' + Long.toHexString(size());
        return EntityTag.strong(coding.isEmpty() ? text : text + '-' + coding);
    }

    @Override
    public boolean seeksBackwards() {
        return false;
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.empty();
    }

    @Override
    public void read(long from, byte[] bytes) throws IOException {
        moveTo(from);
        if (input.readNBytes(bytes, 0, bytes.length) < bytes.length) {
            throw new EOFException("The file in the jar is shorter than the jar says");
        }
        position += bytes.length;
    }

    private void moveTo(long first) throws IOException {
        if (input == null || first < position) {
            close();
            input = folder.open(entry);
            position = 0;
        }
        input.skipNBytes(first - position);
        position = first;
    }

    @Override
    public void close() throws IOException {
        if (input != null) {
            input.close();
        }
    }
}
