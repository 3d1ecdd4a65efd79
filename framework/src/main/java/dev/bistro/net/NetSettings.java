package dev.bistro.net;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a server treats sockets.
 *
 * @param address where it listens; port 0 takes a free one
 * @param loops how many event loops; 0 for as many as processors
 * @param maxConnections how many connections at the most; further ones wait in the system's queue
 * @param readBufferBytes how much is read at once; at least twice what a protocol leaves over at the most
 * @param writeTimeout how long a client may take none of what is sent to it
 */
public record NetSettings(
        InetSocketAddress address, int loops, int maxConnections, int readBufferBytes, Duration writeTimeout) {}
