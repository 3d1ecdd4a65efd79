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
import dev.bistro.observe.AccessLogFormat;
import dev.bistro.security.AllowedOrigins;
import dev.bistro.tls.ClientAuth;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The settings whose keys begin with {@code server.}: {@code maxBodySize} is {@code server.max-body-size}, and
 * {@code SERVER_MAX_BODY_SIZE} in the environment.
 */
@Config("server")
@Description("the HTTP server and its limits")
record ServerSettings(
        @Description("the address to listen on; 0.0.0.0 for all") @DefaultValue(ServerListening.ALL_HOSTS)
        String host,

        @Description("the port to listen on; 0 for a free one") @DefaultValue(ServerListening.USUAL_PORT)
        int port,

        @Description("the addresses to listen on in place of host and port: 0.0.0.0:8080, [::1]:8080,"
                + " unix:/run/shop.sock")
        List<String> listen,

        @Description("who may connect to a Unix domain socket, as chmod has it") @DefaultValue("rw-rw----")
        String unixPermissions,

        @Description("HTTPS") ServerTlsSettings tls,

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

        @Description("how long a handler may run until it is reported with its stack; 0s for any time")
        @DefaultValue("30s")
        Duration stuckAfter,

        @Description("whether responses are compressed for clients that take it: gzip and deflate")
        @DefaultValue("true")
        boolean compression,

        @Description("from which size on they are") @DefaultValue("1400B")
        ByteSize compressionMinSize,

        @Description("proxies in front of the server") ServerProxySettings proxy,

        @Description("WebSockets and their limits") ServerWebSocketSettings websocket,

        @Description("whether there is a line for each answer in the log bistro.access, and how it is written: off,"
                + " common or combined (as Apache's), or json")
        @DefaultValue("off")
        AccessLogFormat accessLog,

        @Description("how long the server still accepts and answers when it is to stop, so that load balancers notice;"
                + " a part of server.stop-timeout")
        @DefaultValue("0s")
        Duration drainDelay,

        @Description("how long running requests may take when the server stops, and then all that is closed")
        @DefaultValue("10s")
        Duration stopTimeout) {
    /** Checks that all are within bounds, and reports all that aren't at once. */
    ServerSettings {
        var faults = new SettingFaults();
        faults.check("port", port, 0, ListenAddresses.MAX_PORT);
        faults.check("loops", loops, 0, 1_024);
        faults.check("max-connections", maxConnections, 1, Integer.MAX_VALUE);
        faults.check("max-concurrent-requests", maxConcurrentRequests, 0, Integer.MAX_VALUE);
        faults.check("max-connections-per-address", maxConnectionsPerAddress, 0, Integer.MAX_VALUE);
        faults.check("max-buffered-size", maxBufferedSize, ByteSize.parse("0B"), new ByteSize(Long.MAX_VALUE));
        faults.checkSize("max-body-size", maxBodySize, "0B", "1GiB");
        faults.check("max-form-size", maxFormSize, ByteSize.parse("0B"), new ByteSize(Long.MAX_VALUE));
        faults.check("max-file-size", maxFileSize, ByteSize.parse("0B"), new ByteSize(Long.MAX_VALUE));
        faults.check("max-form-parts", maxFormParts, 1, 1_000_000);
        faults.checkSize("upload-memory-size", uploadMemorySize, "0B", "1GiB");
        uploadDirectory
                .filter(directory -> !Files.isDirectory(directory) || !Files.isWritable(directory))
                .ifPresent(none -> faults.add("upload-directory has to be a directory that can be written to"));
        faults.checkSize("max-head-size", maxHeadSize, "1KiB", "1MiB");
        faults.checkTime("head-timeout", headTimeout, SettingFaults.SHORTEST);
        faults.checkTime("body-timeout", bodyTimeout, SettingFaults.SHORTEST);
        faults.checkTime("write-timeout", writeTimeout, SettingFaults.SHORTEST);
        faults.checkTime("queue-timeout", queueTimeout, SettingFaults.SHORTEST);
        faults.checkTime("idle-timeout", idleTimeout, SettingFaults.SHORTEST);
        faults.checkTime("pending-timeout", pendingTimeout, SettingFaults.SHORTEST);
        faults.checkTime("stuck-after", stuckAfter, Duration.ZERO);
        faults.checkSize("compression-min-size", compressionMinSize, "0B", "1GiB");
        proxy.trusted()
                .forEach(entry -> TrustedAddresses.fault(entry)
                        .ifPresent(fault -> faults.add("proxy.trusted: \"" + entry + "\" " + fault)));
        faults.checkSize("websocket.max-frame-size", websocket.maxFrameSize(), "125B", "1GiB");
        faults.checkSize("websocket.max-message-size", websocket.maxMessageSize(), "125B", "1GiB");
        faults.checkSize("websocket.queue-size", websocket.queueSize(), "1B", "1GiB");
        faults.checkTime("websocket.ping-interval", websocket.pingInterval(), SettingFaults.SHORTEST);
        websocket
                .origins()
                .forEach(entry ->
                        AllowedOrigins.fault(entry).ifPresent(fault -> faults.add("websocket.origins: " + fault)));
        faults.checkTime("drain-delay", drainDelay, Duration.ZERO);
        faults.checkTime("stop-timeout", stopTimeout, Duration.ZERO);
        faults.addIf(
                !drainDelay.isZero() && drainDelay.compareTo(stopTimeout) >= 0,
                "drain-delay has to be shorter than stop-timeout, of which it is a part");
        faults.addIf(proxy.protocol() && proxy.trusted().isEmpty(), "proxy.protocol needs proxy.trusted");
        FilePermissions.fault(unixPermissions).ifPresent(fault -> faults.add("unix-permissions " + fault));
        tls.check(faults);
        boolean isPort = port >= 0 && port <= ListenAddresses.MAX_PORT;
        new ServerListening(host, isPort ? port : 0, listen, tls).check(faults);
        faults.throwIfAny();
    }

    /** Where it listens, and where it speaks TLS there. */
    ServerListening listening() {
        return new ServerListening(host, port, listen, tls);
    }

    /** The permissions of the files of Unix domain sockets. */
    Set<PosixFilePermission> socketPermissions() {
        return FilePermissions.parse(unixPermissions);
    }

    /** Whether clients are asked for a certificate. */
    boolean asksForCertificates() {
        return tls.clientAuth() != ClientAuth.NONE;
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
                tls.maxHandshakes(),
                tls.handshakeTimeout(),
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

    /** How many bytes may be in memory for all clients together. */
    long mostBuffered() {
        return net(List.of()).budget().max();
    }

    /** Which peers have to begin their connections with a header of the PROXY protocol. */
    Predicate<SocketAddress> sendsProxyHeader() {
        TrustedAddresses trusted = trusted();
        return proxy.protocol() ? trusted::contains : peer -> false;
    }

    /** What is believed of proxies' header fields. */
    ForwardedHeaders forwarded() {
        return new ForwardedHeaders(trusted(), proxy.headers());
    }

    private TrustedAddresses trusted() {
        return TrustedAddresses.parse(proxy.trusted());
    }

    /** The origins whose pages may open WebSockets, besides those that may do everything. */
    AllowedOrigins webSocketOrigins() {
        return AllowedOrigins.of(websocket.origins());
    }

    /** The settings of WebSockets. */
    WebSocketSettings webSockets() {
        return new WebSocketSettings(
                bytes(websocket.maxFrameSize()),
                bytes(websocket.maxMessageSize()),
                bytes(websocket.queueSize()),
                websocket.pingInterval(),
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

    /** Makes it of the values of its components, without reflection. */
    static ServerSettings of(ComponentValues values) {
        return new ServerSettings(
                values.get("host"),
                values.get("port"),
                values.get("listen"),
                values.get("unixPermissions"),
                values.get("tls"),
                values.get("loops"),
                values.get("maxConnections"),
                values.get("maxConnectionsPerAddress"),
                values.get("maxBufferedSize"),
                values.get("maxConcurrentRequests"),
                values.get("maxBodySize"),
                values.get("maxFormSize"),
                values.get("maxFileSize"),
                values.get("maxFormParts"),
                values.get("uploadMemorySize"),
                values.get("uploadDirectory"),
                values.get("maxHeadSize"),
                values.get("headTimeout"),
                values.get("bodyTimeout"),
                values.get("writeTimeout"),
                values.get("queueTimeout"),
                values.get("idleTimeout"),
                values.get("pendingTimeout"),
                values.get("stuckAfter"),
                values.get("compression"),
                values.get("compressionMinSize"),
                values.get("proxy"),
                values.get("websocket"),
                values.get("accessLog"),
                values.get("drainDelay"),
                values.get("stopTimeout"));
    }
}
