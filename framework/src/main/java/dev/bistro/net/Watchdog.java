package dev.bistro.net;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the loops about every millisecond while there is work. A handler that it finds running at two looks holds its loop up: the
 * loop is taken away from its worker and given to another. Go's runtime does the same to a thread that is stuck in a system call.
 */
final class Watchdog implements Runnable {
    private static final long LOOK_NANOS = 1_000_000;
    private static final int QUIET_LOOKS = 50;

    private final Workers workers;
    private final Thread thread = new Thread(this, "bistro-watchdog");
    private List<EventLoop> loops = List.of();
    private volatile boolean resting;
    private volatile boolean stopped;

    Watchdog(Workers workers) {
        this.workers = workers;
        thread.setDaemon(true);
    }

    void start(List<EventLoop> watched) {
        loops = List.copyOf(watched);
        thread.start();
    }

    /** There is work: looks again if it had stopped looking. */
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

    @Override
    public void run() {
        long[] seen = new long[loops.size()];
        int quiet = 0;
        while (!stopped) {
            quiet = look(seen) ? 0 : quiet + 1;
            if (quiet < QUIET_LOOKS) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            } else {
                rest(seen);
                quiet = 0;
            }
        }
    }

    private void rest(long[] seen) {
        resting = true;
        if (look(seen)) {
            resting = false; // a handler began before it could see that we rest
        }
        while (resting && !stopped) {
            LockSupport.park(this);
        }
    }

    /** Looks at each loop once; whether any has moved or has a handler running. */
    private boolean look(long[] seen) {
        boolean busy = false;
        for (int i = 0; i < seen.length; i++) {
            EventLoop loop = loops.get(i);
            long state = loop.state();
            boolean handlerRuns = state % 2 != 0;
            if (handlerRuns && state == seen[i] && loop.takeAway(state)) {
                workers.lead(loop);
            }
            busy |= handlerRuns || state != seen[i];
            seen[i] = state;
        }
        return busy;
    }
}
