package dev.bistro.websocket.protocol;

import java.util.concurrent.CompletableFuture;

/**
 * A message to one client or many, made into a frame once for each encoding that they need. Belongs to the thread that
 * sends it.
 */
final class OutgoingMessage {
    private final int opcode;
    private final byte[] payload;
    private byte[] plain;
    private byte[][] compressed; // by the bits of the receiver's window

    OutgoingMessage(int opcode, byte[] payload) {
        this.opcode = opcode;
        this.payload = payload;
    }

    /**
     * Adds the message to a client's queue.
     *
     * @param deflater compresses as the client has agreed to; null if it hasn't
     * @return false if nothing can be added any more
     */
    boolean addTo(SendQueue queue, MessageDeflater deflater, CompletableFuture<Void> sent) {
        if (deflater == null || !deflater.compresses(payload.length)) {
            boolean first = plain == null;
            return queue.add(plain(), cost(plain, first), sent);
        }
        if (deflater.noContextTakeover()) {
            boolean first = compressed == null || compressed[deflater.windowBits()] == null;
            byte[] frame = compressed(deflater.windowBits());
            return queue.add(frame, cost(frame, first), sent);
        }
        return deflater.compress(payload, own -> queue.add(Frames.compressed(opcode, own), sent));
    }

    /** The bytes of a shared frame count for the first client only. */
    private static int cost(byte[] frame, boolean first) {
        return (first ? frame.length : 0) + SendQueue.MESSAGE_BYTES;
    }

    private byte[] plain() {
        if (plain == null) {
            plain = Frames.of(opcode, payload);
        }
        return plain;
    }

    private byte[] compressed(int windowBits) {
        compressed = compressed == null ? new byte[Zlib.MAX_WINDOW_BITS + 1][] : compressed;
        if (compressed[windowBits] == null) {
            compressed[windowBits] = Frames.compressed(opcode, Zlib.compress(payload, windowBits));
        }
        return compressed[windowBits];
    }
}
