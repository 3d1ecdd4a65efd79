package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.wire.Await;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool that replaces virtual threads before Java 21. */
@Timeout(60)
class HandlerThreadsTest {
    private final ExecutorService pool = HandlerThreads.pool("test-");

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void hasAnIdleThreadRunTheNextTask() throws Exception {
        Thread first = pool.submit(Thread::currentThread).get();
        Await.until(() -> first.getState() == Thread.State.TIMED_WAITING);
        assertSame(first, pool.submit(Thread::currentThread).get());
    }

    @Test
    void keepsTasksThatComeWhenAllThreadsWait() throws Exception {
        int more = 50;
        var waiting = new CountDownLatch(HandlerThreads.POOL_THREADS);
        var gate = new CountDownLatch(1);
        var done = new CountDownLatch(HandlerThreads.POOL_THREADS + more);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < HandlerThreads.POOL_THREADS; i++) {
            pool.execute(() -> {
                waiting.countDown();
                awaitUninterrupted(gate);
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        waiting.await();
        for (int i = 0; i < more; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        gate.countDown();
        done.await();
        assertEquals(HandlerThreads.POOL_THREADS, threads.size());
    }

    private static void awaitUninterrupted(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesTasksWhenItHasStopped() throws Exception {
        pool.shutdown();
        pool.awaitTermination(30, TimeUnit.SECONDS);
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
    }
}
