package dev.bistro.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a thread that owns a connection waits for its socket: the loop watches the socket for it. One thread waits, and
 * the loop's leader wakes it.
 */
final class SocketWait {
    private volatile Thread waiter;
    private volatile boolean woken;
    private volatile int operation;

    /** The operation of {@link java.nio.channels.SelectionKey} that is waited for. */
    int operation() {
        return operation;
    }

    /**
     * Waits until the leader has {@linkplain #wake woken} this thread; false if that takes too long.
     *
     * @param ask asks the leader to watch the socket
     */
    boolean await(int wanted, long timeoutMillis, Runnable ask) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        woken = false;
        operation = wanted;
        waiter = Thread.currentThread();
        try {
            ask.run();
            while (!woken) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedIOException("Interrupted while waiting for the client");
                }
            }
            return true;
        } finally {
            waiter = null;
        }
    }

    /** Wakes the thread, if one waits; called by the leader. */
    void wake() {
        Thread waiting = waiter;
        if (waiting != null) {
            woken = true;
            LockSupport.unpark(waiting);
        }
    }
}
