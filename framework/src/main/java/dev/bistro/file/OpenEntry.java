package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.http.EntityTag;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.jar.JarEntry;

/** A file in a jar, which is unpacked while it is read. A jar doesn't change while it is in use. Belongs to one thread at a time. */
final class OpenEntry implements Content {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final JarFolder folder;
    private final JarEntry entry;
    private InputStream input;
    private long position;

    OpenEntry(JarFolder folder, JarEntry entry) {
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

    /** Of what is in it, so that it is the same in each build and on each machine that has the same file. */
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
    public void write(Span span, OutputStream output) throws IOException {
        moveTo(span.first());
        var buffer = new byte[(int) Math.min(BUFFER_BYTES, span.length())];
        while (position <= span.last()) {
            int count = input.read(buffer, 0, (int) Math.min(buffer.length, span.last() - position + 1));
            if (count < 0) {
                throw new EOFException("The file in the jar is shorter than the jar says");
            }
            output.write(buffer, 0, count);
            position += count;
        }
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
