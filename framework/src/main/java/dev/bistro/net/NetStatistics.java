package dev.bistro.net;

import java.util.Map;

/**
 * Figures of a server's sockets and threads, of one moment and since the start.
 *
 * @param open connections that are open
 * @param accepted connections that were ever accepted
 * @param refusedByAddress connections that were refused, since there were too many from their client's address
 * @param evictedConnections idle connections that were closed to make room for new ones
 * @param slowReaders connections that were dropped, since their client took too little of what was sent
 * @param cutForMemory connections that were dropped, since there was no room left to buffer more
 * @param failedHandshakes connections that were dropped, since their TLS handshake or header of the PROXY protocol
 *     failed
 * @param failed connections that were dropped, since their protocol failed
 * @param idle connections that were closed, since they had been idle for too long
 * @param openingTimeouts those of {@code failedHandshakes} whose client was too slow
 * @param takenOver connections that are open and have been taken over by another protocol
 * @param tlsHandshakes TLS handshakes that succeeded, by version
 * @param failedTlsHandshakes TLS handshakes that the client began, and that failed
 * @param blockedLoops how often a loop was taken away from a handler that held it up
 * @param workers threads that lead loops or are in reserve
 * @param handlerThreads pooled threads for handlers that wait; virtual threads aren't counted
 * @param queued handlers that wait for a thread
 * @param bufferedBytes bytes that are kept in memory for clients
 * @param maxBufferedBytes the most that {@code bufferedBytes} may be
 */
public record NetStatistics(
        int open,
        long accepted,
        long refusedByAddress,
        long evictedConnections,
        long slowReaders,
        long cutForMemory,
        long failedHandshakes,
        long failed,
        long idle,
        long openingTimeouts,
        int takenOver,
        Map<String, Long> tlsHandshakes,
        long failedTlsHandshakes,
        long blockedLoops,
        int workers,
        int handlerThreads,
        int queued,
        long bufferedBytes,
        long maxBufferedBytes) {}
