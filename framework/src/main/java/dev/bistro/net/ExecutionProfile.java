package dev.bistro.net;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one handler: whether it runs on the event loop, or waits for something and so needs a thread of its own.
 *
 * <pre>
 *              3 stalls in a row, or more than 1 run in 100
 *   inline ───────────────────────────────────────────────────▶ blocking
 *          ◀─────────────────────────────────────────────────── (its last N runs were quick; N doubles each time)
 *                on trial: a stall within 1,000 runs goes back at once
 * </pre>
 *
 * <p>A stall counts at the moment when the loop is taken away, not when the handler returns: one that hangs would
 * otherwise cost a worker for each request until then. While a handful of stalled runs haven't returned, every further
 * run goes apart, whatever else is known; so a client that chooses how long a request takes never keeps more than that
 * handful of workers.
 *
 * <p>One stall proves nothing: the thread may have been preempted, or a collector ran. The counters of the inline side are written
 * without synchronisation, a cache line for each loop, since they are a statistic on the hottest path.
 */
public final class ExecutionProfile {
    /** A run below this needn't have a thread of its own. */
    private static final long QUICK_NANOS = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionProfile.class);

    /** So many stalled runs that haven't returned send all others apart. */
    static final int MAX_STALLED_RUNS = 4;

    /** A run of this length waits for something: no busy machine keeps a thread from running for so long, as a rule. */
    private static final long PROOF_NANOS = 20_000_000;

    private static final int STALLS_IN_A_ROW = 3;
    private static final int MIN_STALLS = 5;
    private static final int RUNS_PER_STALL = 100;
    private static final int TRIAL_RUNS = 1_000;
    private static final int MIN_BACK_OFF = 200;
    private static final int MAX_BACK_OFF = 1_000_000;
    private static final int CACHE_LINE = 16; // longs, so that two loops' counters never share a line or its neighbour

    private final boolean adaptive;
    private final String name;
    private boolean warned; // owner: the watchdog's thread
    private final long[] runs;
    private volatile boolean blocking;
    private volatile int stallsInARow;
    private volatile int quickRuns;
    private volatile int stalledRuns; // written where this is locked
    private volatile boolean proven; // since it was last inline
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

    /** Begins on the event loop, and learns. */
    public static ExecutionProfile adaptive(int loops) {
        return new ExecutionProfile("A handler", true, false, loops);
    }

    /**
     * Stays as it is.
     *
     * @param name what the log calls it
     */
    public static ExecutionProfile pinned(String name, boolean blocking, int loops) {
        return new ExecutionProfile(name, false, blocking, loops);
    }

    /** Whether it is known to wait, or said to. */
    public boolean isBlocking() {
        return blocking;
    }

    /**
     * Whether its runs go to threads of their own now: since it waits, or since a handful of its runs hold up a loop at
     * this moment.
     */
    boolean needsOwnThread() {
        return blocking || stalledRuns >= MAX_STALLED_RUNS;
    }

    /**
     * Says once of a handler that is said not to wait, and holds up loops all the same, that its runs go apart while it
     * does.
     */
    void warnIfNonBlockingStalls() {
        if (!adaptive && !blocking && !warned && stalledRuns >= MAX_STALLED_RUNS) {
            warned = true;
            LOG.warn(
                    "{} is said not to block, but holds up event loops: while it does, it gets threads of its own",
                    name);
        }
    }

    /** A run that had stalled has returned, so long after the loop was taken away. */
    synchronized void stalledRunReturned(long nanos) {
        stalledRuns = stalledRuns - 1;
        proven |= nanos >= PROOF_NANOS;
    }

    /**
     * Whether it goes apart for no more than short stalls, which a busy machine makes of quick runs as well. Where there is no thread for it, it may as well be tried
     * on the loop.
     */
    boolean isBlockingUnproven() {
        return adaptive && !proven && stalledRuns < MAX_STALLED_RUNS;
    }

    /** A run on the event loop that didn't hold it up. */
    public void ranInline(int loop) {
        runs[loop * CACHE_LINE]++;
        if (stallsInARow != 0) {
            stallsInARow = 0;
        }
    }

    /** The loop is taken away from a run, which goes on and {@linkplain #stalledRunReturned returns} some time. */
    public synchronized void stalled() {
        stalledRuns = stalledRuns + 1;
        if (!adaptive || blocking) {
            return;
        }
        stalls++;
        stallsInARow = stallsInARow + 1;
        long since = totalRuns() - runsBefore + stalls;
        boolean failedTrial = onTrial && since <= TRIAL_RUNS;
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
                quickRuns = 0;
            }
        } else {
            ranQuickly();
        }
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
