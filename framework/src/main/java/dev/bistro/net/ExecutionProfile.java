package dev.bistro.net;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one handler's running time: whether it runs on the event loop, or waits for something and needs a
 * thread of its own.
 *
 * <pre>
 *              3 stalls in a row, or more than 1 run in 100
 *   inline ───────────────────────────────────────────────────▶ blocking
 *          ◀─────────────────────────────────────────────────── N runs were quick, and hardly any not;
 *                                                               N doubles with each failed trial
 *                on trial: a stall within 1,000 runs goes back at once
 * </pre>
 *
 * <p>A run stalls when it holds up its loop, which is taken away then. If its thread is seen to wait, the stall counts
 * at once: a handler that hangs would otherwise cost a worker for each request until it returns. If the thread could
 * run, it computes, or waits in the system, or the system lets others run in its place (also the garbage collector),
 * which a quick handler meets as well: then it is judged when the run returns, by the time in which nothing but the run
 * itself held it up ({@link Scheduling}). While {@value #MAX_STALLED_RUNS} stalled runs haven't returned, every further
 * run gets a thread of its own, whatever else is known. So a client that chooses how long a request takes keeps that
 * many workers at most.
 *
 * <p>One stall proves nothing, nor does one long run on a thread of its own, since only Linux tells who held it up. The
 * counters of inline runs are written without synchronisation, a cache line for each loop, since they are a statistic
 * on the hottest path.
 */
public final class ExecutionProfile {
    /** A run below this doesn't need a thread of its own. */
    private static final long QUICK_NANOS = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionProfile.class);

    /** While so many stalled runs haven't returned, all other runs get threads of their own. */
    static final int MAX_STALLED_RUNS = 4;

    /** A run of this length proves that the handler waits: a busy machine hardly ever preempts a thread for so long. */
    private static final long PROOF_NANOS = 20_000_000;

    private static final int STALLS_IN_A_ROW = 3;
    private static final int MIN_STALLS = 5;
    private static final int RUNS_PER_STALL = 100;
    private static final int TRIAL_RUNS = 1_000;
    private static final int MIN_BACK_OFF = 200;
    private static final int MAX_BACK_OFF = 1_000_000;
    /** With fewer quick runs for each that isn't, a handler isn't tried again on the loop. */
    private static final int QUICK_RUNS_PER_SLOW = 50;

    private static final int CACHE_LINE = 16; // in longs; two loops' counters never share a line or adjacent lines

    private final boolean adaptive;
    private final String name;
    private boolean warned; // owner: the watchdog's thread
    private final long[] runs;
    private volatile boolean blocking;
    private volatile int stallsInARow;
    private volatile int quickRuns;
    private volatile int stalledRuns; // written where this is locked
    private volatile boolean proven; // since startCounting()
    // guarded by this:
    private long runsBefore;
    private int stalls;
    private boolean onTrial;
    private int backOff = MIN_BACK_OFF;

    private ExecutionProfile(String name, boolean adaptive, boolean blocking, int loops) {
        this.name = name;
        this.adaptive = adaptive;
        this.blocking = blocking;
        this.runs = new long[loops * CACHE_LINE];
    }

    /** A profile that begins on the event loop, and learns. */
    public static ExecutionProfile adaptive(int loops) {
        return new ExecutionProfile("A handler", true, false, loops);
    }

    /**
     * A profile that never changes.
     *
     * @param name the handler's name in the log
     */
    public static ExecutionProfile pinned(String name, boolean blocking, int loops) {
        return new ExecutionProfile(name, false, blocking, loops);
    }

    /** Whether the handler is known to wait, or declared to. */
    public boolean isBlocking() {
        return blocking;
    }

    /**
     * Whether its next run needs a thread of its own: the handler waits, or too many of its runs hold up a loop at this
     * moment.
     */
    boolean needsOwnThread() {
        return blocking || stalledRuns >= MAX_STALLED_RUNS;
    }

    /**
     * Warns once about a handler that is declared not to wait, but has held up loops.
     */
    void warnIfNonBlockingStalls() {
        if (!adaptive && !blocking && !warned && stalledRuns >= MAX_STALLED_RUNS) {
            warned = true;
            LOG.warn(
                    "{} is said not to block, but holds up event loops: while it does, it gets threads of its own",
                    name);
        }
    }

    /**
     * A stalled run has returned.
     *
     * @param nanos how long it took after the loop was taken away, without what it waited for a processor
     * @param isCounted whether the stall was counted when the loop was taken away
     */
    synchronized void stalledRunReturned(long nanos, boolean isCounted) {
        stalledRuns = stalledRuns - 1;
        proven |= nanos >= PROOF_NANOS;
        if (!isCounted && nanos >= QUICK_NANOS) {
            countStall();
        }
    }

    /**
     * Whether nothing but short stalls says that the handler waits, and quick handlers have those too on a busy
     * machine. Where no thread is free for such a handler, it may be tried on the loop.
     */
    boolean isBlockingUnproven() {
        return adaptive && !proven && stalledRuns < MAX_STALLED_RUNS;
    }

    /** A run on the event loop hasn't held it up. */
    public void ranInline(int loop) {
        runs[loop * CACHE_LINE]++;
        if (stallsInARow != 0) {
            stallsInARow = 0;
        }
    }

    /**
     * The loop was taken away from a run, which {@linkplain #stalledRunReturned returns} later.
     *
     * @param isWaiting whether its thread is seen to wait, which counts at once
     */
    synchronized void stalled(boolean isWaiting) {
        stalledRuns = stalledRuns + 1;
        if (isWaiting) {
            countStall();
        }
    }

    private void countStall() {
        if (!adaptive || blocking) {
            return;
        }
        stalls++;
        stallsInARow = stallsInARow + 1;
        long since = totalRuns() - runsBefore + stalls;
        boolean failedTrial = onTrial && since <= TRIAL_RUNS;
        if (onTrial && !failedTrial) {
            onTrial = false;
            backOff = MIN_BACK_OFF;
        }
        boolean often = stalls >= MIN_STALLS && (long) stalls * RUNS_PER_STALL > since;
        if (failedTrial || often || stallsInARow >= STALLS_IN_A_ROW) {
            backOff = failedTrial ? Math.min(2 * backOff, MAX_BACK_OFF) : backOff;
            quickRuns = 0;
            blocking = true;
        } else if (stalls >= MIN_STALLS) {
            startCounting();
        }
    }

    /** A run on a thread of its own took this long. */
    public void ranBlocking(long nanos) {
        if (!adaptive || !blocking) {
            return;
        }
        if (nanos >= PROOF_NANOS && !proven) {
            proven = true;
        }
        if (nanos >= QUICK_NANOS) {
            if (quickRuns != 0) {
                ranSlowly();
            }
        } else {
            ranQuickly();
        }
    }

    private synchronized void ranSlowly() {
        quickRuns = Math.max(0, quickRuns - QUICK_RUNS_PER_SLOW);
    }

    private synchronized void ranQuickly() {
        quickRuns = quickRuns + 1;
        if (blocking && quickRuns >= backOff) {
            startCounting();
            onTrial = true;
            blocking = false;
        }
    }

    private void startCounting() {
        runsBefore = totalRuns();
        stalls = 0;
        stallsInARow = 0;
        onTrial = false;
        proven = false;
    }

    private long totalRuns() {
        long total = 0;
        for (int i = 0; i < runs.length; i += CACHE_LINE) {
            total += runs[i];
        }
        return total;
    }
}
