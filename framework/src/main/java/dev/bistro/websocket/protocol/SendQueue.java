package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.OutgoingFrame.Kind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The frames that wait to be written to one client: in order, and bounded. Any thread adds; the connection's owner
 * takes. After a close frame nothing can be added. A client that is too slow is closed, and what waits for it is
 * dropped.
 */
final class SendQueue {
    /** What a message counts for besides its bytes, so that many small ones count too. */
    static final int MESSAGE_BYTES = 64;

    private final int maxBytes;
    private final ByteBudget budget;
    private final Executor workers;
    // guarded by this:
    private final Queue<OutgoingFrame> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private CloseReason ourReason;

    /**
     * An empty queue.
     *
     * @param maxBytes how many bytes may wait
     * @param budget the server's, from which the waiting bytes are taken
     * @param workers runs what depends on the completion of a message, which may wait
     */
    SendQueue(int maxBytes, ByteBudget budget, Executor workers) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.workers = workers;
    }

    /** Adds a message to this client only; false as below. */
    boolean add(byte[] frame, CompletableFuture<Void> sent) {
        return add(frame, frame.length + MESSAGE_BYTES, sent);
    }

    /**
     * Adds a message.
     *
     * @param cost how many bytes of the server's budget it takes
     * @param sent completed when it is written; null if nobody asked
     * @return false if the queue is closed, or was closed just now since the queue or the server is full
     */
    boolean add(byte[] frame, int cost, CompletableFuture<Void> sent) {
        List<OutgoingFrame> dropped;
        synchronized (this) {
            if (closed) {
                return false;
            }
            if ((bytes == 0 || bytes + frame.length <= maxBytes) && budget.tryTake(cost)) {
                waiting.add(new OutgoingFrame(frame, cost, sent, Kind.MESSAGE));
                bytes += frame.length;
                return true;
            }
            dropped = closeAtOnce(new CloseReason(CloseReason.TRY_AGAIN_LATER, "Too slow."));
        }
        fail(dropped);
        return false;
    }

    /** Closes with our own reason, after the frames that wait; false if it was closed before. */
    synchronized boolean close(CloseReason reason, Kind kind) {
        if (closed) {
            return false;
        }
        ourReason = reason;
        end(Frames.close(reason.code(), reason.text()), kind);
        return true;
    }

    /** Closes with the answer to the client's close, after the frames that wait; false if it was closed before. */
    synchronized boolean answer(byte[] closeFrame) {
        if (closed) {
            return false;
        }
        end(closeFrame, Kind.CLOSE_AND_END);
        return true;
    }

    /** Closes without the frames that wait, which are dropped. */
    void dropAndClose(CloseReason reason) {
        List<OutgoingFrame> dropped;
        synchronized (this) {
            if (closed) {
                return;
            }
            dropped = closeAtOnce(reason);
        }
        fail(dropped);
    }

    private List<OutgoingFrame> closeAtOnce(CloseReason reason) {
        List<OutgoingFrame> dropped = List.copyOf(waiting);
        waiting.clear();
        ourReason = reason;
        end(Frames.close(reason.code(), reason.text()), Kind.CLOSE_AND_END);
        return dropped;
    }

    private void end(byte[] closeFrame, Kind kind) {
        closed = true;
        waiting.add(new OutgoingFrame(closeFrame, 0, null, kind));
    }

    /** Closes without a close frame, since the connection is gone; what waits is dropped. */
    void abandon() {
        List<OutgoingFrame> dropped;
        synchronized (this) {
            closed = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
        }
        fail(dropped);
    }

    private void fail(List<OutgoingFrame> dropped) {
        for (OutgoingFrame frame : dropped) {
            budget.give(frame.cost());
            if (frame.sent() != null) {
                settle(frame.sent(), sent -> sent.completeExceptionally(Session.closed()));
            }
        }
    }

    /** Notes that a frame which was polled is written. */
    void written(OutgoingFrame frame) {
        if (frame.sent() != null) {
            settle(frame.sent(), sent -> sent.complete(null));
        }
    }

    /** Code of the application may depend on the future, and may wait: it must not run on the event loop. */
    private void settle(CompletableFuture<Void> sent, Consumer<CompletableFuture<Void>> end) {
        if (sent.getNumberOfDependents() == 0) {
            end.accept(sent);
        } else {
            workers.execute(() -> end.accept(sent));
        }
    }

    /** The next frame to be written, or null. */
    synchronized OutgoingFrame poll() {
        OutgoingFrame next = waiting.poll();
        if (next != null) {
            bytes -= next.bytes().length;
            budget.give(next.cost());
        }
        return next;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Our own reason for the close; empty if it is open, or the client closed it first. */
    synchronized Optional<CloseReason> ourReason() {
        return Optional.ofNullable(ourReason);
    }
}
