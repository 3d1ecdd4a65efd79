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
 * same to a thread that is stuck in a system call. A handler that could run, but whose processor was given to others,
 * is left alone for some looks, where the system tells ({@link Scheduling}): another thread for its loop would be one
 * more that waits for a processor.
 *
 * <p>A fault in a look doesn't end it; the next look tries again what failed, such as creating a thread. A look
 * allocates nothing.
 */
final class Watchdog implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_NANOS = 1_000_000;
    private static final int QUIET_LOOKS = 50;
    private static final int LOOKS_PER_RETRY = 50;
    private static final int MAX_PREEMPTED_LOOKS = 10;
    private static final long MAX_PREEMPTED_NANOS = 20 * LOOK_NANOS;
    private static final long OWN_NANOS = LOOK_NANOS / 2;

    private final Workers workers;
    private final Thread thread;
    private final LongAdder blockedLoops = new LongAdder();
    private volatile HandOverListener listener = HandOverListener.NONE;
    private volatile boolean resting;
    private volatile boolean stopped;
    // owner: the watchdog's thread
    private final ByteBuffer schedulingRead = Scheduling.newBuffer();
    private Watched[] loops = {};
    private int shorthandedLooks;

    /** A loop, and what the last look at it saw. */
    private static final class Watched {
        final EventLoop loop;
        final Stall stall = new Stall();
        long seen;
        boolean taken;

        Watched(EventLoop loop) {
            this.loop = loop;
        }
    }

    /** A handler that was running at two looks, and what later looks say of it. */
    static final class Stall {
        private long state; // of the loop
        private int looks;
        private long sinceNanos;
        private long processorNanos;

        /**
         * Whether the handler may be held up by others alone. A thread that is seen to wait isn't. Of any other the
         * first look tells nothing, since all may have been stopped, the watchdog too, as for a garbage collection; at
         * later ones it is held up while it is ready to run, and has no processor.
         *
         * @param processor what the thread has computed in all, or {@link Scheduling#UNKNOWN}
         * @param now a time in nanoseconds
         */
        boolean isPreempted(long present, boolean isWaiting, boolean isRunnable, long processor, long now) {
            if (isWaiting) {
                return false;
            }
            if (state != present) {
                state = present;
                looks = 1;
                sinceNanos = now;
                processorNanos = processor;
                return processor != Scheduling.UNKNOWN;
            }
            return ++looks <= MAX_PREEMPTED_LOOKS
                    && now - sinceNanos < MAX_PREEMPTED_NANOS
                    && isRunnable
                    && processor - processorNanos < OWN_NANOS;
        }
    }

    Watchdog(Workers workers, ThreadFactory threads) {
        this.workers = workers;
        thread = threads.newThread(this);
    }

    void start(List<EventLoop> watched) {
        loops = new Watched[watched.size()];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = new Watched(watched.get(i));
        }
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
        for (int i = 0; i < loops.length; i++) {
            try {
                busy |= look(i, loops[i]);
            } catch (Throwable fault) {
                busy = true;
                FaultLog.log(LOG, "The watchdog continues after a fault", fault);
            }
        }
        return busy | fillUp();
    }

    /** Looks at a loop, and takes it away if its handler holds it up; returns whether it is busy. */
    private boolean look(int i, Watched watched) {
        EventLoop loop = watched.loop;
        long state = loop.state();
        boolean handlerRuns = state % 2 != 0;
        boolean moved = state != watched.seen;
        boolean isStalled = handlerRuns && !moved;
        Runnable handler = isStalled ? loop.runningHandler() : null; // before there is another leader
        Worker slow = isStalled ? loop.leadingWorker() : null;
        boolean isTaken = isStalled && !isPreempted(watched, state, slow);
        ExecutionProfile heldUp = isTaken ? loop.takeAway(state, schedulingRead) : null;
        watched.seen = state;
        if (heldUp != null) {
            watched.taken = true;
            blockedLoops.increment();
            heldUp.stalled(slow.wasWaiting());
        }
        if (watched.taken) {
            workers.lead(loop);
            watched.taken = false;
        }
        if (heldUp != null) {
            heldUp.warnIfNonBlockingStalls();
            listener.onHandOver(i, slow.thread(), handler);
        }
        return handlerRuns || moved;
    }

    private boolean isPreempted(Watched watched, long state, Worker worker) {
        Scheduling thread = worker.scheduling();
        return watched.stall.isPreempted(
                state,
                worker.isWaiting(),
                thread.isRunnable(schedulingRead),
                thread.processorNanos(schedulingRead),
                System.nanoTime());
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
