package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.body.FormLimits;
import dev.bistro.config.ByteSize;
import dev.bistro.http1.ForwardedHeaders;
import dev.bistro.http1.Http1Settings;
import dev.bistro.http1.TrustedAddresses;
import dev.bistro.net.Listener;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings whose keys begin with {@code server.}: {@code maxBodySize} is {@code server.max-body-size}, and
 * {@code SERVER_MAX_BODY_SIZE} in the environment.
 */
@Config("server")
@Description("the HTTP server and its limits")
record ServerSettings(
        @Description("the address to listen on; 0.0.0.0 for all") @DefaultValue("0.0.0.0")
        String host,

        @Description("the port to listen on; 0 for a free one") @DefaultValue("8080")
        int port,

        @Description("how many event loops; 0 for as many as processors") @DefaultValue("0")
        int loops,

        @Description("how many connections at the most; the longest idle ones give way to further ones, or these wait")
        @DefaultValue("10000")
        int maxConnections,

        @Description("how many connections of one client's address, or of one /64 network of IPv6; 0 for any number")
        @DefaultValue("0")
        int maxConnectionsPerAddress,

        @Description("how much is held in memory for all clients together; 0 for a quarter of the heap")
        @DefaultValue("0B")
        ByteSize maxBufferedSize,

        @Description("how many requests may be under way at once, on threads of their own or waiting without one;"
                + " 503 above it, 0 for no limit of its own")
        @DefaultValue("0")
        int maxConcurrentRequests,

        @Description("of a request's body that is read as a whole; 413 above it") @DefaultValue("2MiB")
        ByteSize maxBodySize,

        @Description("of a form with files as a whole; 413 above it") @DefaultValue("100MiB")
        ByteSize maxFormSize,

        @Description("of one file of a form; 413 above it") @DefaultValue("100MiB")
        ByteSize maxFileSize,

        @Description("how many fields and files a form may have; 413 above it") @DefaultValue("1000")
        int maxFormParts,

        @Description("how much of a form's files is held in memory; what is more goes to the disk")
        @DefaultValue("64KiB")
        ByteSize uploadMemorySize,

        @Description("where a form's files go until the request was answered;"
                + " the system's directory for temporary files unless it is set")
        Optional<Path> uploadDirectory,

        @Description("of a request's line and header fields; 431 above it") @DefaultValue("32KiB")
        ByteSize maxHeadSize,

        @Description(
                "how long a client may take for a request's head; 408 after it, and closed where it has sent nothing")
        @DefaultValue("10s")
        Duration headTimeout,

        @Description("how long a client may take for each further 4 KiB of a body; 408 after it") @DefaultValue("30s")
        Duration bodyTimeout,

        @Description("how long a client may take for each 4 KiB of what is sent to it") @DefaultValue("60s")
        Duration writeTimeout,

        @Description("how long a request may wait for a thread where there are none left; 503 after it")
        @DefaultValue("10s")
        Duration queueTimeout,

        @Description("how long a connection is kept without a request") @DefaultValue("60s")
        Duration idleTimeout,

        @Description("how long an answer that isn't there yet is waited for; 503 after it") @DefaultValue("60s")
        Duration pendingTimeout,

        @Description("whether responses are compressed for clients that take it: gzip and deflate")
        @DefaultValue("true")
        boolean compression,

        @Description("from which size on they are") @DefaultValue("1400B")
        ByteSize compressionMinSize,

        @Description("proxies in front of the server") ServerProxySettings proxy,

        @Description("WebSockets and their limits") ServerWebSocketSettings websocket,

        @Description("how long running requests may take when the server stops, and then all that is closed")
        @DefaultValue("10s")
        Duration stopTimeout) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Checks that all are within bounds, and reports all that aren't at once. */
    ServerSettings {
        var faults = new ArrayList<String>();
        check("port", port, 0, 65_535, faults);
        check("loops", loops, 0, 1_024, faults);
        check("max-connections", maxConnections, 1, Integer.MAX_VALUE, faults);
        check("max-concurrent-requests", maxConcurrentRequests, 0, Integer.MAX_VALUE, faults);
        check("max-connections-per-address", maxConnectionsPerAddress, 0, Integer.MAX_VALUE, faults);
        check("max-buffered-size", maxBufferedSize, ByteSize.parse("0B"), new ByteSize(Long.MAX_VALUE), faults);
        check("max-body-size", maxBodySize, ByteSize.parse("0B"), ByteSize.parse("1GiB"), faults);
        check("max-form-size", maxFormSize, ByteSize.parse("0B"), new ByteSize(Long.MAX_VALUE), faults);
        check("max-file-size", maxFileSize, ByteSize.parse("0B"), new ByteSize(Long.MAX_VALUE), faults);
        check("max-form-parts", maxFormParts, 1, 1_000_000, faults);
        check("upload-memory-size", uploadMemorySize, ByteSize.parse("0B"), ByteSize.parse("1GiB"), faults);
        uploadDirectory
                .filter(directory -> !Files.isDirectory(directory) || !Files.isWritable(directory))
                .ifPresent(none -> faults.add("upload-directory has to be a directory that can be written to"));
        check("max-head-size", maxHeadSize, ByteSize.parse("1KiB"), ByteSize.parse("1MiB"), faults);
        checkTime("head-timeout", headTimeout, SHORTEST, faults);
        checkTime("body-timeout", bodyTimeout, SHORTEST, faults);
        checkTime("write-timeout", writeTimeout, SHORTEST, faults);
        checkTime("queue-timeout", queueTimeout, SHORTEST, faults);
        checkTime("idle-timeout", idleTimeout, SHORTEST, faults);
        checkTime("pending-timeout", pendingTimeout, SHORTEST, faults);
        check("compression-min-size", compressionMinSize, ByteSize.parse("0B"), ByteSize.parse("1GiB"), faults);
        proxy.trusted()
                .forEach(entry -> TrustedAddresses.fault(entry)
                        .ifPresent(fault -> faults.add("proxy.trusted: \"" + entry + "\" " + fault)));
        check(
                "websocket.max-frame-size",
                websocket.maxFrameSize(),
                ByteSize.parse("125B"),
                ByteSize.parse("1GiB"),
                faults);
        check(
                "websocket.max-message-size",
                websocket.maxMessageSize(),
                ByteSize.parse("125B"),
                ByteSize.parse("1GiB"),
                faults);
        check("websocket.queue-size", websocket.queueSize(), ByteSize.parse("1B"), ByteSize.parse("1GiB"), faults);
        checkTime("websocket.ping-interval", websocket.pingInterval(), SHORTEST, faults);
        checkTime("stop-timeout", stopTimeout, Duration.ZERO, faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private static <T extends Comparable<T>> void check(String name, T value, T min, T max, List<String> faults) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            faults.add(name + " has to be from " + min + " to " + max);
        }
    }

    private static void checkTime(String name, Duration value, Duration min, List<String> faults) {
        if (value.compareTo(min) < 0 || value.compareTo(LONGEST) > 0) {
            faults.add(name + " has to be from " + min.toMillis() + "ms to " + LONGEST.toDays() + "d");
        }
    }

    /** The settings of the sockets, with these listeners. */
    NetSettings net(List<Listener> listeners) {
        return new NetSettings(
                listeners,
                loops,
                maxConnections,
                maxConnectionsPerAddress,
                NetSettings.READ_BUFFER_BYTES,
                maxBufferedSize.bytes(),
                NetSettings.MAX_OPENINGS,
                NetSettings.OPENING_TIMEOUT,
                writeTimeout,
                queueTimeout);
    }

    /** The settings of HTTP/1. */
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
                pendingTimeout,
                maxConcurrentRequests);
    }

    /** What is believed of proxies' header fields. */
    ForwardedHeaders forwarded() {
        return new ForwardedHeaders(TrustedAddresses.parse(proxy.trusted()), proxy.headers());
    }

    /** The settings of WebSockets. */
    WebSocketSettings webSockets() {
        return new WebSocketSettings(
                bytes(websocket.maxFrameSize()),
                bytes(websocket.maxMessageSize()),
                bytes(websocket.queueSize()),
                websocket.pingInterval(),
                websocket.origins(),
                compression,
                websocket.contextTakeover(),
                bytes(compressionMinSize),
                NetServer.loopCount(loops));
    }

    /**
     * The limits of forms. The texts of a form are limited like a body that is read as a whole, and the head of each
     * part like a request's.
     */
    FormLimits forms() {
        return new FormLimits(
                maxFormParts,
                FormLimits.DEFAULTS.maxNameLength(),
                bytes(maxHeadSize),
                bytes(maxBodySize),
                maxFileSize.bytes(),
                maxFormSize.bytes(),
                bytes(uploadMemorySize),
                uploadDirectory.orElse(FormLimits.DEFAULTS.directory()));
    }

    private static int bytes(ByteSize size) {
        return Math.toIntExact(size.bytes());
    }
}
