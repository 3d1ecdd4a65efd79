package dev.bistro.websocket.protocol;

import java.time.Duration;
import java.util.List;

/**
 * What clients may send, and how they are treated. Nothing that a client can make grow is without a limit.
 *
 * @param maxFrameBytes one frame's payload; closed with 1009 above it
 * @param maxMessageBytes one message, unpacked; closed with 1009 above it
 * @param maxQueuedBytes what waits for a client to take it; closed with 1013 above it, unless it is a single message
 * @param pingInterval after so long without a sign of life a ping is sent, and after as long again without an answer the session is closed
 * @param origins what pages may connect besides those of the same origin: {@code https://example.org}, or {@code *} for all
 * @param compression whether permessage-deflate is agreed to
 * @param contextTakeover whether both sides may keep what they compressed before, which packs better and costs about 300 KiB for each client
 * @param minCompressedBytes from which size on messages are compressed
 * @param loops how many event loops the server has
 */
public record WebSocketSettings(
        int maxFrameBytes,
        int maxMessageBytes,
        int maxQueuedBytes,
        Duration pingInterval,
        List<String> origins,
        boolean compression,
        boolean contextTakeover,
        int minCompressedBytes,
        int loops) {
    /** What suits most applications, for a server of one loop. */
    public static final WebSocketSettings DEFAULTS = new WebSocketSettings(
            1024 * 1024, 1024 * 1024, 1024 * 1024, Duration.ofSeconds(30), List.of(), true, false, 1400, 1);

    /** Copies the list. */
    public WebSocketSettings {
        origins = List.copyOf(origins);
    }
}
