package dev.bistro.file;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files of a middle size, mapped into memory: the system sends a large part of one at less cost than by a copy from
 * file to socket, and needs no memory for it beside what it keeps of the file anyway. A mapping ends when nobody refers
 * to it any more and the garbage collector has noticed, and a file that was deleted takes its place on the disk for as
 * long: so there is a limit for all of them, and what exceeds it is sent as an open file.
 */
final class MappedFiles {
    /** Larger files are sent as open files: their clients take them in parts anyway. */
    static final int MAX_FILE_BYTES = 8 * 1024 * 1024;

    /** A class of its own, since it has a thread, which few programs need. */
    private static final class Ended {
        static final Cleaner CLEANER = Cleaner.create();
    }

    private final long maxBytes;
    private final Runnable whenFull;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Maps so many bytes at a time.
     *
     * @param whenFull called if there is no room, so that mappings are given up
     */
    MappedFiles(long maxBytes, Runnable whenFull) {
        this.maxBytes = maxBytes;
        this.whenFull = whenFull;
    }

    /** Maps an open file; null if it is too large, there is no room, or it can't be. */
    ByteBuffer map(OpenFile file) {
        long size = file.size();
        FileChannel channel = file.channel().orElseThrow();
        if (size > MAX_FILE_BYTES || !reserve(size)) {
            return null;
        }
        try {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            Ended.CLEANER.register(mapped, () -> bytes.addAndGet(-size));
            return mapped;
        } catch (IOException | RuntimeException | Error none) {
            bytes.addAndGet(-size);
            return null;
        }
    }

    private boolean reserve(long size) {
        boolean fits = bytes.addAndGet(size) <= maxBytes;
        if (!fits) {
            bytes.addAndGet(-size);
            whenFull.run();
        }
        return fits;
    }
}
