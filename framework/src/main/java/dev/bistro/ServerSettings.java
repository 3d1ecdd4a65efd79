package dev.bistro;

import dev.bistro.config.ByteSize;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * The settings whose keys begin with {@code server.}: {@code maxBodySize} is {@code server.max-body-size}, in the environment
 * {@code SERVER_MAX_BODY_SIZE}.
 *
 * @param host the address to listen on; {@code 0.0.0.0} for all
 * @param port the port to listen on; 0 for a free one
 * @param loops how many event loops; 0 for as many as processors
 * @param maxConnections how many connections at the most; further ones wait
 * @param maxBodySize a request's body that is read as a whole; 413 above it
 * @param maxHeadSize a request's line and header fields; 431 above it
 * @param headTimeout how long a client may take to send a request's head
 * @param bodyTimeout how long a client may take to send the next 4 KiB of a body
 * @param writeTimeout how long a client may take nothing of what is sent to it
 * @param idleTimeout how long a connection is kept without a request
 * @param pendingTimeout how long an answer that isn't there yet is waited for; 503 after it
 * @param compression whether responses are compressed for clients that take it
 * @param compressionMinSize from which size on they are
 * @param websocketMaxFrameSize a frame of a WebSocket message; closed with 1009 above it
 * @param websocketMaxMessageSize a WebSocket message, unpacked; closed with 1009 above it
 * @param websocketQueueSize what waits for a WebSocket client to take it; closed with 1013 above it
 * @param websocketPingInterval how long a WebSocket client may say nothing before it is asked, and then again before it is closed
 * @param websocketOrigins the origins whose pages may open WebSockets besides our own, separated by commas; {@code *} for all
 * @param websocketContextTakeover whether WebSocket messages are compressed with what was sent before: smaller, but about 300 KiB for each client
 * @param stopTimeout how long running requests may take when the server stops
 */
record ServerSettings(
        String host,
        int port,
        int loops,
        int maxConnections,
        ByteSize maxBodySize,
        ByteSize maxHeadSize,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        Duration pendingTimeout,
        boolean compression,
        ByteSize compressionMinSize,
        ByteSize websocketMaxFrameSize,
        ByteSize websocketMaxMessageSize,
        ByteSize websocketQueueSize,
        Duration websocketPingInterval,
        String websocketOrigins,
        boolean websocketContextTakeover,
        Duration stopTimeout) {
    static final ServerSettings DEFAULTS = new ServerSettings(
            "0.0.0.0",
            8080,
            0,
            10_000,
            new ByteSize(2 * 1024 * 1024),
            new ByteSize(32 * 1024),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            true,
            new ByteSize(1400),
            new ByteSize(WebSocketSettings.DEFAULTS.maxFrameBytes()),
            new ByteSize(WebSocketSettings.DEFAULTS.maxMessageBytes()),
            new ByteSize(WebSocketSettings.DEFAULTS.maxQueuedBytes()),
            WebSocketSettings.DEFAULTS.pingInterval(),
            "",
            WebSocketSettings.DEFAULTS.contextTakeover(),
            Duration.ofSeconds(10));

    /** What the transport makes of them: the parts that are sockets'. */
    NetSettings net() {
        return new NetSettings(
                new InetSocketAddress(host, port), loops, maxConnections, 2 * http().maxHeadBytes(), writeTimeout);
    }

    /** The parts that are HTTP/1's. */
    Http1Settings http() {
        int head = bytes(maxHeadSize);
        return new Http1Settings(
                Math.min(head, Http1Settings.DEFAULTS.maxTargetBytes()),
                Math.min(head, Http1Settings.DEFAULTS.maxFieldLineBytes()),
                Http1Settings.DEFAULTS.maxFields(),
                head,
                bytes(maxBodySize),
                headTimeout,
                bodyTimeout,
                idleTimeout,
                pendingTimeout);
    }

    /** The parts that are WebSocket's. */
    WebSocketSettings webSockets() {
        return new WebSocketSettings(
                bytes(websocketMaxFrameSize),
                bytes(websocketMaxMessageSize),
                bytes(websocketQueueSize),
                websocketPingInterval,
                Arrays.stream(websocketOrigins.split(","))
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .toList(),
                compression,
                websocketContextTakeover,
                bytes(compressionMinSize),
                NetServer.loopCount(net()));
    }

    private static int bytes(ByteSize size) {
        return Math.toIntExact(size.bytes());
    }

    /** What no type says: that numbers are within bounds. */
    void check(Problems problems) {
        checkRange("port", port, 0, 65_535, problems);
        checkRange("loops", loops, 0, 1_024, problems);
        checkRange("max-connections", maxConnections, 1, Integer.MAX_VALUE, problems);
        checkRange("max-body-size", maxBodySize.bytes(), 0, 1 << 30, problems);
        checkRange("max-head-size", maxHeadSize.bytes(), 1_024, 1 << 20, problems);
        checkRange("compression-min-size", compressionMinSize.bytes(), 0, 1 << 30, problems);
        checkRange("websocket-max-frame-size", websocketMaxFrameSize.bytes(), 125, 1 << 30, problems);
        checkRange("websocket-max-message-size", websocketMaxMessageSize.bytes(), 125, 1 << 30, problems);
        checkRange("websocket-queue-size", websocketQueueSize.bytes(), 1, 1 << 30, problems);
    }

    private static void checkRange(String name, long value, long min, long max, Problems problems) {
        if (value < min || value > max) {
            problems.add(Problem.of(
                    "setting-out-of-range",
                    "The setting \"server." + name + "\" is " + value + ", which is not from " + min + " to " + max
                            + "."));
        }
    }
}
