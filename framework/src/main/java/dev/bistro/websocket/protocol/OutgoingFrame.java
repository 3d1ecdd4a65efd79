package dev.bistro.websocket.protocol;

import java.util.concurrent.CompletableFuture;

/**
 * A frame that waits to be written.
 *
 * @param bytes the whole frame, which other sessions may share
 * @param cost how many bytes of the server's budget it holds
 * @param sent to be completed when it is written; null if nobody asked
 * @param kind what the connection does after it
 */
record OutgoingFrame(byte[] bytes, int cost, CompletableFuture<Void> sent, Kind kind) {
    /** What the connection does after a frame. */
    enum Kind {
        MESSAGE,
        /** A close frame that the client answers. */
        CLOSE,
        /** A close frame after which the connection ends. */
        CLOSE_AND_END
    }
}
