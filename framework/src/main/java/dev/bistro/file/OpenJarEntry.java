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
        EntityTag tag = EntityTag.strong(Long.toHexString(entry.getCrc()) + '-' + Long.toHexString(size()));
        return coding.isEmpty() ? tag : FileContent.coded(tag, coding);
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
    public byte[] read(long from, int count) throws IOException {
        moveTo(from);
        byte[] bytes = input.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The file in the jar is shorter than the jar says");
        }
        position += count;
        return bytes;
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
