package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.ByteSize;
import java.time.Duration;
import java.util.List;

/**
 * The settings whose keys begin with {@code server.websocket.}: {@code maxFrameSize} is
 * {@code server.websocket.max-frame-size}.
 */
record ServerWebSocketSettings(
        @Description("of one frame; closed with 1009 above it") @DefaultValue("1MiB")
        ByteSize maxFrameSize,

        @Description("of one message, unpacked; closed with 1009 above it") @DefaultValue("1MiB")
        ByteSize maxMessageSize,

        @Description(
                "of what waits for a client to take it; closed with 1013 above it, but a single message may be larger")
        @DefaultValue("1MiB")
        ByteSize queueSize,

        @Description("how long a client may say nothing before it is pinged, and as long again before it is closed")
        @DefaultValue("30s")
        Duration pingInterval,

        @Description("the origins whose pages may open WebSockets, besides our own and those of security.cors.origins;"
                + " * for all")
        List<String> origins,

        @Description(
                "whether messages are compressed with what was sent before: smaller, but about 300 KiB for each client")
        @DefaultValue("false")
        boolean contextTakeover) {
    /** Makes it of the values of its components, without reflection. */
    static ServerWebSocketSettings of(ComponentValues values) {
        return new ServerWebSocketSettings(
                values.get("maxFrameSize"),
                values.get("maxMessageSize"),
                values.get("queueSize"),
                values.get("pingInterval"),
                values.get("origins"),
                values.get("contextTakeover"));
    }
}
