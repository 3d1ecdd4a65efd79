package dev.bistro.body;

import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Buffers a file's content: in memory while it is small, then on the disk, in a file that only this process's owner may
 * read.
 */
final class UploadBuffer extends OutputStream {
    private final long maxBytes;
    private final int memoryBytes;
    private final Path directory;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream disk;
    private long size;

    /**
     * @param maxBytes how large the file may be; 413 above it
     * @param memoryBytes how many bytes of it are held in memory
     */
    UploadBuffer(long maxBytes, int memoryBytes, Path directory) {
        this.maxBytes = maxBytes;
        this.memoryBytes = memoryBytes;
        this.directory = directory;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (size > maxBytes) {
            throw new HttpException(Status.CONTENT_TOO_LARGE, "A file is larger than " + maxBytes + " bytes");
        }
        if (disk == null && size > memoryBytes) {
            goToDisk();
        }
        (disk == null ? memory : disk).write(bytes, offset, length);
    }

    private void goToDisk() throws IOException {
        file = Files.createTempFile(
                directory, "bistro-upload-", ".part"); // rw-------, where there are such permissions
        disk = Files.newOutputStream(file);
        memory.writeTo(disk);
        memory.reset();
    }

    @Override
    public void close() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    /** Deletes what was written to the disk, if the content didn't arrive completely. */
    void discard() throws IOException {
        close();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    long size() {
        return size;
    }

    /** The content, unless it is on the disk. */
    byte[] bytes() {
        return memory.toByteArray();
    }

    /** The file with the content, if it is on the disk. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
