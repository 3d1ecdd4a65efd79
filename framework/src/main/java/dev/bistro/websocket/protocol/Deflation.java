package dev.bistro.websocket.protocol;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.zip.Deflater;

/**
 * Packs the messages to one client, each on its own or, where that was agreed on, with what was sent before: such messages must be sent in the order in
 * which they are packed, so both happens under one lock. Any thread may use it.
 */
final class Deflation {
    private final Compressors compressors;
    private final boolean forgets;
    private final int minBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private Deflater own; // guarded by lock
    private volatile boolean closed;

    Deflation(Compressors compressors, boolean forgets, int minBytes) {
        this.compressors = compressors;
        this.forgets = forgets;
        this.minBytes = minBytes;
    }

    /** Whether a message of this size is packed; for an empty one nothing would come out. */
    boolean packs(int length) {
        return length > 0 && length >= minBytes;
    }

    /** Whether each message is packed on its own, and so the same for all such clients of one window. */
    boolean forgets() {
        return forgets;
    }

    Compressors compressors() {
        return compressors;
    }

    /** Packs a message with what was sent before, and sends it, which says whether it could be sent. */
    boolean pack(byte[] message, Predicate<byte[]> send) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            own = own == null ? Compressors.newDeflater() : own;
            return send.test(Compressors.compress(own, message));
        } finally {
            lock.unlock();
            endIfClosed();
        }
    }

    /** Nothing is sent any more. Never waits: if a message is being packed, its thread lets go of the memory. */
    void close() {
        closed = true;
        endIfClosed();
    }

    private void endIfClosed() {
        if (closed && lock.tryLock()) {
            try {
                if (own != null) {
                    own.end();
                    own = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
