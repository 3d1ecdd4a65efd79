package dev.bistro.sample.files;

import dev.bistro.config.ByteSize;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may be in the folder in all. What is there is counted once, at the start; from then on each byte is taken
 * before it is written, so that uploads beside each other can't pass the limit together. While a file is replaced, both
 * count.
 */
final class Quota {
    private final long max;
    private final AtomicLong used;

    Quota(long max, long used) {
        this.max = max;
        this.used = new AtomicLong(used);
    }

    /** The quota of a folder; it is looked through only if there is a limit. */
    static Quota of(ByteSize max, Path root) {
        var used = new AtomicLong();
        if (max.bytes() < Long.MAX_VALUE) {
            FileTree.forEachFile(root, (file, attributes) -> used.addAndGet(attributes.size()));
        }
        return new Quota(max.bytes(), used.get());
    }

    /** The bytes that are in use. */
    long used() {
        return used.get();
    }

    /**
     * Takes so many bytes.
     *
     * @throws HttpException 413 if there aren't as many left; then none are taken
     */
    void take(long bytes) {
        requireFree(bytes);
        if (used.addAndGet(bytes) > max) {
            used.addAndGet(-bytes);
            throw exceeded();
        }
    }

    /**
     * Looks whether so many bytes are left, and takes none.
     *
     * @throws HttpException 413 if not
     */
    void requireFree(long bytes) {
        if (bytes > max - used.get()) {
            throw exceeded();
        }
    }

    /** Gives bytes back. */
    void release(long bytes) {
        used.updateAndGet(
                before -> Math.max(0, before - bytes)); // others may have changed the folder since it was counted
    }

    private static HttpException exceeded() {
        return new HttpException(Status.CONTENT_TOO_LARGE, "There is no room left for that: delete something first");
    }
}
