package dev.bistro.net;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the loops about every millisecond while there is work. A handler that is running at two looks in succession
 * holds up its loop: the watchdog takes the loop away from its worker and gives it to another. Go's runtime does the
 * same to a thread that is stuck in a system call.
 *
 * <p>A fault in a look doesn't end it; the next look tries again what failed, such as creating a thread. A look
 * allocates nothing.
 */
final class Watchdog implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_NANOS = 1_000_000;
    private static final int QUIET_LOOKS = 50;
    private static final int LOOKS_PER_RETRY = 50;

    private final Workers workers;
    private final Thread thread;
    private final LongAdder blockedLoops = new LongAdder();
    private List<EventLoop> loops = List.of();
    private volatile HandOverListener listener = HandOverListener.NONE;
    private volatile boolean resting;
    private volatile boolean stopped;
    // owner: the watchdog's thread
    private final ByteBuffer delayRead = RunDelay.newBuffer();
    private long[] seen = {};
    private boolean[] taken = {};
    private int shorthandedLooks;

    Watchdog(Workers workers, ThreadFactory threads) {
        this.workers = workers;
        thread = threads.newThread(this);
    }

    void start(List<EventLoop> watched) {
        loops = List.copyOf(watched);
        seen = new long[watched.size()];
        taken = new boolean[watched.size()];
        thread.start();
    }

    /** Resumes looking, since there is work. */
    void wake() {
        if (resting) {
            resting = false;
            LockSupport.unpark(thread);
        }
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    void setListener(HandOverListener told) {
        listener = told;
    }

    /** How often a loop was taken away from a worker. */
    long blockedLoops() {
        return blockedLoops.sum();
    }

    @Override
    public void run() {
        int quiet = 0;
        while (!stopped) {
            Thread.interrupted(); // a stray interrupt would keep the thread from parking
            quiet = look() ? 0 : quiet + 1;
            if (quiet < QUIET_LOOKS) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            } else {
                rest();
                quiet = 0;
            }
        }
    }

    private void rest() {
        resting = true;
        if (look()) {
            resting = false; // a handler began before it could see that the watchdog rests
        }
        while (resting && !stopped) {
            Thread.interrupted();
            LockSupport.park(this);
        }
    }

    /** Looks at each loop once; returns whether there is a reason to look again soon. */
    private boolean look() {
        boolean busy = false;
        for (int i = 0; i < seen.length; i++) {
            try {
                busy |= look(i);
            } catch (Throwable fault) {
                busy = true;
                FaultLog.log(LOG, "The watchdog continues after a fault", fault);
            }
        }
        return busy | fillUp();
    }

    /** Looks at a loop, and takes it away if its handler holds it up; returns whether it is busy. */
    private boolean look(int i) {
        EventLoop loop = loops.get(i);
        long state = loop.state();
        boolean handlerRuns = state % 2 != 0;
        boolean moved = state != seen[i];
        boolean isStalled = handlerRuns && !moved;
        Runnable handler = isStalled ? loop.runningHandler() : null; // before there is another leader
        Worker slow = isStalled ? loop.leadingWorker() : null;
        ExecutionProfile heldUp = isStalled ? loop.takeAway(state, delayRead) : null;
        seen[i] = state;
        if (heldUp != null) {
            taken[i] = true;
            blockedLoops.increment();
            heldUp.stalled(slow.wasWaiting());
        }
        if (taken[i]) {
            workers.lead(loop);
            taken[i] = false;
        }
        if (heldUp != null) {
            heldUp.warnIfNonBlockingStalls();
            listener.onHandOver(i, slow.thread(), handler);
        }
        return handlerRuns || moved;
    }

    /** Has missing workers created. Where that failed it is tried again, but not at each look. */
    private boolean fillUp() {
        try {
            if (workers.isShorthanded() && ++shorthandedLooks % LOOKS_PER_RETRY == 0) {
                workers.fillUpAgain();
            }
        } catch (Throwable fault) {
            FaultLog.log(LOG, "The watchdog continues after a fault", fault);
        }
        return workers.isShorthanded();
    }
}
