package dev.bistro.http1;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests of a server that are under way without the loop: on a thread of their own, or waiting without one. Those
 * that a loop answers at once aren't counted: there is one for each loop at the most. For any thread.
 */
final class Load {
    private final int max;
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder tooMany = new LongAdder();
    private final LongAdder noThread = new LongAdder();
    private final LongAdder noRoom = new LongAdder();

    /** With a limit; 0 for none. */
    Load(int max) {
        this.max = max;
    }

    /** Counts one more, if there may be one; whether there may. */
    boolean enter() {
        int before = underWay.get();
        while (max == 0 || before < max) {
            if (underWay.compareAndSet(before, before + 1)) {
                return true;
            }
            before = underWay.get();
        }
        tooMany.increment(); // and never counted as under way, since others would be refused for that
        return false;
    }

    void leave() {
        underWay.decrementAndGet();
    }

    void hadNoThread() {
        noThread.increment();
    }

    /** Counts a rejection, if it is for want of room. */
    void count(Rejection rejection) {
        if (Rejection.NO_ROOM.equals(rejection.getMessage())) {
            noRoom.increment();
        }
    }

    Http1.Statistics statistics() {
        return new Http1.Statistics(underWay.get(), tooMany.sum(), noThread.sum(), noRoom.sum());
    }
}
