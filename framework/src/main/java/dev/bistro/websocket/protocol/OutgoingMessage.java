package dev.bistro.websocket.protocol;

import java.util.concurrent.CompletableFuture;

/** A message for one client or many, encoded once in each way that they need. Belongs to the thread that sends it. */
final class OutgoingMessage {
    private final int opcode;
    private final byte[] payload;
    private byte[] plain;
    private byte[][] packed; // by the bits of the receiver's window

    OutgoingMessage(int opcode, byte[] payload) {
        this.opcode = opcode;
        this.payload = payload;
    }

    /** Adds the message to an outbox, packed as the client has agreed to; false if it can't be added any more. */
    boolean addTo(Outbox outbox, Deflation deflation, CompletableFuture<Void> sent) {
        if (deflation == null || !deflation.packs(payload.length)) {
            boolean first = plain == null;
            return outbox.add(plain(), cost(plain, first), sent);
        }
        if (deflation.forgets()) {
            byte[] known =
                    packed == null ? null : packed[deflation.compressors().windowBits()];
            byte[] frame = packed(deflation.compressors());
            return outbox.add(frame, cost(frame, known == null), sent);
        }
        return deflation.pack(payload, own -> outbox.add(Frames.compressed(opcode, own), sent));
    }

    /** What many share is counted with the first of them. */
    private static int cost(byte[] frame, boolean first) {
        return (first ? frame.length : 0) + Outbox.MESSAGE_BYTES;
    }

    private byte[] plain() {
        if (plain == null) {
            plain = Frames.of(opcode, payload);
        }
        return plain;
    }

    private byte[] packed(Compressors compressors) {
        int windowBits = compressors.windowBits();
        packed = packed == null ? new byte[Compressors.MAX_WINDOW_BITS + 1][] : packed;
        if (packed[windowBits] == null) {
            packed[windowBits] = Frames.compressed(opcode, compressors.compress(payload));
        }
        return packed[windowBits];
    }
}
