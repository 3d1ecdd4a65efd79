package dev.bistro.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what nobody tells of, like the end of a connection that a client has left. It looks once in a millisecond,
 * and leaves the processor to whoever is waited for, which a loop without a pause doesn't. The test's own timeout ends
 * it.
 *
 * <pre>{@code
 * Await.until(() -> server.statistics().open() == 0);
 * }</pre>
 */
public final class Await {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition<X extends Exception> {
        boolean isMet() throws X;
    }

    /** Returns when it is so; an interrupt is a failure. */
    public static <X extends Exception> void until(Condition<X> condition) throws X {
        while (!condition.isMet()) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("It was waited for, and did not come");
            }
        }
    }
}
