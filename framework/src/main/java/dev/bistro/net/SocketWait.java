package dev.bistro.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that has a connection waits for its socket, which the loop watches for it. One thread waits, the loop's
 * leader wakes it.
 */
final class SocketWait {
    private volatile Thread waiter;
    private volatile boolean woken;
    private volatile int operation;

    /** What is waited for: an operation of {@link java.nio.channels.SelectionKey}. */
    int operation() {
        return operation;
    }

    /**
     * Waits until the leader has {@linkplain #wake woken} this thread; false if that takes too long.
     *
     * @param ask has the leader watch the socket
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

    /** Called by the leader, also where nobody waits. */
    void wake() {
        Thread waiting = waiter;
        if (waiting != null) {
            woken = true;
            LockSupport.unpark(waiting);
        }
    }
}
