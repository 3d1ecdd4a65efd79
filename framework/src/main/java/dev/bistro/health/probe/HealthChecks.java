package dev.bistro.health.probe;

import dev.bistro.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * All checks. They run when somebody asks and the last results are older than a second; all who ask meanwhile get the
 * same report. For any thread; nothing here waits.
 */
public final class HealthChecks {
    private static final long KEPT_NANOS = 1_000_000_000;

    private final List<CheckRunner> runners;
    private final LongSupplier nanoTime;
    private CompletableFuture<HealthReport> latest; // guarded by this; null until somebody has asked
    private volatile long madeNanos; // set before the latest is done

    /** Puts checks together, at startup. */
    public static final class Builder {
        private final List<CheckRunner> runners = new ArrayList<>();

        /**
         * Adds a check.
         *
         * @param timeout after which it counts as down
         */
        public Builder add(String name, Callable<Health> check, Duration timeout) {
            runners.add(new CheckRunner(name, check, timeout));
            return this;
        }

        /** The checks; none runs yet. */
        public HealthChecks build() {
            return build(System::nanoTime);
        }

        HealthChecks build(LongSupplier nanoTime) {
            return new HealthChecks(List.copyOf(runners), nanoTime);
        }
    }

    private HealthChecks(List<CheckRunner> runners, LongSupplier nanoTime) {
        this.runners = runners;
        this.nanoTime = nanoTime;
    }

    /** The report of a run that began less than a second after the one before; it may be under way. */
    synchronized CompletableFuture<HealthReport> report() {
        boolean isFresh = latest != null && (!latest.isDone() || nanoTime.getAsLong() - madeNanos < KEPT_NANOS);
        if (!isFresh) {
            latest = start();
        }
        return latest;
    }

    private CompletableFuture<HealthReport> start() {
        List<CompletableFuture<CheckResult>> runs =
                runners.stream().map(CheckRunner::run).toList();
        return CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).thenApply(all -> {
            madeNanos = nanoTime.getAsLong();
            return new HealthReport(runs.stream().map(CompletableFuture::join).toList());
        });
    }
}
