package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a thread has waited for a processor, as the system counts it: a thread that was ready to run, but had to let
 * others run, didn't wait for anything itself. Linux has it in a file for each thread; elsewhere nothing is known, and
 * it is {@value #UNKNOWN}. Asking allocates nothing.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">Linux, scheduler statistics: schedstat</a>
 */
final class RunDelay {
    /** What is said where the system says nothing. */
    static final long UNKNOWN = -1;

    private static final Path THIS_THREAD = Path.of("/proc/thread-self");
    private static final int MAX_BYTES = 64; // three numbers of 64 bits

    private final FileChannel statistics; // null where there are none

    private RunDelay(FileChannel statistics) {
        this.statistics = statistics;
    }

    /** That of the thread that calls this, for any thread to ask. */
    static RunDelay ofThisThread() {
        try {
            Path own = Files.readSymbolicLink(THIS_THREAD); // PID/task/TID: the link is another one for others
            return new RunDelay(FileChannel.open(THIS_THREAD.resolveSibling(own).resolve("schedstat")));
        } catch (IOException | RuntimeException | Error unknown) {
            return new RunDelay(null);
        }
    }

    /** A place to read into; one for each thread that asks. */
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(MAX_BYTES);
    }

    /** The nanoseconds that it has waited in all, or {@value #UNKNOWN}. */
    long nanos(ByteBuffer buffer) {
        try {
            buffer.clear();
            return statistics == null || statistics.read(buffer, 0) <= 0 ? UNKNOWN : parse(buffer.flip());
        } catch (IOException | RuntimeException | Error unknown) {
            return UNKNOWN; // an interrupt closes the file for good
        }
    }

    /** How long it has waited between two answers; nothing where one isn't known. */
    static long between(long before, long after) {
        return before == UNKNOWN || after == UNKNOWN ? 0 : Math.max(0, after - before);
    }

    /** The second of three numbers: nanoseconds on a processor, nanoseconds waited for one, number of turns. */
    static long parse(ByteBuffer text) {
        while (text.hasRemaining() && text.get() != ' ') {
            // the first number
        }
        long nanos = 0;
        while (text.hasRemaining()) {
            int digit = text.get() - '0';
            if (digit < 0 || digit > 9) {
                return nanos;
            }
            nanos = 10 * nanos + digit;
        }
        return nanos;
    }

    void close() {
        try {
            if (statistics != null) {
                statistics.close();
            }
        } catch (IOException none) { // it was only read
        }
    }
}
