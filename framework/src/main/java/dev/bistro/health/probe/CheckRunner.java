package dev.bistro.health.probe;

import dev.bistro.health.Health;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one check, each time on a thread of its own, and never twice at a time: a check that hangs keeps one thread, and
 * holds up no other check.
 *
 * <pre>
 *   idle ── run ──▶ running ── a result, or it throws ──────▶ idle
 *                     └── the deadline: down, interrupted ──▶ late ── it ends after all ──▶ idle
 *                                                              └── run: down at once, with no other thread
 * </pre>
 */
final class CheckRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);

    private final String name;
    private final Callable<Health> check;
    private final Duration timeout;
    private final AtomicBoolean runs = new AtomicBoolean();
    private volatile long begunNanos;
    private boolean wasUp = true; // guarded by this

    /**
     * What became of a run.
     *
     * @param fault what the check threw; null if nothing
     */
    private record Outcome(Health health, Throwable fault) {}

    CheckRunner(String name, Callable<Health> check, Duration timeout) {
        this.name = name;
        this.check = check;
        this.timeout = timeout;
    }

    /** Begins a run, unless the last one hasn't ended. It is completed at the deadline at the latest. */
    CompletableFuture<CheckResult> run() {
        if (!runs.compareAndSet(false, true)) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNanos);
            return CompletableFuture.completedFuture(
                    CheckResult.down(name, "It has been running for " + seconds + " seconds"));
        }
        begunNanos = System.nanoTime();
        var outcome = new CompletableFuture<Outcome>();
        CompletableFuture<CheckResult> result = outcome.thenApply(this::found);
        start(outcome); // last, so that the thread that asks, which may be a loop, writes nothing to the log
        return result;
    }

    private static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void start(CompletableFuture<Outcome> outcome) {
        try {
            var thread = new Thread(() -> outcome.complete(call()), "bistro-health-" + name);
            thread.setDaemon(true);
            var late = new Outcome(Health.down("It had no result within " + text(timeout)), null);
            outcome.completeOnTimeout(late, timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .thenAccept(there -> {
                        if (there == late) {
                            thread.interrupt();
                        }
                    });
            thread.start();
        } catch (OutOfMemoryError none) { // also thrown where the system has no thread left, for it or for the clock
            runs.set(false);
            outcome.complete(new Outcome(Health.down("There is no thread for it"), none));
        }
    }

    private Outcome call() {
        try {
            Health health = check.call();
            return health == null ? new Outcome(Health.down("It returned null"), null) : new Outcome(health, null);
        } catch (Throwable fault) { // its text may have secrets, which only the log may have
            return new Outcome(Health.down("It threw " + fault.getClass().getName()), fault);
        } finally {
            runs.set(false);
        }
    }

    private CheckResult found(Outcome outcome) {
        try {
            logChange(outcome);
        } catch (RuntimeException | Error e) {
            // what can't log can't say so; who asks gets the result all the same
        }
        return new CheckResult(name, outcome.health);
    }

    private synchronized void logChange(Outcome outcome) {
        boolean isUp = outcome.health.isUp();
        boolean isSame = isUp == wasUp;
        wasUp = isUp;
        if (!isSame && isUp) {
            LOG.info("The health check {} is up again", name);
        } else if (!isSame) {
            LOG.warn("The health check {} is down: {}", name, outcome.health.details(), outcome.fault);
        }
    }
}
