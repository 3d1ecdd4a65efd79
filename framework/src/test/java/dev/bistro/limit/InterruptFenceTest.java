package dev.bistro.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt reaches a thread inside of the fenced code, and never one that has left it. */
@Timeout(60)
class InterruptFenceTest {
    @Test
    void interruptsWhoIsInside() {
        var fence = new InterruptFence();
        assertTrue(fence.enter());
        fence.interrupt();
        assertTrue(Thread.currentThread().isInterrupted());
        fence.leave();
        assertFalse(Thread.interrupted(), "taken away with the end of the code");
    }

    @Test
    void whoHasLeftIsNotInterrupted() {
        var fence = new InterruptFence();
        fence.enter();
        fence.leave();
        fence.interrupt();
        assertFalse(Thread.interrupted());
        assertFalse(fence.enter(), "nobody begins any more");
    }

    @Test
    void anInterruptOfSomebodyElseStays() {
        var fence = new InterruptFence();
        fence.enter();
        Thread.currentThread().interrupt();
        fence.leave();
        assertTrue(Thread.interrupted());
    }

    /** A thread leaves at about the same moment as another interrupts: a hundred thousand times, in all orders. */
    @Test
    void noInterruptComesAfterTheEnd() throws InterruptedException {
        int runs = 100_000;
        var next = new AtomicReference<InterruptFence>();
        var late = new AtomicInteger();
        var done = new CountDownLatch(1);
        var interrupting = new Thread(() -> {
            InterruptFence last = null;
            while (done.getCount() > 0) {
                InterruptFence fence = next.get();
                if (fence != last && fence != null) {
                    fence.interrupt();
                    last = fence;
                }
                Thread.onSpinWait();
            }
        });
        interrupting.start();
        for (int i = 0; i < runs; i++) {
            var fence = new InterruptFence();
            next.set(fence);
            if (fence.enter()) {
                for (int turn = i % 50; turn > 0; turn--) {
                    Thread.onSpinWait();
                }
                fence.leave();
            }
            for (int turn = 0; turn < 50; turn++) {
                Thread.onSpinWait();
            }
            late.addAndGet(Thread.interrupted() ? 1 : 0);
        }
        done.countDown();
        interrupting.join();
        assertEquals(0, late.get());
    }
}
