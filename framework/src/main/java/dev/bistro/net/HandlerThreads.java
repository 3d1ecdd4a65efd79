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
import java.util.function.ToIntFunction;

/**
 * Threads for code that waits. From Java 21 each run has a virtual thread. Before, there are two bounded pools, which
 * create a thread only if none is idle: one for handlers, and one for code that waits for clients, so that slow clients
 * don't occupy the handlers' threads. The queues are bounded by the number of connections, and each connection waits
 * for a thread for a limited time.
 */
final class HandlerThreads {
    static final int POOL_THREADS = 256;
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final ExecutorService handlers;
    private final ExecutorService clients;

    /** Runs handlers on the first, and code that waits for clients on the second; both may be the same. */
    HandlerThreads(ExecutorService handlers, ExecutorService clients) {
        this.handlers = handlers;
        this.clients = clients;
    }

    static HandlerThreads create() {
        ExecutorService virtual = virtualThreads();
        return virtual != null
                ? new HandlerThreads(virtual, virtual)
                : new HandlerThreads(pool("bistro-blocking-"), pool("bistro-streaming-"));
    }

    /** Runs code that may wait for anything but a client. */
    void execute(Runnable code) {
        execute(code, false);
    }

    /**
     * Runs code on a thread of its own, as soon as there is one.
     *
     * @throws RejectedExecutionException if the code will never run: there is no thread, or no memory for one, or the
     *     server has stopped
     */
    void execute(Runnable code, boolean waitsForClient) {
        try {
            (waitsForClient ? clients : handlers).execute(code);
        } catch (RejectedExecutionException refused) {
            throw refused;
        } catch (Throwable none) {
            throw new RejectedExecutionException("No thread can be had", none);
        }
    }

    /** Whether all handler threads are taken, and handlers wait for one. */
    boolean areAllTaken() {
        return handlers instanceof ThreadPoolExecutor pool && !pool.getQueue().isEmpty();
    }

    /** The number of pooled threads; virtual threads aren't counted. */
    int count() {
        return sum(ThreadPoolExecutor::getPoolSize);
    }

    /** The number of runs that wait for a thread. */
    int queued() {
        return sum(pool -> pool.getQueue().size());
    }

    private int sum(ToIntFunction<ThreadPoolExecutor> figure) {
        int sum = 0;
        if (handlers instanceof ThreadPoolExecutor pool) {
            sum += figure.applyAsInt(pool);
        }
        if (clients != handlers && clients instanceof ThreadPoolExecutor pool) {
            sum += figure.applyAsInt(pool);
        }
        return sum;
    }

    /** Accepts nothing new, and waits until then for what runs or is queued. */
    void shutdown(long endNanos) throws InterruptedException {
        handlers.shutdown();
        clients.shutdown();
        handlers.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        clients.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts what runs, and discards what is queued. */
    void shutdownNow() {
        handlers.shutdownNow();
        clients.shutdownNow();
    }

    static ThreadPoolExecutor pool(String name) {
        var number = new AtomicInteger();
        ThreadFactory threads = task -> {
            var thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new Pool(new IdleFirstQueue(), threads);
    }

    /** A pool in which a task is queued where no further thread can be created. */
    private static final class Pool extends ThreadPoolExecutor {
        private final IdleFirstQueue waiting;

        Pool(IdleFirstQueue waiting, ThreadFactory threads) {
            super(0, POOL_THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, waiting, threads, waiting::keep);
            this.waiting = waiting;
        }

        @Override
        public void execute(Runnable task) {
            try {
                super.execute(task);
            } catch (OutOfMemoryError noThread) { // also thrown where the system has no thread left
                waiting.keep(task, this);
            }
        }
    }

    /**
     * Accepts a task only if a thread is idle, since a {@link ThreadPoolExecutor} creates a thread only for a task that
     * its queue refuses. {@link #keep} queues a task when the pool has its largest size.
     */
    private static final class IdleFirstQueue extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        void keep(Runnable task, ThreadPoolExecutor pool) {
            if (pool.isShutdown()) { // first, since shutdownNow() would drop what is queued, and nobody would know
                throw new RejectedExecutionException("The server has stopped");
            }
            super.offer(task);
            if ((pool.isShutdown() || pool.getPoolSize() == 0) && remove(task)) {
                throw new RejectedExecutionException("There is no thread, or the server has stopped");
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
            return null; // in Java 19 and 20 it is a preview, and throws UnsupportedOperationException
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
