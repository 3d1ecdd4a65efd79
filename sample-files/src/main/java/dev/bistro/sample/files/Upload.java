package dev.bistro.sample.files;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is being uploaded. Until it is complete it lies beside its place, so in the same file system, under a
 * hidden name that is never listed or served; closing it removes what wasn't moved to its place. Belongs to one thread.
 */
final class Upload implements Closeable {
    private static final String PREFIX = ".bistro-upload-";
    private static final String SUFFIX = ".part";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final Quota quota;
    private long size;
    private boolean moved;

    private Upload(Path file, FileChannel channel, Quota quota) {
        this.file = file;
        this.channel = channel;
        this.quota = quota;
    }

    /** Begins one in a folder. */
    static Upload in(Path directory, Quota quota) throws IOException {
        Path file = directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Upload(file, channel, quota);
    }

    /** Removes what uploads have left that a stop of the machine broke off, and gives its bytes back. */
    static void removeLeftovers(Path root, Quota quota) {
        FileTree.forEachFile(root, (file, attributes) -> {
            String name = file.getFileName().toString();
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                remove(file);
                quota.release(attributes.size());
            }
        });
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the content to the disk while it comes.
     *
     * @throws HttpException 413 as soon as the quota is used up, 400 if the client goes away before the content's end
     */
    void receive(InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = read(content, buffer); count >= 0; count = read(content, buffer)) {
            quota.take(count);
            size += count;
            write(ByteBuffer.wrap(buffer, 0, count));
        }
        channel.force(true); // after a power cut there is the old file or the new one, never an empty one
    }

    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new BadRequestException("The upload broke off"); // that is no fault of ours
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Puts the complete file into its place, at once: who reads there sees the old file or the new one, and nothing in
     * between.
     */
    void moveTo(Path target) throws IOException {
        channel.close();
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        moved = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!moved) {
            Files.deleteIfExists(file);
            quota.release(size);
        }
    }
}
