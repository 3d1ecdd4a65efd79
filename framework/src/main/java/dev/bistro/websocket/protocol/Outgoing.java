package dev.bistro.websocket.protocol;

import java.util.concurrent.CompletableFuture;

/**
 * A frame that waits to be written.
 *
 * @param frame the whole frame, perhaps shared with other sessions
 * @param cost the memory that it counts for in the server's budget
 * @param sent to be completed when it is written; null if nobody asked
 * @param kind what it is for the connection
 */
record Outgoing(byte[] frame, int cost, CompletableFuture<Void> sent, Kind kind) {
    /** What a frame is for the connection. */
    enum Kind {
        MESSAGE,
        /** A close frame that the client answers. */
        CLOSE,
        /** A close frame after which the connection ends. */
        LAST_WORD
    }
}
