package dev.bistro.http1;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.spi.RequestObserver.StuckHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports handlers that don't end, on whatever thread they run: each run once, with its stack. A thread looks at all
 * connections about once a second; a handler that was there in all looks of the time that is allowed is stuck. That it
 * is so is all that is done: a thread can't be ended from outside.
 *
 * <p>What counts is the code that answers: filters, the handler, and what writes its result as long as that gives a
 * whole answer, also on the threads of {@code @Timeout}; and the methods of WebSockets. A stream that is written for
 * hours, or a result that comes later, holds up nothing, and has time limits of its own.
 */
final class HandlerWatch implements Runnable {
    /** Reports nothing. */
    static final HandlerWatch OFF = new HandlerWatch(Duration.ZERO, new RequestObservers(List.of()));

    private static final Logger LOG = LoggerFactory.getLogger(HandlerWatch.class);
    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOOKS_PER_RUN = 4;

    private final long allowedNanos;
    private final long lookNanos;
    private final RequestObservers observers;
    private final Set<HandlerRun> runs = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean hasThread = new AtomicBoolean();
    private final LongAdder stuck = new LongAdder();
    private volatile int stuckNow;
    private volatile boolean isClosed;
    private volatile Thread thread; // null until it begins

    /** Reports what runs for longer; zero for nothing. */
    HandlerWatch(Duration allowed, RequestObservers observers) {
        this.allowedNanos = allowed.toNanos();
        this.lookNanos = Math.max(SHORTEST_LOOK_NANOS, Math.min(LONGEST_LOOK_NANOS, allowed.toNanos() / LOOKS_PER_RUN));
        this.observers = observers;
    }

    boolean isOff() {
        return allowedNanos == 0;
    }

    /** A place where handlers run, which is looked at until it is {@linkplain #close(HandlerRun) closed}. */
    HandlerRun open() {
        var run = new HandlerRun();
        if (!isOff() && !isClosed) {
            runs.add(run);
            startThread();
        }
        return run;
    }

    /** No handler runs there any more. */
    void close(HandlerRun run) {
        runs.remove(run);
    }

    /** With the first connection, since a server that can't listen needs none. */
    private void startThread() {
        if (!hasThread.get() && hasThread.compareAndSet(false, true)) {
            try {
                var started = new Thread(this, "bistro-handler-watch");
                started.setDaemon(true);
                started.start();
            } catch (Throwable none) { // no memory, or no thread: the next connection tries again
                hasThread.set(false);
            }
        }
    }

    /** Ends the looks. */
    void close() {
        isClosed = true;
        runs.clear();
        LockSupport.unpark(thread);
    }

    /** How many runs were reported. */
    long stuck() {
        return stuck.sum();
    }

    /** How many of them hadn't ended when they were looked at last. */
    int stuckNow() {
        return stuckNow;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!isClosed) {
            Thread.interrupted(); // a stray interrupt would keep the thread from parking
            LockSupport.parkNanos(this, lookNanos);
            lookSafely();
        }
    }

    private void lookSafely() {
        try {
            look(System.nanoTime());
        } catch (Throwable fault) {
            logSafely(fault);
        }
    }

    private static void logSafely(Throwable fault) {
        try {
            LOG.error("The watch over handlers continues after a fault", fault);
        } catch (Throwable noMemory) { // the next look may have some
        }
    }

    private void look(long now) {
        int count = 0;
        List<HandlerRun> late = List.of();
        for (HandlerRun run : runs) {
            if (run.nanosSeen(now) > allowedNanos) {
                count++;
                if (!run.isReported()) {
                    late = late.isEmpty() ? new ArrayList<>() : late;
                    late.add(run);
                }
            }
        }
        stuckNow = count;
        for (HandlerRun run : late) {
            run.setReported();
            run.describe(Duration.ofNanos(run.nanosSeen(now))).ifPresent(this::report);
        }
    }

    private void report(StuckHandler handler) {
        stuck.increment();
        LOG.warn(
                "[{}] A handler doesn't end: {} {} has run for more than {} ms, on {}",
                handler.request().id(),
                handler.request().method(),
                handler.request().route().map(MatchedRoute::template).orElse("without a route"),
                handler.atLeast().toMillis(),
                name(handler.thread()),
                new HandlerStack(handler));
        observers.onStuck(handler);
    }

    /** Virtual threads have no names. */
    private static String name(Thread thread) {
        return thread.getName().isEmpty() ? thread.toString() : thread.getName();
    }

    /** Where a handler is, for the log, which prints stacks of what is thrown. */
    private static final class HandlerStack extends Throwable {
        private static final long serialVersionUID = 1;

        HandlerStack(StuckHandler handler) {
            super("where it is now", null, false, true);
            setStackTrace(handler.stack().toArray(StackTraceElement[]::new));
        }
    }
}
