package dev.bistro.net;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what TLS handshakes compute, as many as processors: never a loop, which other connections wait for, nor
 * a handler's thread. They are started when the first handshake needs them.
 */
final class HandshakeThreads {
    private static final int MAX_QUEUED = 1024; // about half a second of two processors' signatures by RSA
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    HandshakeThreads(ThreadFactory threads) {
        int count = Runtime.getRuntime().availableProcessors();
        this.pool = new ThreadPoolExecutor(
                count, count, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_QUEUED), threads);
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the code as soon as a thread is free.
     *
     * @throws RejectedExecutionException if too much waits already, or no thread can be had
     */
    void execute(Runnable code) {
        try {
            pool.execute(code);
        } catch (OutOfMemoryError none) {
            throw new RejectedExecutionException("No thread can be had", none);
        }
    }

    void shutdown() {
        pool.shutdownNow();
    }
}
