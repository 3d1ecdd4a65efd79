package dev.bistro.http.spi;

import dev.bistro.http.Status;
import java.net.SocketAddress;
import java.time.Duration;
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
