package dev.bistro.net;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Settings of a server's sockets and threads.
 *
 * @param address the address to listen at; port 0 stands for a free one
 * @param loops the number of event loops; 0 for one per processor
 * @param maxConnections the most connections at a time; for further ones the longest idle ones are closed, and they
 *     wait in the system's queue
 * @param maxConnectionsPerAddress the most connections of one IPv4 address, or of one /64 network of IPv6; 0 for no
 *     limit. This machine's own addresses have none
 * @param readBufferBytes the most that is read at once
 * @param maxBufferedBytes the most that is kept in memory for all clients together; 0 for a quarter of the heap
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
    /** The usual {@code readBufferBytes}. */
    public static final int READ_BUFFER_BYTES = 64 * 1024;

    /** The usual {@code queueTimeout}. */
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
