package dev.bistro.websocket.protocol;

import java.time.Duration;

/**
 * The limits and options of WebSocket sessions. Everything that a client can make grow has a limit.
 *
 * @param maxFrameBytes the longest payload of a frame; a longer one closes the session with 1009
 * @param maxMessageBytes the longest message, decompressed; a longer one closes the session with 1009
 * @param maxQueuedBytes how many bytes may wait until a client takes them; more close the session with 1013, unless
 *     they are a single message
 * @param pingInterval a client that sends nothing for so long gets a ping; if it doesn't answer for as long again, the
 *     session is closed
 * @param compression whether permessage-deflate is accepted
 * @param contextTakeover whether both sides may refer back to earlier messages, which compresses better and costs about
 *     300 KiB for each client
 * @param minCompressedBytes messages of at least so many bytes are compressed
 * @param loops the number of the server's event loops
 */
public record WebSocketSettings(
        int maxFrameBytes,
        int maxMessageBytes,
        int maxQueuedBytes,
        Duration pingInterval,
        boolean compression,
        boolean contextTakeover,
        int minCompressedBytes,
        int loops) {
    /** The defaults, for a server with one event loop. */
    public static final WebSocketSettings DEFAULTS =
            new WebSocketSettings(1024 * 1024, 1024 * 1024, 1024 * 1024, Duration.ofSeconds(30), true, false, 1400, 1);
}
