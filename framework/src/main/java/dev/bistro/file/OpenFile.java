package dev.bistro.file;

import dev.bistro.http.EntityTag;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** An open file of a file system. Its ETag is trusted only if the clock has ticked since the file's last change. */
final class OpenFile implements FileContent {
    private static final int MAX_TRIES = 5;
    private static final LinkOption[] FOLLOW_LINKS = {};
    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};

    private final Path path;
    private final FileChannel channel;
    private final BasicFileAttributes attributes;
    private final boolean settled; // whether its time identifies this state
    private ByteBuffer mapped; // null if it isn't

    private OpenFile(Path path, FileChannel channel, BasicFileAttributes attributes, boolean settled) {
        this.path = path;
        this.channel = channel;
        this.attributes = attributes;
        this.settled = settled;
    }

    /**
     * Opens a file so that attributes and content are of the same one, although another may be moved to its place at
     * any time: reads the attributes before and after, and tries again if they differ.
     *
     * @param real whether the path must be free of symbolic links
     * @throws NoSuchFileException if there is no file, if it isn't a regular file, or if a path that must be free of
     *     symbolic links has one
     */
    static OpenFile open(Path path, boolean real) throws IOException {
        LinkOption[] links = real ? NO_LINKS : FOLLOW_LINKS;
        for (int i = 0; i < MAX_TRIES; i++) {
            BasicFileAttributes before = attributes(path, links);
            if (i == 0 && waitForTick(before)) {
                before = attributes(path, links);
            }
            boolean settled =
                    TimestampGranularity.tickHasPassed(before.lastModifiedTime().toInstant(), Instant.now());
            FileChannel channel = openChannel(path, real);
            try {
                BasicFileAttributes after = attributes(path, links);
                requireReal(path, real);
                if (isSame(before, after)) {
                    return new OpenFile(path, channel, after, settled);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new IOException("The file changes all the time: " + path);
    }

    /**
     * Waits until the tick of a file that was just written has passed, so that any later write leaves another time.
     * Returns whether it waited.
     */
    private static boolean waitForTick(BasicFileAttributes attributes) throws IOException {
        long millis =
                TimestampGranularity.millisToWait(attributes.lastModifiedTime().toInstant(), Instant.now());
        if (millis > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for the clock");
            }
        }
        return millis > 0;
    }

    private static BasicFileAttributes attributes(Path path, LinkOption... links) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, links);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(path.toString()); // reading a device or a pipe might never end
        }
        return attributes;
    }

    private static FileChannel openChannel(Path path, boolean real) throws IOException {
        return real
                ? FileChannel.open(path, new OpenOption[] {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS})
                : FileChannel.open(path, StandardOpenOption.READ);
    }

    /**
     * Refuses a path in which a directory has been replaced by a symbolic link. The last name can't be one: it was
     * opened without following links.
     */
    private static void requireReal(Path path, boolean real) throws IOException {
        if (real && !path.toRealPath().equals(path)) {
            throw new NoSuchFileException(path.toString());
        }
    }

    private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
        return one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime())
                && Objects.equals(one.fileKey(), other.fileKey());
    }

    @Override
    public long size() {
        return attributes.size();
    }

    /** Which file it is, whatever is at its path now; null where the system doesn't tell. */
    Object key() {
        return attributes.fileKey();
    }

    @Override
    public boolean hasChanged() {
        try {
            return !isSame(attributes, attributes(path, FOLLOW_LINKS));
        } catch (IOException gone) {
            return true;
        }
    }

    @Override
    public Instant lastModified() {
        return attributes.lastModifiedTime().toInstant();
    }

    /**
     * The tag is made of the time, the size and, where the system has one, the file's key (inode). A file that may be
     * written again within the same tick of the clock gets a weak tag that never matches anything.
     */
    @Override
    public EntityTag tag(String coding) {
        if (!settled) {
            return unknownState();
        }
        Instant time = lastModified();
        String text = Long.toHexString(time.getEpochSecond())
                + '.'
                + Integer.toHexString(time.getNano())
                + '-'
                + Long.toHexString(size())
                + '-'
                + Integer.toHexString(Objects.hashCode(attributes.fileKey()));
        EntityTag tag = EntityTag.strong(text);
        return coding.isEmpty() ? tag : FileContent.coded(tag, coding);
    }

    /** A weak tag, which never matches anything. */
    static EntityTag unknownState() {
        return new EntityTag(UUID.randomUUID().toString(), true);
    }

    @Override
    public boolean seeksBackwards() {
        return true;
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public ByteBuffer mapped() {
        return mapped;
    }

    /** Notes the same file's bytes in memory. */
    void setMapped(ByteBuffer bytes) {
        mapped = bytes;
    }

    @Override
    public byte[] read(long position, int count) throws IOException {
        var left = ByteBuffer.allocate(count);
        while (left.hasRemaining()) {
            if (channel.read(left, position + left.position()) < 0) {
                throw new EOFException("The file became shorter while it was sent");
            }
        }
        return left.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
