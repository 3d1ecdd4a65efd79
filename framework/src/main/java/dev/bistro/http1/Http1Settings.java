package dev.bistro.http1;

import java.time.Duration;

/**
 * Limits on what a client may send and how long it may take. Everything that a client can make grow has one.
 *
 * @param maxTargetBytes the request target; 414 above it
 * @param maxFieldLineBytes one header field; 431 above it
 * @param maxFields the number of header fields; 431 above it
 * @param maxHeadBytes the request line and all header fields; 431 above it
 * @param maxBodyBytes a body that is read as a whole; 413 above it
 * @param headTimeout from the first byte of a request to the end of its head; 408 after it. A new connection that sends
 *     nothing is closed after it
 * @param bodyTimeout for each further {@value Http1Connection#BODY_PROGRESS_BYTES} bytes of a body; 408 after it
 * @param idleTimeout how long a connection without a request stays open
 * @param pendingTimeout how long a response may be pending; 503 after it
 * @param maxConcurrentRequests how many requests may be under way outside the loop, on a thread of their own or waiting
 *     without one; 503 above it, and 0 for no limit
 */
public record Http1Settings(
        int maxTargetBytes,
        int maxFieldLineBytes,
        int maxFields,
        int maxHeadBytes,
        int maxBodyBytes,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration pendingTimeout,
        int maxConcurrentRequests) {
    /** Settings that suit most applications. */
    public static final Http1Settings DEFAULTS = new Http1Settings(
            8 * 1024,
            16 * 1024,
            100,
            32 * 1024,
            2 * 1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            0);
}
