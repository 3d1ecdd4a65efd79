package dev.bistro.http1;

import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver.Answered;
import dev.bistro.net.Connection;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What is noted of a connection's present request and its answer, and told to those who observe: each request once when
 * it begins, and once when it ends, however it ends.
 *
 * <p>Owner of the fields: the connection's owner.
 */
final class Observation {
    private final RequestObservers observers;
    private final SocketAddress peer;
    private final SocketAddress client;
    private Http1Request request; // null if none is under way, or its head can't be read
    private boolean isObserved; // by anyone, since it began
    private boolean told; // that the request has begun
    private long beganNanos;
    private Status status; // null until the head of the answer is written
    private long bodyBytes;

    Observation(RequestObservers observers, Connection connection) {
        this.observers = observers;
        this.peer = connection.peerAddress();
        this.client = connection.remoteAddress().orElse(peer);
    }

    /** The head of a request was read. */
    void begin(Http1Request begun) {
        request = begun;
        told = false;
        isObserved = observers.isAnyOn();
        beganNanos = isObserved ? System.nanoTime() : 0;
    }

    /** What answers the request is known. */
    void found() {
        if (isObserved && request != null && !told) {
            told = true;
            observers.onRequest(request);
        }
    }

    /** The head of the answer is about to be written. */
    void beginAnswer(Status sent) {
        status = sent;
    }

    /** So many bytes of the answer's body were given to the connection. */
    void addBody(long count) {
        bodyBytes += count;
    }

    /** The request is over, or bytes that are no request were answered; a second call does nothing. */
    void end(boolean isComplete) {
        if (request == null && status == null) {
            return;
        }
        if (request == null ? observers.isAnyOn() : isObserved) {
            found();
            observers.onAnswered(answered(isComplete));
        }
        request = null;
        status = null;
        bodyBytes = 0;
    }

    private Answered answered(boolean isComplete) {
        var duration = request == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - beganNanos);
        return new Answered(
                Optional.ofNullable(request),
                peer,
                client,
                Optional.ofNullable(status),
                bodyBytes,
                duration,
                isComplete);
    }
}
