package dev.bistro.http1;

import dev.bistro.http.spi.RequestObserver.StuckHandler;
import dev.bistro.http.spi.ServerRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The handlers that run in one place, one after the other, such as those of a connection; {@link HandlerWatch} looks at
 * it now and then. A run costs a few plain stores: no time is taken, and nothing is allocated.
 *
 * <pre>
 *   even: none runs ── begin ──▶ odd: one runs ── end ──▶ even
 * </pre>
 *
 * <p>A number that is seen twice means that nothing has begun or ended in between, and what was read in between belongs
 * to that run.
 */
final class HandlerRun {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(HandlerRun.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // owner: who runs the handlers
    private long state;
    private ServerRequest request;
    private Thread thread;
    // owner: the watch's thread
    private long seen;
    private long seenNanos;
    private boolean isReported;

    /** A handler begins on this thread. */
    void begin(ServerRequest answered) {
        request = answered;
        thread = Thread.currentThread();
        STATE.setRelease(this, state + 1);
    }

    /** The handler has ended. */
    void end() {
        STATE.setRelease(this, state + 1);
        VarHandle.storeStoreFence(); // what follows mustn't be seen as the run's
        request = null;
        thread = null;
    }

    // ---- for the watch

    /** How long the present run has been seen for; 0 if nothing runs, or it is seen for the first time. */
    long nanosSeen(long now) {
        long current = (long) STATE.getAcquire(this);
        if (current != seen) {
            seen = current;
            seenNanos = now;
            isReported = false;
        }
        return current % 2 == 0 ? 0 : now - seenNanos;
    }

    boolean isReported() {
        return isReported;
    }

    void setReported() {
        isReported = true;
    }

    /** The run that was seen last; empty if it has ended meanwhile. */
    Optional<StuckHandler> describe(Duration atLeast) {
        ServerRequest answered = request;
        Thread runner = thread;
        if (answered == null || runner == null) {
            return Optional.empty();
        }
        var stuck = new StuckHandler(answered, runner, atLeast, List.of(runner.getStackTrace()));
        VarHandle.acquireFence();
        return (long) STATE.getAcquire(this) == seen ? Optional.of(stuck) : Optional.empty();
    }
}
