package dev.bistro.observe;

import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver.Answered;
import dev.bistro.http.spi.ServerRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Entries of the access log for tests. */
final class Entries {
    static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 5555);
    static final Instant RECEIVED = Instant.parse("2026-11-27T07:05:18.042Z");
    private static final Duration DURATION = Duration.ofNanos(1_307_900);

    private Entries() {}

    static AccessEntry of(ServerRequest request, int status, long bytes) {
        return of(Optional.of(request), status, bytes);
    }

    /** Of what is no request. */
    static AccessEntry of(int status) {
        return of(Optional.empty(), status, 3);
    }

    private static AccessEntry of(Optional<ServerRequest> request, int status, long bytes) {
        Optional<Status> sent = status == 0 ? Optional.empty() : Optional.of(Status.of(status));
        var answered = new Answered(request, PEER, PEER, sent, bytes, DURATION, status > 0);
        return AccessEntry.of(answered, RECEIVED.plus(DURATION).toEpochMilli());
    }

    /** With this much text. */
    static AccessEntry ofLength(int length) {
        var asked = new AccessEntry.Asked(
                "id", "GET", "x".repeat(length), "", "HTTP/1.1", null, "http", null, null, null, null, null, null);
        return new AccessEntry(0, 0, PEER, PEER, 200, length, true, asked);
    }
}
