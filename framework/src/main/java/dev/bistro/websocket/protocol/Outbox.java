package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.Outgoing.Kind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What waits to be written to one client, in order and bounded. Any thread adds, the connection's owner takes. After a close frame nothing is
 * added any more; a client that is too far behind gets one instead of what waits.
 */
final class Outbox {
    private final int maxBytes;
    private final Executor apart;
    private final ByteBudget budget;
    // guarded by this:
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private CloseReason ourReason;

    /**
     * An empty outbox.
     *
     * @param apart runs what depends on a message's being sent, which may wait
     * @param budget the server's, from which the messages that wait are taken; but not those that others get too, which are in memory once
     */
    Outbox(int maxBytes, Executor apart, ByteBudget budget) {
        this.maxBytes = maxBytes;
        this.apart = apart;
        this.budget = budget;
    }

    /** Adds a message; false if it can't be, since the outbox is closed, or was full and is closed by that. One that others get too isn't held for this client. */
    boolean add(byte[] frame, CompletableFuture<Void> sent, boolean shared) {
        int held = shared ? 0 : frame.length;
        List<Outgoing> dropped;
        synchronized (this) {
            if (closed) {
                return false;
            }
            if (bytes == 0 || bytes + frame.length <= maxBytes && (held == 0 || !budget.isOverdrawn())) {
                waiting.add(new Outgoing(frame, sent, Kind.MESSAGE, held));
                bytes += frame.length;
                budget.take(held);
                return true;
            }
            dropped = cut(new CloseReason(CloseReason.TRY_AGAIN_LATER, "Too slow."));
        }
        fail(dropped);
        return false;
    }

    /** Closes with a reason of ours, after what waits; false if it was closed before. */
    synchronized boolean close(CloseReason reason, Kind kind) {
        if (closed) {
            return false;
        }
        ourReason = reason;
        end(Frames.close(reason.code(), reason.text()), kind);
        return true;
    }

    /** Closes with the answer to the client's close, after what waits; false if it was closed before. */
    synchronized boolean answer(byte[] closeFrame) {
        if (closed) {
            return false;
        }
        end(closeFrame, Kind.LAST_WORD);
        return true;
    }

    /** Closes at once: what waits is dropped. */
    void cutOff(CloseReason reason) {
        List<Outgoing> dropped;
        synchronized (this) {
            if (closed) {
                return;
            }
            dropped = cut(reason);
        }
        fail(dropped);
    }

    private List<Outgoing> cut(CloseReason reason) {
        List<Outgoing> dropped = drop();
        ourReason = reason;
        end(Frames.close(reason.code(), reason.text()), Kind.LAST_WORD);
        return dropped;
    }

    private void end(byte[] closeFrame, Kind kind) {
        closed = true;
        waiting.add(new Outgoing(closeFrame, null, kind, 0));
    }

    private List<Outgoing> drop() {
        List<Outgoing> dropped = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        dropped.forEach(outgoing -> budget.give(outgoing.held()));
        return dropped;
    }

    /** The connection is gone: nothing of what waits will be written. */
    void abandon() {
        List<Outgoing> dropped;
        synchronized (this) {
            closed = true;
            dropped = drop();
        }
        fail(dropped);
    }

    private void fail(List<Outgoing> dropped) {
        for (Outgoing outgoing : dropped) {
            if (outgoing.sent() != null) {
                settle(outgoing.sent(), sent -> sent.completeExceptionally(Session.closed()));
            }
        }
    }

    /** Says that what was polled is written. */
    void written(Outgoing outgoing) {
        if (outgoing.sent() != null) {
            settle(outgoing.sent(), sent -> sent.complete(null));
        }
    }

    private void settle(CompletableFuture<Void> sent, Consumer<CompletableFuture<Void>> end) {
        if (sent.getNumberOfDependents() == 0) {
            end.accept(sent);
        } else {
            apart.execute(() -> end.accept(sent));
        }
    }

    /** The next to be written, or null. */
    synchronized Outgoing poll() {
        Outgoing next = waiting.poll();
        if (next != null) {
            bytes -= next.frame().length;
            budget.give(next.held());
        }
        return next;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Why we have closed, if we have and the client hadn't before. */
    synchronized Optional<CloseReason> ourReason() {
        return Optional.ofNullable(ourReason);
    }
}
