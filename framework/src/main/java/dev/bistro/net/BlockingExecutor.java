package dev.bistro.net;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for handlers that wait: a virtual thread each from Java 21, a bounded pool before, which makes a thread only where none is idle. What can
 * queue is bounded by the number of connections, since each has one request under way.
 */
final class BlockingExecutor {
    static final int POOL_THREADS = 256;
    private static final long KEEP_ALIVE_SECONDS = 30;

    private BlockingExecutor() {}

    static ExecutorService create() {
        ExecutorService virtual = virtualThreads();
        return virtual != null ? virtual : pool();
    }

    static ExecutorService pool() {
        var number = new AtomicInteger();
        ThreadFactory threads = task -> {
            var thread = new Thread(task, "bistro-blocking-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        var waiting = new IdleFirstQueue();
        return new ThreadPoolExecutor(
                0, POOL_THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, waiting, threads, waiting::keep);
    }

    /** Takes a task only for an idle thread, since a pool makes another thread only for what its queue refuses; {@link #keep} is for when there may be no more. */
    private static final class IdleFirstQueue extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        void keep(Runnable task, ThreadPoolExecutor pool) {
            super.offer(task);
            if (pool.isShutdown() && remove(task)) {
                throw new RejectedExecutionException("The server has stopped");
            }
        }
    }

    /** {@code Executors.newVirtualThreadPerTaskExecutor()} where this Java has it, or null: the baseline is 17. */
    private static ExecutorService virtualThreads() {
        try {
            MethodHandle create = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) create.invoke();
        } catch (NoSuchMethodException | UnsupportedOperationException before21) {
            return null; // in Java 19 and 20 it is a preview, and says so by an UnsupportedOperationException
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
