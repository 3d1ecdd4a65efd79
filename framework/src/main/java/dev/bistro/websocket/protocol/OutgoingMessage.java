package dev.bistro.websocket.protocol;

import java.util.concurrent.CompletableFuture;

/** A message for one client or many, encoded once in each way that they need. Belongs to the thread that sends it. */
final class OutgoingMessage {
    private final int opcode;
    private final byte[] payload;
    private final boolean shared;
    private byte[] plain;
    private byte[][] packed; // by the bits of the receiver's window

    private OutgoingMessage(int opcode, byte[] payload, boolean shared) {
        this.opcode = opcode;
        this.payload = payload;
        this.shared = shared;
    }

    static OutgoingMessage forOne(int opcode, byte[] payload) {
        return new OutgoingMessage(opcode, payload, false);
    }

    static OutgoingMessage forMany(int opcode, byte[] payload) {
        return new OutgoingMessage(opcode, payload, true);
    }

    /** Adds the message to an outbox, packed as the client has agreed to; false if it can't be added any more. */
    boolean addTo(Outbox outbox, Deflation deflation, CompletableFuture<Void> sent) {
        if (deflation == null || !deflation.packs(payload.length)) {
            return outbox.add(plain(), sent, shared);
        }
        return deflation.forgets()
                ? outbox.add(packed(deflation.compressors()), sent, shared)
                : deflation.pack(payload, own -> outbox.add(Frames.compressed(opcode, own), sent, false));
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
