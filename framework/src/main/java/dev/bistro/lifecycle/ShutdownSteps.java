package dev.bistro.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's code when an application stops, step after step, and waits for none of them for ever. Each step runs
 * on its own thread; one that takes too long is interrupted, logged with the line that it is at, and left behind. The
 * steps share one time limit; when it is used up, each of the rest has {@link #LEAST}.
 */
public final class ShutdownSteps {
    /** How long each step may take at least, however long those before it took. */
    static final Duration LEAST = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSteps.class);

    private final long endNanos;
    private final Consumer<Thread> threads;

    /**
     * Starts the time limit.
     *
     * @param threads is given each thread before it starts
     */
    public ShutdownSteps(Duration limit, Consumer<Thread> threads) {
        this.endNanos = System.nanoTime() + limit.toNanos();
        this.threads = threads;
    }

    /** A call of the user's code, or of what may wait for such code. */
    @FunctionalInterface
    public interface Step {
        /** Runs it. */
        void run() throws Throwable;
    }

    /** Runs one step, and returns when it has ended or is left behind. Logs what it throws. */
    void run(String what, Step step) {
        var thread = new Thread(() -> runLogged(what, step), "bistro-stop-step");
        thread.setDaemon(true); // one that is left behind must not keep the process alive
        threads.accept(thread);
        long begin = System.nanoTime();
        if (!started(thread)) {
            runLogged(what, step); // there is no thread: it may hang here, which is better than not to run it
            return;
        }
        await(thread, begin + Math.max(endNanos - begin, LEAST.toNanos()));
        if (thread.isAlive()) {
            leave(what, thread, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
    }

    private static boolean started(Thread thread) {
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError none) {
            return false;
        }
    }

    private static void runLogged(String what, Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.error("{} failed, and the application stops all the same", what, e);
        }
    }

    /**
     * Waits for a thread. An interrupt of the thread that stops is kept for later: it must not leave a pool half
     * closed.
     */
    private static void await(Thread thread, long end) {
        boolean interrupted = false;
        for (long left = end - System.nanoTime(); left > 0 && thread.isAlive(); left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void leave(String what, Thread thread, long millis) {
        var at = new Throwable("It is here");
        at.setStackTrace(thread.getStackTrace());
        String line = "{} has not ended after {} ms; it is interrupted and left behind, and the rest goes on"
                + " (server.stop-timeout)";
        LOG.error(line, what, millis, at);
        thread.interrupt();
    }
}
