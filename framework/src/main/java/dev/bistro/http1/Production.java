package dev.bistro.http1;

import dev.bistro.net.Call;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes a body, a batch of pieces at a time: it is the application's code that does it, so it runs where it can hold up
 * nobody, and the connection doesn't belong to it. What it is made of is closed exactly once, after the last batch and
 * never while one is made.
 *
 * <pre>
 *            start                    made
 *   IDLE ──────────────▶ MAKING ──────────────▶ IDLE
 *    │                    │   │ the last one, or it failed
 *    │ close        close │   └──────────────────────▶ CLOSED, by the thread that made it
 *    │                    ▼             made
 *    │                  CLOSING ─────────────────────▶ CLOSED, by that thread too
 *    └───────────────────────────────────────────────▶ CLOSED, apart
 * </pre>
 *
 * <p>Its methods are for the connection's owner; what {@link #make} and {@link #closeBody} use is the thread's that
 * makes, as long as {@link #isMaking}.
 */
abstract class Production {
    private final Connection connection;
    private final Apart apart;
    private final Call call;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile Batch made = Batch.NOTHING;

    private enum State {
        IDLE,
        MAKING,
        CLOSING,
        CLOSED
    }

    /**
     * What was made at once.
     *
     * @param isLast whether the body is complete with it
     * @param fault why there won't be any more, or null
     */
    record Batch(List<byte[]> pieces, boolean isLast, Throwable fault) {
        static final Batch NOTHING = new Batch(List.of(), false, null);

        static Batch failed(Throwable fault) {
            return new Batch(List.of(), true, fault);
        }
    }

    Production(Connection connection, Apart apart, ExecutionProfile profile) {
        this.connection = connection;
        this.apart = apart;
        this.call = new Call(this::run, profile);
    }

    /** Makes the next batch; the application's code. */
    abstract Batch make() throws Exception;

    /** Closes what the body is made of; the application's code. */
    abstract void closeBody() throws Exception;

    /**
     * Has the next batch made, after which the protocol is woken; does nothing while one is made, or when there won't
     * be any more.
     */
    final void start() {
        if (state.compareAndSet(State.IDLE, State.MAKING)) {
            connection.callUnowned(call);
        }
    }

    /** Whether a batch is being made; its end wakes the protocol. */
    final boolean isMaking() {
        return state.get() == State.MAKING;
    }

    /** What was made, once. */
    final Batch take() {
        Batch taken = made;
        made = Batch.NOTHING;
        return taken;
    }

    /** Nobody wants the body any more. */
    final void close() {
        while (true) {
            if (state.compareAndSet(State.IDLE, State.CLOSED)) {
                apart.run(this::closeBody);
                return;
            }
            boolean hasEnded = state.get() == State.CLOSING || state.get() == State.CLOSED;
            if (hasEnded || state.compareAndSet(State.MAKING, State.CLOSING)) {
                return;
            }
        }
    }

    private void run() {
        Batch batch = state.get() == State.MAKING ? makeSafely() : Batch.NOTHING;
        if (batch.isLast()) {
            made = closedAfter(batch);
            state.set(State.CLOSED);
            return;
        }
        made = batch;
        if (!state.compareAndSet(State.MAKING, State.IDLE)) {
            state.set(State.CLOSED);
            apart.runHere(this::closeBody);
        }
    }

    private Batch makeSafely() {
        try {
            return make();
        } catch (Throwable fault) {
            return Batch.failed(fault);
        }
    }

    /** A body that can't be closed isn't known to be whole. */
    private Batch closedAfter(Batch last) {
        try {
            closeBody();
            return last;
        } catch (Throwable fault) {
            if (last.fault() != null) {
                last.fault().addSuppressed(fault);
                return last;
            }
            return Batch.failed(fault);
        }
    }
}
