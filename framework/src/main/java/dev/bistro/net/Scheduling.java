package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the system's scheduler says of a thread: the time that it had a processor, the time that it has waited for one,
 * and whether it could run now. A thread that is ready to run, but has to let others run, doesn't wait for anything
 * itself. Linux has it in two files for each thread; elsewhere nothing is known. Asking allocates nothing.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">Linux, scheduler statistics: schedstat</a>
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class Scheduling {
    /** What is said of a time where the system says nothing. */
    static final long UNKNOWN = -1;

    private static final Path THIS_THREAD = Path.of("/proc/thread-self");
    private static final int MAX_BYTES = 64; // three numbers of 64 bits; or an id, a name of 15 bytes, and the state
    private static final int PROCESSOR = 0;
    private static final int DELAY = 1;

    private final FileChannel statistics; // null where there are none
    private final FileChannel status; // as well

    private Scheduling(FileChannel statistics, FileChannel status) {
        this.statistics = statistics;
        this.status = status;
    }

    /** That of the thread that calls this, for any thread to ask. */
    static Scheduling ofThisThread() {
        FileChannel statistics = null;
        try {
            Path own =
                    THIS_THREAD.resolveSibling(Files.readSymbolicLink(THIS_THREAD)); // the link is others' for others
            statistics = FileChannel.open(own.resolve("schedstat"));
            return new Scheduling(statistics, FileChannel.open(own.resolve("stat")));
        } catch (IOException | RuntimeException | Error unknown) {
            return new Scheduling(statistics, null);
        }
    }

    /** A place to read into; one for each thread that asks. */
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(MAX_BYTES);
    }

    /**
     * The nanoseconds that it had a processor in all, a tick of the system's late; or {@value #UNKNOWN}, also if it had
     * none: a thread that asks has run, so the system doesn't count.
     */
    long processorNanos(ByteBuffer buffer) {
        long nanos = read(statistics, buffer) ? number(buffer, PROCESSOR) : 0;
        return nanos == 0 ? UNKNOWN : nanos;
    }

    /** The nanoseconds that it has waited for a processor in all, or {@value #UNKNOWN}. */
    long delayNanos(ByteBuffer buffer) {
        return read(statistics, buffer) ? number(buffer, DELAY) : UNKNOWN;
    }

    /** Whether it is known to have a processor now, or to be ready for one. */
    boolean isRunnable(ByteBuffer buffer) {
        return read(status, buffer) && state(buffer) == 'R';
    }

    private static boolean read(FileChannel file, ByteBuffer buffer) {
        try {
            buffer.clear();
            boolean known = file != null && file.read(buffer, 0) > 0;
            buffer.flip();
            return known;
        } catch (IOException | RuntimeException | Error unknown) {
            return false; // an interrupt closes the file for good
        }
    }

    /** How long it has waited between two answers; nothing where one isn't known. */
    static long between(long before, long after) {
        return before == UNKNOWN || after == UNKNOWN ? 0 : Math.max(0, after - before);
    }

    /** One of three numbers: nanoseconds on a processor, nanoseconds waited for one, number of turns. */
    static long number(ByteBuffer text, int index) {
        for (int i = 0; i < index; i++) {
            while (text.hasRemaining() && text.get() != ' ') {
                // a number before it
            }
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

    /** The letter behind the name, which is in parentheses and may have some itself; a space where there is none. */
    static char state(ByteBuffer text) {
        for (int i = text.limit() - 3; i >= 0; i--) {
            if (text.get(i) == ')') {
                return (char) text.get(i + 2);
            }
        }
        return ' ';
    }

    void close() {
        close(statistics);
        close(status);
    }

    private static void close(FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException none) { // it was only read
        }
    }
}
