package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;

/** A file that is open, with the attributes that it had then. */
final class OpenFile implements Closeable {
    private static final int MAX_TRIES = 5;

    private final FileChannel channel;
    private final BasicFileAttributes attributes;

    private OpenFile(FileChannel channel, BasicFileAttributes attributes) {
        this.channel = channel;
        this.attributes = attributes;
    }

    /**
     * Opens a file, so that attributes and content are of the same one: another may be moved to its place at any time.
     *
     * @throws NoSuchFileException if there is none, or what is there isn't a file
     */
    static OpenFile open(Path path) throws IOException {
        for (int i = 0; i < MAX_TRIES; i++) {
            BasicFileAttributes before = attributes(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                BasicFileAttributes after = attributes(path);
                if (isSame(before, after)) {
                    return new OpenFile(channel, after);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new IOException("The file changes all the time: " + path);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(path.toString()); // a device or a pipe might never end
        }
        return attributes;
    }

    private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
        return one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime())
                && Objects.equals(one.fileKey(), other.fileKey());
    }

    FileChannel channel() {
        return channel;
    }

    long size() {
        return attributes.size();
    }

    Instant lastModified() {
        return attributes.lastModifiedTime().toInstant();
    }

    /** Changes with the file: with its time, its size, and where the system has one, its number. */
    EntityTag tag(String coding) {
        Instant time = lastModified();
        String text = Long.toHexString(time.getEpochSecond())
                + '.'
                + Integer.toHexString(time.getNano())
                + '-'
                + Long.toHexString(size())
                + '-'
                + Integer.toHexString(Objects.hashCode(attributes.fileKey()));
        return EntityTag.strong(coding.isEmpty() ? text : text + '-' + coding);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
