package dev.bistro.net;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a server treats sockets.
 *
 * @param address where it listens; port 0 takes a free one
 * @param loops how many event loops; 0 for as many as processors
 * @param maxConnections how many connections at the most; the longest idle ones give way to further ones, which wait in
 *     the system's queue
 * @param maxConnectionsPerAddress how many of one client's address, or of one /64 network of IPv6; 0 for as many as
 *     there may be in all. This machine's own addresses don't count
 * @param readBufferBytes how much is read at once
 * @param maxBufferedBytes how much may be held in memory for all clients together; 0 for a quarter of the heap
 * @param writeTimeout how long a client may take for each 4 KiB of what is sent to it
 * @param queueTimeout how long a handler that needs a thread of its own may wait for one
 */
public record NetSettings(
        InetSocketAddress address,
        int loops,
        int maxConnections,
        int maxConnectionsPerAddress,
        int readBufferBytes,
        long maxBufferedBytes,
        Duration writeTimeout,
        Duration queueTimeout) {
    /** How much is read at once where nobody says otherwise. */
    public static final int READ_BUFFER_BYTES = 64 * 1024;

    /** How long a handler waits for a thread where nobody says otherwise. */
    public static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(10);

    /** Settings with the usual limits for the rest. */
    public static NetSettings of(InetSocketAddress address, int loops, int maxConnections, Duration writeTimeout) {
        return new NetSettings(address, loops, maxConnections, 0, READ_BUFFER_BYTES, 0, writeTimeout, QUEUE_TIMEOUT);
    }

    /** The budget that {@code maxBufferedBytes} stands for. */
    ByteBudget budget() {
        return new ByteBudget(
                maxBufferedBytes > 0 ? maxBufferedBytes : Runtime.getRuntime().maxMemory() / 4);
    }
}
