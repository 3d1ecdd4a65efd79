package dev.bistro.websocket.protocol;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.zip.Deflater;

/**
 * Compresses the messages to one client, with context takeover or without. With it, messages must be sent in the order
 * in which they are compressed, so both happens under one lock. Any thread may use it.
 */
final class MessageDeflater {
    private final int windowBits;
    private final boolean noContextTakeover;
    private final int minBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private Deflater deflater; // guarded by lock; only with context takeover
    private volatile boolean closed;

    MessageDeflater(int windowBits, boolean noContextTakeover, int minBytes) {
        this.windowBits = windowBits;
        this.noContextTakeover = noContextTakeover;
        this.minBytes = minBytes;
    }

    /** Whether a message of this length is compressed. An empty one never is: no bytes would be left of it. */
    boolean compresses(int length) {
        return length > 0 && length >= minBytes;
    }

    /**
     * Whether each message is compressed on its own: the result is then the same for all clients with this window, and
     * {@link Zlib#compress(byte[], int)} gives it.
     */
    boolean noContextTakeover() {
        return noContextTakeover;
    }

    int windowBits() {
        return windowBits;
    }

    /** Compresses a message with the context of those before, and sends it; false if it can't be sent. */
    boolean compress(byte[] message, Predicate<byte[]> send) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            deflater = deflater == null ? Zlib.newDeflater() : deflater;
            return send.test(Zlib.compress(message, deflater));
        } finally {
            lock.unlock();
            endIfClosed();
        }
    }

    /** Frees the memory. Never waits: if a thread is compressing a message, that thread frees it afterwards. */
    void close() {
        closed = true;
        endIfClosed();
    }

    private void endIfClosed() {
        if (closed && lock.tryLock()) {
            try {
                if (deflater != null) {
                    deflater.end();
                    deflater = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
