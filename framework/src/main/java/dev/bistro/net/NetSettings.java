package dev.bistro.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Settings of a server's sockets and threads.
 *
 * @param listeners where to listen
 * @param loops the number of event loops; 0 for one per processor
 * @param maxConnections the most connections at a time; for further ones the longest idle ones are closed, and they
 *     wait in the system's queue
 * @param maxConnectionsPerAddress the most connections of one IPv4 address, or of one /64 network of IPv6; 0 for no
 *     limit. This machine's own addresses have none
 * @param readBufferBytes the most that is read at once
 * @param maxBufferedBytes the most that is kept in memory for all clients together; 0 for a quarter of the heap
 * @param maxOpenings the most connections that are being opened at a time, by a TLS handshake or a header of the PROXY
 *     protocol; for further ones the oldest are dropped
 * @param openingTimeout how long a client may take for that
 * @param writeTimeout how long a client may take for each 4 KiB of what is sent to it
 * @param queueTimeout how long a handler that needs a thread of its own may wait for one
 */
public record NetSettings(
        List<Listener> listeners,
        int loops,
        int maxConnections,
        int maxConnectionsPerAddress,
        int readBufferBytes,
        long maxBufferedBytes,
        int maxOpenings,
        Duration openingTimeout,
        Duration writeTimeout,
        Duration queueTimeout) {
    /** The usual {@code readBufferBytes}. */
    public static final int READ_BUFFER_BYTES = 64 * 1024;

    /** The usual {@code queueTimeout}. */
    public static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(10);

    /** The usual {@code maxOpenings}. */
    public static final int MAX_OPENINGS = 1_000;

    /** The usual {@code openingTimeout}. */
    public static final Duration OPENING_TIMEOUT = Duration.ofSeconds(10);

    /** Settings with the usual limits for the rest. */
    public static NetSettings of(SocketAddress address, int loops, int maxConnections, Duration writeTimeout) {
        return new NetSettings(
                List.of(Listener.plain(address)),
                loops,
                maxConnections,
                0,
                READ_BUFFER_BYTES,
                0,
                MAX_OPENINGS,
                OPENING_TIMEOUT,
                writeTimeout,
                QUEUE_TIMEOUT);
    }

    /** The budget that {@code maxBufferedBytes} stands for. */
    public ByteBudget budget() {
        return new ByteBudget(
                maxBufferedBytes > 0 ? maxBufferedBytes : Runtime.getRuntime().maxMemory() / 4);
    }
}
