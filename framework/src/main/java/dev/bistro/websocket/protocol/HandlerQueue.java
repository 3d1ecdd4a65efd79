package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The calls of one session's handlers that wait for their turn. They are made one after the other: the next one waits
 * while a handler runs, and until the stage that it returned is complete. The connection's owner adds turns; the thread
 * that runs the handlers takes them, whichever it is.
 */
final class HandlerQueue {
    /** How many turns are taken in a row before other connections are served: a client may send without end. */
    static final int MAX_RUN = 32;

    private static final int MAX_BYTES = 64 * 1024;

    /** What a message counts for besides its bytes, so that empty ones count too. */
    private static final int MESSAGE_BYTES = 128;

    /** One call of a handler. It must not throw. */
    @FunctionalInterface
    interface Turn {
        /** Calls the handler. Returns what the next turn waits for, or null. */
        CompletionStage<?> take();
    }

    /** A turn and the bytes that it counts for, which are 0 unless it is a message's. */
    private record Waiting(Turn turn, int bytes) {}

    private final Executor workers;
    private final ByteBudget budget;
    // guarded by this:
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean busy;
    private boolean waitsForStage;
    private boolean isClientGone;
    private boolean ended;

    /**
     * An empty queue.
     *
     * @param workers runs the turns that are left when a stage that was waited for is complete
     * @param budget the server's, from which the waiting bytes are taken
     */
    HandlerQueue(Executor workers, ByteBudget budget) {
        this.workers = workers;
        this.budget = budget;
    }

    /** Adds a turn that isn't a message's. */
    synchronized void add(Turn turn) {
        waiting.add(new Waiting(turn, 0));
    }

    /** Adds the turn of a message of so many bytes. */
    synchronized void addMessage(Turn turn, int size) {
        waiting.add(new Waiting(turn, size + MESSAGE_BYTES));
        bytes += size + MESSAGE_BYTES;
        budget.take(size + MESSAGE_BYTES);
    }

    /** Adds the last turn of all. */
    synchronized void end(Turn turn) {
        add(turn);
        ended = true;
    }

    /**
     * Notes that the client has gone. Its messages are still handled, one after the other; but those that wait for a
     * stage are dropped, since that may never be complete.
     */
    synchronized void clientIsGone() {
        isClientGone = true;
        if (waitsForStage) {
            dropMessages();
        }
    }

    private synchronized void waitsForStage(boolean waits) {
        waitsForStage = waits;
        if (waits && isClientGone) {
            dropMessages();
        }
    }

    private void dropMessages() {
        waiting.removeIf(next -> next.bytes > 0);
        budget.give(bytes);
        bytes = 0;
    }

    /** Whether so much waits, here or in the whole server, that no message should be added. */
    synchronized boolean isFull() {
        return bytes >= MAX_BYTES || bytes > 0 && budget.isOverdrawn();
    }

    /** Whether turns wait and nobody takes them. Who gets true must call {@link #run}, once. */
    synchronized boolean claim() {
        boolean idle = !busy && !waiting.isEmpty();
        busy |= idle;
        return idle;
    }

    /**
     * Takes turns until none is left, until one has to be waited for, or until there were {@link #MAX_RUN}; the rest
     * must be {@linkplain #claim claimed} again.
     */
    void run() {
        waitsForStage(false);
        int taken = 0;
        for (Turn next = next(taken); next != null; next = next(++taken)) {
            CompletionStage<?> stage = next.take();
            if (stage != null && !isComplete(stage)) {
                return;
            }
        }
    }

    /** After the last turn was added, all turns are taken in one run: there may be nobody left to claim the rest. */
    private synchronized Turn next(int taken) {
        Waiting next = taken < MAX_RUN || ended ? waiting.poll() : null;
        if (next == null) {
            busy = false;
            return null;
        }
        bytes -= next.bytes;
        budget.give(next.bytes);
        return next.turn;
    }

    /**
     * Whether a stage is complete; if not, the queue goes on when it is. This method and the stage's completion may
     * come at the same time: the second of them goes on.
     */
    private boolean isComplete(CompletionStage<?> stage) {
        var first = new AtomicBoolean(true);
        stage.whenComplete((value, fault) -> {
            if (!first.getAndSet(false)) {
                workers.execute(this::run);
            }
        });
        if (!first.get()) {
            return true;
        }
        waitsForStage(true);
        boolean done = !first.getAndSet(false);
        if (done) {
            waitsForStage(false);
        }
        return done;
    }
}
