package dev.bistro.http1;

import dev.bistro.http.spi.RequestObserver.Scope;
import dev.bistro.net.Call;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A response whose body the application makes a batch of pieces at a time, each when the client has taken the one
 * before. A batch is made by a thread to which the connection doesn't belong, so that slow code holds up nobody. The
 * body's source is closed exactly once: after the last batch, and never while one is made.
 *
 * <pre>
 *          startBatch                made
 *   IDLE ──────────────▶ MAKING ──────────────▶ IDLE
 *    │                    │   │ the last one, or it failed
 *    │ close        close │   └──────────────────────▶ CLOSED, by the thread that made it
 *    │                    ▼             made
 *    │                  CLOSING ─────────────────────▶ CLOSED, by that thread too
 *    └───────────────────────────────────────────────▶ CLOSED, by a thread of its own
 * </pre>
 *
 * <p>The methods are for the connection's owner. The state of {@link #makeBatch} and {@link #closeSource} belongs to
 * the thread that makes a batch, as long as {@link #isMaking}.
 */
abstract class BatchedAnswer implements AsyncAnswer {
    final Exchange exchange;
    final Connection connection;
    final Delivery delivery;
    private final Call call;
    private final CallbackRunner callbacks; // made beforehand, since closing must not need memory
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile Batch made = Batch.NOTHING;
    private boolean headWritten;

    private enum State {
        IDLE,
        MAKING,
        CLOSING,
        CLOSED
    }

    /**
     * The pieces that were made by one call.
     *
     * @param isLast whether the body is complete with them
     * @param fault why there won't be any more, or null
     */
    record Batch(List<byte[]> pieces, boolean isLast, Throwable fault) {
        static final Batch NOTHING = new Batch(List.of(), false, null);

        static Batch failed(Throwable fault) {
            return new Batch(List.of(), true, fault);
        }
    }

    BatchedAnswer(Exchange exchange, Delivery delivery, ExecutionProfile profile) {
        this.exchange = exchange;
        this.connection = exchange.connection();
        this.delivery = delivery;
        this.call = new Call(this::run, profile);
        this.callbacks = exchange.callbacks();
    }

    // ---- the application's code

    /** Makes the next batch. */
    abstract Batch makeBatch() throws Exception;

    /** Closes what the batches are made from. */
    abstract void closeSource() throws Exception;

    private void run() {
        Scope scope = exchange.request().enter();
        try {
            runInScope();
        } finally {
            scope.close();
        }
    }

    private void runInScope() {
        Batch batch = state.get() == State.MAKING ? makeSafely() : Batch.NOTHING;
        if (batch.isLast()) {
            made = closedAfter(batch);
            state.set(State.CLOSED);
            return;
        }
        made = batch;
        if (!state.compareAndSet(State.MAKING, State.IDLE)) {
            state.set(State.CLOSED);
            callbacks.runHere(this::closeSource);
        }
    }

    private Batch makeSafely() {
        try {
            return makeBatch();
        } catch (Throwable fault) {
            return Batch.failed(fault);
        }
    }

    /** A source that can't be closed may not have given all that it had, so the body counts as failed. */
    private Batch closedAfter(Batch last) {
        try {
            closeSource();
            return last;
        } catch (Throwable fault) {
            if (last.fault() != null) {
                last.fault().addSuppressed(fault);
                return last;
            }
            return Batch.failed(fault);
        }
    }

    // ---- for the connection's owner

    /** Writes a batch that was made, and goes on with what follows from it. */
    abstract void write(Batch batch, Output output);

    /**
     * Has the next batch made; {@link #onWake} is called when it is there. Does nothing while one is made, or after the
     * last one.
     */
    final void startBatch() {
        if (state.compareAndSet(State.IDLE, State.MAKING)) {
            connection.callUnowned(call);
        }
    }

    /** Whether a batch is being made. */
    final boolean isMaking() {
        return state.get() == State.MAKING;
    }

    @Override
    public final void onWake(Output output) {
        if (!isMaking()) {
            Batch batch = takeBatch();
            if (batch.fault() != null) {
                fail(batch.fault(), output);
            } else {
                write(batch, output);
            }
        }
    }

    /** Takes the batch that was made, or {@link Batch#NOTHING}. */
    final Batch takeBatch() {
        Batch taken = made;
        made = Batch.NOTHING;
        return taken;
    }

    /** Writes the head, unless it is written already. */
    final void writeHead(Output output) {
        if (!headWritten) {
            headWritten = true;
            delivery.writeHead(output);
        }
    }

    /** Writes the end of the body; the response is complete then. */
    final void writeEnd(Output output, boolean staysOpen) {
        writeHead(output);
        delivery.framing().writeLast(output);
        exchange.complete(staysOpen && delivery.staysOpen());
    }

    final void fail(Throwable fault, Output output) {
        close();
        exchange.bodyFailed(headWritten, fault, output);
    }

    @Override
    public final void onClosed() {
        close();
    }

    /** Closes the source, now or when the batch that is being made is done: nobody wants the body any more. */
    final void close() {
        while (true) {
            if (state.compareAndSet(State.IDLE, State.CLOSED)) {
                callbacks.run(this::closeSource);
                return;
            }
            boolean hasEnded = state.get() == State.CLOSING || state.get() == State.CLOSED;
            if (hasEnded || state.compareAndSet(State.MAKING, State.CLOSING)) {
                return;
            }
        }
    }
}
