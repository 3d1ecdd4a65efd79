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
    /** What a message costs besides its bytes, in a queue that holds many small ones. */
    static final int MESSAGE_BYTES = 64;

    private final int maxBytes;
    private final ByteBudget budget;
    private final Executor apart;
    // guarded by this:
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private CloseReason ourReason;

    /**
     * @param budget the server's, from which what waits is taken
     * @param apart runs what depends on a message's being sent, which may wait
     */
    Outbox(int maxBytes, ByteBudget budget, Executor apart) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.apart = apart;
    }

    /** Adds a message that nobody else gets. */
    boolean add(byte[] frame, CompletableFuture<Void> sent) {
        return add(frame, frame.length + MESSAGE_BYTES, sent);
    }

    /** Adds a message that counts for so many bytes; false if it can't be, since the outbox is closed, or was full (or the server is) and is closed by that. */
    boolean add(byte[] frame, int cost, CompletableFuture<Void> sent) {
        List<Outgoing> dropped;
        synchronized (this) {
            if (closed) {
                return false;
            }
            if ((bytes == 0 || bytes + frame.length <= maxBytes) && budget.tryTake(cost)) {
                waiting.add(new Outgoing(frame, cost, sent, Kind.MESSAGE));
                bytes += frame.length;
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
        List<Outgoing> dropped = List.copyOf(waiting);
        waiting.clear();
        ourReason = reason;
        end(Frames.close(reason.code(), reason.text()), Kind.LAST_WORD);
        return dropped;
    }

    private void end(byte[] closeFrame, Kind kind) {
        closed = true;
        waiting.add(new Outgoing(closeFrame, 0, null, kind));
    }

    /** The connection is gone: nothing of what waits will be written. */
    void abandon() {
        List<Outgoing> dropped;
        synchronized (this) {
            closed = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
        }
        fail(dropped);
    }

    private void fail(List<Outgoing> dropped) {
        for (Outgoing outgoing : dropped) {
            budget.give(outgoing.cost());
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
            budget.give(next.cost());
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
