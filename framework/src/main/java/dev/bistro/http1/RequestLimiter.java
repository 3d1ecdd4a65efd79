package dev.bistro.http1;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits and counts the requests of a server that are under way outside its loops: on a thread of their own, or waiting
 * without one. Requests that a loop answers at once aren't counted, since each loop has one at most. For any thread.
 */
final class RequestLimiter {
    private final int max;
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder tooMany = new LongAdder();
    private final LongAdder noThread = new LongAdder();
    private final LongAdder noMemory = new LongAdder();
    private final LongAdder lateHeads = new LongAdder();
    private final LongAdder lateBodies = new LongAdder();

    /** Allows so many requests; 0 for no limit. */
    RequestLimiter(int max) {
        this.max = max;
    }

    /** Counts one more; false if there are too many already. */
    boolean tryEnter() {
        int before = underWay.get();
        while (max == 0 || before < max) {
            if (underWay.compareAndSet(before, before + 1)) {
                return true;
            }
            before = underWay.get();
        }
        tooMany.increment(); // not counted even for a moment, since others would be refused for that
        return false;
    }

    void leave() {
        underWay.decrementAndGet();
    }

    void countNoThread() {
        noThread.increment();
    }

    /** Counts a rejection if it is for lack of memory. */
    void count(Rejection rejection) {
        if (rejection.isForMemory()) {
            noMemory.increment();
        }
    }

    /** Counts a connection whose client took too long for the head of a request. */
    void countLateHead() {
        lateHeads.increment();
    }

    /** Counts a connection whose client took too long for a body. */
    void countLateBody() {
        lateBodies.increment();
    }

    /** The load, with the figures of the {@link HandlerWatch}. */
    Http1.Statistics statistics(long stuckHandlers, int stuckNow) {
        return new Http1.Statistics(
                underWay.get(),
                tooMany.sum(),
                noThread.sum(),
                noMemory.sum(),
                lateHeads.sum(),
                lateBodies.sum(),
                stuckHandlers,
                stuckNow);
    }
}
