package dev.bistro.http.spi;

import dev.bistro.http.Status;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is told of each request and its answer, from the first to the last: logs, figures, traces. A transport calls it
 * on the thread to which the connection belongs at that moment, an event loop or that of a handler, and many of them at
 * once; so nothing here may wait. What it throws is logged, and changes nothing for the request.
 *
 * <pre>
 *   head read ─▶ target found ─▶ onRequest ─▶ enter ─ handler ─ close ─▶ … ─▶ the answer's last byte ─▶ onAnswered
 *                                              └── around all code of the application ──┘
 * </pre>
 *
 * <p>For each request {@link #onRequest} is called once, and after it {@link #onAnswered} once. An answer to bytes that
 * are no request is told by {@code onAnswered} alone.
 */
public interface RequestObserver {
    /**
     * Whether it wants to be told when a request that comes now begins and is answered. Scopes are entered and the rest
     * is told all the same. While nobody wants to, no time is taken for requests.
     */
    default boolean isOn() {
        return true;
    }

    /** The head of a request was read, and its route is known. */
    default void onRequest(ServerRequest request) {}

    /**
     * This thread is about to run code of the application for a request: a filter, a handler, a writer of its body, a
     * callback. It may be called again within itself, and on several threads one after the other.
     *
     * @return closed on the same thread when that code has ended
     */
    default Scope enter(ServerRequest request) {
        return Scope.NONE;
    }

    /**
     * A handler holds up an event loop, which has been given to another thread. This is told by a thread that looks
     * after all loops, while the request belongs to another, as for {@link #onStuck}.
     */
    default void onHandOver(HandOver handOver) {}

    /**
     * The code that answers a request runs for longer than it should. This is told once for each run, by a thread of
     * its own, while the request belongs to another: only what doesn't change may be asked of it, such as its id,
     * method and route.
     */
    default void onStuck(StuckHandler stuck) {}

    /** The last byte of an answer was given to the connection, or no more of it can be. */
    default void onAnswered(Answered answered) {}

    /** What ends when code of the application has run for a request. */
    @FunctionalInterface
    interface Scope {
        /** Nothing to end. */
        Scope NONE = () -> {};

        /** Makes the thread what it was before. */
        void close();
    }

    /**
     * A loop that was taken away from a thread.
     *
     * @param loop the number of the loop, from 0 on
     * @param thread runs the handler, and has lost the loop
     * @param request what the handler answers; empty if it makes a part of a body, or takes a message of a WebSocket
     */
    record HandOver(int loop, Thread thread, Optional<ServerRequest> request) {}

    /**
     * A run of the code that answers a request, which doesn't end.
     *
     * @param thread runs it
     * @param atLeast for how long at the least
     * @param stack where it was a moment ago
     */
    record StuckHandler(ServerRequest request, Thread thread, Duration atLeast, List<StackTraceElement> stack) {}

    /**
     * What became of a request.
     *
     * @param request the request; empty if its head couldn't be read (400, 408, 414, 431, 501, 505)
     * @param peer the address that the connection comes from, for answers to no request
     * @param client the client's address as the connection tells it, for answers to no request: whom the PROXY protocol
     *     names, else the peer
     * @param status the status that was sent; empty if the client had gone before the head of an answer was written
     * @param bodyBytes how many bytes of a body were given to the connection, as they were sent: encoded, and without
     *     what {@code Transfer-Encoding} adds
     * @param duration the time since the request's head was read; zero without a request
     * @param isComplete whether it was answered in full; false if the body failed or the client went before its end
     */
    record Answered(
            Optional<ServerRequest> request,
            SocketAddress peer,
            SocketAddress client,
            Optional<Status> status,
            long bodyBytes,
            Duration duration,
            boolean isComplete) {}
}
