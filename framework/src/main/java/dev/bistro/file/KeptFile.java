package dev.bistro.file;

import dev.bistro.http.EntityTag;
import dev.bistro.http.HttpDate;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The bytes of a small file, kept in memory with what it said of itself. Immutable. */
final class KeptFile implements FileContent {
    private final byte[] bytes;
    private final Instant lastModified;
    private final String date;
    private final EntityTag tag;

    /** Takes the bytes without a copy. */
    KeptFile(byte[] bytes, Instant lastModified, EntityTag tag) {
        this.bytes = bytes;
        this.lastModified = lastModified;
        this.date = HttpDate.format(lastModified);
        this.tag = tag;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Instant lastModified() {
        return lastModified;
    }

    @Override
    public String date() {
        return date;
    }

    @Override
    public EntityTag tag(String coding) {
        return coding.isEmpty() ? tag : FileContent.coded(tag, coding);
    }

    @Override
    public boolean seeksBackwards() {
        return true;
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.empty();
    }

    /** The whole file isn't copied. */
    @Override
    public byte[] read(long position, int count) {
        int from = Math.toIntExact(position);
        return count == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + count);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
