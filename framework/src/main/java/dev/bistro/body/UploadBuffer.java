package dev.bistro.body;

import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Takes the content of a file: in memory as long as it is small, on the disk from then on, in a file that only this process's owner may read. */
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
     * @param memoryBytes how much of it is held in memory
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

    /** Removes what is on the disk; the content was not to come in full. */
    void discard() throws IOException {
        close();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    long size() {
        return size;
    }

    /** The content, if it isn't on the disk. */
    byte[] bytes() {
        return memory.toByteArray();
    }

    /** Where the content is, if it is on the disk. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
