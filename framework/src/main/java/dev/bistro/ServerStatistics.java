package dev.bistro;

import dev.bistro.http1.Http1;
import dev.bistro.net.NetStatistics;

/**
 * What a server does at a moment and has done since it started. The numbers are counted all the time, and cheap to ask
 * for.
 *
 * <pre>{@code
 * server.statistics().openConnections();   // 17
 * }</pre>
 *
 * @param openConnections connections that are open
 * @param acceptedConnections connections that were ever accepted
 * @param refusedByAddress connections that were refused, since their client's address had
 *     {@code server.max-connections-per-address} already
 * @param evictedConnections idle connections that were closed to make room for new ones at
 *     {@code server.max-connections}
 * @param failedHandshakes connections that were closed before their first request, since their TLS handshake or their
 *     header of the PROXY protocol failed, took too long, or had to make room for others
 * @param slowReaders connections that were closed, since their client read too slowly ({@code server.write-timeout})
 * @param cutForMemory connections that were closed, since {@code server.max-buffered-size} was used up
 * @param failedConnections connections that were closed, since their protocol failed: a fault of the server's
 * @param requestsUnderWay requests that run on their own threads, or wait without one; those that an event loop answers
 *     at once aren't counted
 * @param refusedForNumber requests that were answered 503, since {@code server.max-concurrent-requests} were under way
 * @param refusedForThreads requests that were answered 503, since there was no thread for them within
 *     {@code server.queue-timeout}
 * @param refusedForMemory requests that were answered 503, since {@code server.max-buffered-size} left no room for
 *     their bodies
 * @param stuckHandlers handlers that ran for longer than {@code server.stuck-after}
 * @param stuckHandlersNow those of them that still ran when they were looked at last, about a second ago
 * @param blockedLoops how often an event loop was taken away from a handler that blocked it
 * @param workers threads that run event loops, or are ready to
 * @param handlerThreads pooled threads for handlers that wait, on Java 17 to 20; later versions have virtual threads,
 *     which aren't counted
 * @param queuedHandlers handlers that wait for a thread
 * @param bufferedBytes bytes that are held in memory for clients
 * @param maxBufferedBytes how many these may be
 */
public record ServerStatistics(
        int openConnections,
        long acceptedConnections,
        long refusedByAddress,
        long evictedConnections,
        long failedHandshakes,
        long slowReaders,
        long cutForMemory,
        long failedConnections,
        int requestsUnderWay,
        long refusedForNumber,
        long refusedForThreads,
        long refusedForMemory,
        long stuckHandlers,
        int stuckHandlersNow,
        long blockedLoops,
        int workers,
        int handlerThreads,
        int queuedHandlers,
        long bufferedBytes,
        long maxBufferedBytes) {
    static ServerStatistics of(NetStatistics net, Http1.Statistics http) {
        return new ServerStatistics(
                net.open(),
                net.accepted(),
                net.refusedByAddress(),
                net.evictedConnections(),
                net.failedHandshakes(),
                net.slowReaders(),
                net.cutForMemory(),
                net.failed(),
                http.requestsUnderWay(),
                http.tooManyRequests(),
                http.noThread(),
                http.noRoom(),
                http.stuckHandlers(),
                http.stuckHandlersNow(),
                net.blockedLoops(),
                net.workers(),
                net.handlerThreads(),
                net.queued(),
                net.bufferedBytes(),
                net.maxBufferedBytes());
    }
}
