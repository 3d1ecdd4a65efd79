package dev.bistro.http1;

import java.time.Duration;

/**
 * What a client may send, and how long it may take. Nothing that a client can make grow is without a limit.
 *
 * @param maxTargetBytes the request target; 414 above it
 * @param maxFieldLineBytes one header field; 431 above it
 * @param maxFields how many header fields; 431 above it
 * @param maxHeadBytes the request line and all header fields; 431 above it
 * @param maxBodyBytes a body that is read as a whole; 413 above it
 * @param headTimeout from the first byte of a request to the end of its head; 408 after it. A new connection that sends
 *     nothing is closed after it
 * @param bodyTimeout for each further {@value Http1Connection#BODY_PROGRESS_BYTES} bytes of a body; 408 after it
 * @param idleTimeout how long a connection without a request is kept
 * @param pendingTimeout how long a response may be waited for without a thread; 503 after it
 * @param maxConcurrentRequests how many requests may be under way without the loop, on a thread of their own or waiting
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
    /** What suits most applications. */
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

    /** Without a limit on the requests under way. */
    public Http1Settings(
            int maxTargetBytes,
            int maxFieldLineBytes,
            int maxFields,
            int maxHeadBytes,
            int maxBodyBytes,
            Duration headTimeout,
            Duration bodyTimeout,
            Duration idleTimeout,
            Duration pendingTimeout) {
        this(
                maxTargetBytes,
                maxFieldLineBytes,
                maxFields,
                maxHeadBytes,
                maxBodyBytes,
                headTimeout,
                bodyTimeout,
                idleTimeout,
                pendingTimeout,
                0);
    }

    /** These settings with a limit on the requests under way; 0 for none. */
    public Http1Settings withMaxConcurrentRequests(int max) {
        return new Http1Settings(
                maxTargetBytes,
                maxFieldLineBytes,
                maxFields,
                maxHeadBytes,
                maxBodyBytes,
                headTimeout,
                bodyTimeout,
                idleTimeout,
                pendingTimeout,
                max);
    }
}
