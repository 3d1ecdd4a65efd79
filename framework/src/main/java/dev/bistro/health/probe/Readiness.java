package dev.bistro.health.probe;

import java.util.Optional;

/**
 * Whether the server takes requests at all, whatever the checks say, and whether it is alive.
 *
 * <pre>
 *   starting ── open ──▶ ready ── refuse: it stops ──▶ not ready, for good ── fail ──▶ not alive either
 * </pre>
 */
public final class Readiness {
    private Optional<String> refusal = Optional.of("It is starting"); // guarded by this
    private boolean isOver; // guarded by this
    private boolean hasFailed; // guarded by this

    /** The server takes requests; unless it was stopped before. */
    public synchronized void open() {
        if (!isOver) {
            refusal = Optional.empty();
        }
    }

    /** It takes no more from now on: {@code refuse("It is stopping")}. */
    public synchronized void refuse(String reason) {
        isOver = true;
        refusal = Optional.of(reason);
    }

    /** It can answer nobody any more, and a server in its place could. */
    public synchronized void fail() {
        hasFailed = true;
        refuse("It has failed");
    }

    synchronized boolean hasFailed() {
        return hasFailed;
    }

    /** Why it takes none; empty if it does. */
    synchronized Optional<String> refusal() {
        return refusal;
    }
}
