package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the handlers of one session are to be told, one after the other: while one runs, or what it has returned isn't done, the next ones wait. The
 * connection's owner adds; the thread that runs the handlers takes, whichever it is.
 */
final class HandlerQueue {
    /** How many turns are taken in a row: then it is others' turn, since a client may send without end. */
    static final int MAX_RUN = 32;

    private static final int MAX_BYTES = 64 * 1024;

    /** What a message takes besides its bytes: an empty one counts too. */
    private static final int MESSAGE_BYTES = 128;

    /** One call of a handler, which doesn't throw. */
    @FunctionalInterface
    interface Turn {
        /** Calls it; what the next one waits for, or null. */
        CompletionStage<?> take();
    }

    /** A turn; of no bytes if it isn't a message's. */
    private record Waiting(Turn turn, int bytes) {}

    private final Executor apart;
    private final ByteBudget budget;
    // guarded by this:
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean busy;
    private boolean ended;

    /**
     * An empty queue.
     *
     * @param apart runs the rest on another thread, when what was waited for is done
     * @param budget the server's, from which the bytes that wait are taken
     */
    HandlerQueue(Executor apart, ByteBudget budget) {
        this.apart = apart;
        this.budget = budget;
    }

    /** Adds a turn that isn't a message's. */
    synchronized void add(Turn turn) {
        waiting.add(new Waiting(turn, 0));
    }

    /** Adds the turn of a message that has so many bytes. */
    synchronized void addMessage(Turn turn, int size) {
        waiting.add(new Waiting(turn, size + MESSAGE_BYTES));
        bytes += size + MESSAGE_BYTES;
        budget.take(size + MESSAGE_BYTES);
    }

    /** Adds the last turn. */
    synchronized void end(Turn turn) {
        add(turn);
        ended = true;
    }

    /** Lets go of the messages that wait: nobody will handle them. */
    synchronized void dropMessages() {
        waiting.removeIf(next -> next.bytes > 0);
        budget.give(bytes);
        bytes = 0;
    }

    /** Whether so much waits, here or in the whole server, that nothing should be added. */
    synchronized boolean isFull() {
        return bytes >= MAX_BYTES || bytes > 0 && budget.isOverdrawn();
    }

    /** Whether there is something to do, and nobody does it: then {@link #run} is to be called, once. */
    synchronized boolean claim() {
        boolean idle = !busy && !waiting.isEmpty();
        busy |= idle;
        return idle;
    }

    /** Takes turns, until there is none left, one has to be waited for, or there were many: what is left is to be {@linkplain #claim claimed} again. */
    void run() {
        int taken = 0;
        for (Turn next = next(taken); next != null; next = next(++taken)) {
            CompletionStage<?> later = next.take();
            if (later != null && !isDone(later)) {
                return;
            }
        }
    }

    /** Once the last turn is there nothing is added, and perhaps nobody is left who would claim the rest. */
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

    /** Whether it is done; if it isn't, the queue goes on when it is. Whoever comes second, we or its end, sees that the other was there. */
    private boolean isDone(CompletionStage<?> later) {
        var first = new AtomicBoolean(true);
        later.whenComplete((value, fault) -> {
            if (!first.getAndSet(false)) {
                apart.execute(this::run);
            }
        });
        return !first.getAndSet(false);
    }
}
