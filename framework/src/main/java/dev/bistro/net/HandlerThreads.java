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
 * Threads for code that waits: a virtual thread each from Java 21. Before, two bounded pools, each of which makes a thread only where none is idle: one for handlers, and
 * one for what waits for clients, so that slow clients don't keep the handlers' threads. What can queue is bounded by the number of connections, and each
 * connection waits only so long for a thread.
 */
final class HandlerThreads {
    static final int POOL_THREADS = 256;
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final ExecutorService handlers;
    private final ExecutorService clients;

    /** Handlers run on the first, and what waits for clients on the second; both may be the same. */
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
     * @throws RejectedExecutionException if it will never run, since there is no thread, or no memory for one, or the server has stopped
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

    /** Whether handlers wait for one. */
    boolean areAllTaken() {
        return handlers instanceof ThreadPoolExecutor pool && !pool.getQueue().isEmpty();
    }

    /** How many threads there are, where they are pooled; virtual threads aren't counted. */
    int count() {
        return sum(ThreadPoolExecutor::getPoolSize);
    }

    /** How much waits for a thread. */
    int queued() {
        return sum(pool -> pool.getQueue().size());
    }

    private int sum(java.util.function.ToIntFunction<ThreadPoolExecutor> figure) {
        int sum = 0;
        if (handlers instanceof ThreadPoolExecutor pool) {
            sum += figure.applyAsInt(pool);
        }
        if (clients != handlers && clients instanceof ThreadPoolExecutor pool) {
            sum += figure.applyAsInt(pool);
        }
        return sum;
    }

    /** Lets what runs and waits finish until then, and takes nothing new. */
    void shutdown(long endNanos) throws InterruptedException {
        handlers.shutdown();
        clients.shutdown();
        handlers.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        clients.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts what runs; what waits never will. */
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

    /** Has a task wait for one of its threads where no further one can be made. */
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
            } catch (OutOfMemoryError noThread) { // which the system's having none is as well
                waiting.keep(task, this);
            }
        }
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
            return null; // in Java 19 and 20 it is a preview, and says so by an UnsupportedOperationException
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
