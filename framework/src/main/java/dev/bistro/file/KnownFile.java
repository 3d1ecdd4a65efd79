package dev.bistro.file;

import dev.bistro.http.MediaType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What is remembered of a file that was found in a folder: the path that was checked, its media type, the state in
 * which it was seen, and perhaps its bytes. All of it counts only for a request that has looked at the file once more
 * and found that state.
 *
 * <p>The look sees a file that was changed, replaced, moved away or forbidden, and a directory on the way that has
 * become a link to anything else. It doesn't see that the very same file can be reached in another way: its directory
 * was moved, and a link to it was put in its place. So the way is checked again after {@value #WAY_MILLIS} ms.
 */
final class KnownFile {
    /** For so long a file in the same state is taken to be reached in the same way. */
    static final int WAY_MILLIS = 250;

    /**
     * Bytes are kept of a file that was seen in the same state this long before they are read. A change since then has
     * left another stamp, however coarse the file system's clock is, and whatever it shows.
     */
    static final int SETTLED_MILLIS = 2_000;

    /**
     * Bytes are read again after this time: what is written to a file that is mapped into memory, or elsewhere on a
     * network's file system, may leave no other state for long.
     */
    static final int KEPT_MILLIS = 1_000;

    /** Larger files are opened for each request. */
    static final int MAX_KEPT_BYTES = FileBody.SMALL_BYTES;

    final KnownFiles.Key key;
    private final PathFileSource source;
    private final MediaType type;
    private final FileStamp stamp;
    private final long sinceNanos;
    private volatile long checkedNanos;
    private volatile boolean checked;
    private volatile KeptFile kept; // null if its bytes aren't kept
    private volatile long keptNanos;
    private volatile ByteBuffer mapped; // null if it isn't
    private volatile boolean used; // since it was last considered for removal

    /**
     * A file of which the way isn't checked yet.
     *
     * @param nowNanos a time after the stamp was read
     */
    KnownFile(KnownFiles.Key key, PathFileSource source, FileStamp stamp, long nowNanos) {
        this.key = key;
        this.source = source;
        this.type = MediaTypes.of(source.name());
        this.stamp = stamp;
        this.sinceNanos = nowNanos;
    }

    PathFileSource source() {
        return source;
    }

    Path path() {
        return source.path();
    }

    MediaType type() {
        return type;
    }

    boolean isIn(FileStamp seen) {
        return stamp.equals(seen);
    }

    /** Notes that the way to the file was checked after it was seen in this state. */
    void noteCheck(long nowNanos) {
        checkedNanos = nowNanos;
        checked = true;
    }

    boolean isWayKnown(long nowNanos) {
        return checked && nowNanos - checkedNanos < TimeUnit.MILLISECONDS.toNanos(WAY_MILLIS);
    }

    boolean isSettled(long nowNanos) {
        return nowNanos - sinceNanos >= TimeUnit.MILLISECONDS.toNanos(SETTLED_MILLIS);
    }

    /** Its bytes, unless they aren't kept, or are to be read again. */
    KeptFile kept(long nowNanos) {
        KeptFile content = kept;
        boolean isRecent = nowNanos - keptNanos < TimeUnit.MILLISECONDS.toNanos(KEPT_MILLIS);
        return isRecent ? content : null;
    }

    void keep(KeptFile content, long readNanos) {
        kept = content;
        keptNanos = readNanos;
    }

    /** How much memory its bytes take. */
    long keptBytes() {
        KeptFile content = kept;
        return content == null ? 0 : content.size();
    }

    /** Gives its mapping up, which ends when no answer uses it any more. */
    void unmap() {
        mapped = null;
    }

    void noteUse() {
        if (!used) {
            used = true;
        }
    }

    /** Whether it was used since the last call. */
    boolean takeUse() {
        boolean was = used;
        used = false;
        return was;
    }

    /**
     * Opens the file, and reads it for {@link KnownFiles#keep} if its bytes may be kept.
     *
     * @param isSettled whether it has been in this state for long
     * @param mappings where larger files are mapped
     */
    FileContent open(boolean isSettled, MappedFiles mappings) throws IOException {
        OpenFile file = OpenFile.open(path(), true);
        if (!isSettled || file.tag("").isWeak()) {
            return file;
        }
        if (file.size() > MAX_KEPT_BYTES) {
            map(file, mappings);
            return file;
        }
        try {
            var content = new KeptFile(file.read(0, (int) file.size()), file.lastModified(), file.tag(""));
            if (isStill(file)) { // so these are the bytes of this state
                file.close();
                return content;
            }
            file.close();
            return OpenFile.open(path(), true); // with the attributes of what it is now
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** Gives the open file its bytes in memory, if it is the one that this is about, and there is room. */
    private void map(OpenFile file, MappedFiles mappings) {
        if (!isStill(file)) {
            return;
        }
        ByteBuffer bytes = mapped;
        if (bytes == null) {
            bytes = mappings.map(file);
            mapped = bytes;
        }
        if (bytes != null && bytes.capacity() == file.size()) {
            file.setMapped(bytes);
        }
    }

    /** Whether a file that was opened is this one, in the state in which it was seen before, and still now. */
    private boolean isStill(OpenFile file) {
        return stamp.key().equals(file.key()) && isIn(FileStamp.of(path()));
    }
}
