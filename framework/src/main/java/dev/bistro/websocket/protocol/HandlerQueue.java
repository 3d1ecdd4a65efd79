package dev.bistro.websocket.protocol;

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
    private static final int MAX_TURNS = 16;
    private static final int MAX_BYTES = 64 * 1024;

    /** One call of a handler, which doesn't throw. */
    @FunctionalInterface
    interface Turn {
        /** Calls it; what the next one waits for, or null. */
        CompletionStage<?> take();
    }

    private record Waiting(Turn turn, int bytes) {}

    private final Executor apart;
    // guarded by this:
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean busy;

    /** @param apart runs the rest on another thread, when what was waited for is done */
    HandlerQueue(Executor apart) {
        this.apart = apart;
    }

    /** Adds a turn that holds so many bytes; true if nobody works on the queue: then {@link #run} is to be called, once. */
    synchronized boolean add(Turn turn, int size) {
        waiting.add(new Waiting(turn, size));
        bytes += size;
        boolean idle = !busy;
        busy = true;
        return idle;
    }

    /** Whether so much waits that nothing should be added. */
    synchronized boolean isFull() {
        return waiting.size() >= MAX_TURNS || bytes >= MAX_BYTES;
    }

    /** Takes all turns, until there is none left or one has to be waited for. */
    void run() {
        for (Turn next = next(); next != null; next = next()) {
            CompletionStage<?> later = next.take();
            if (later != null && !isDone(later)) {
                return;
            }
        }
    }

    private synchronized Turn next() {
        Waiting next = waiting.poll();
        if (next == null) {
            busy = false;
            return null;
        }
        bytes -= next.bytes;
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
