package dev.bistro.net;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The buffers for one step of TLS. They belong to the thread that takes the step, and never to a connection, so that an
 * idle connection has none. The JDK's engine works on arrays, so they are on the heap.
 */
final class TlsBuffers {
    /**
     * Room for a record: 2^14 bytes with what encryption adds, which is at most 2048 under TLS 1.2 (RFC 5246, section
     * 6.2.3), and its header.
     */
    static final int RECORD_BYTES = 16 * 1024 + 2048 + 5;

    private static final int RECORDS_AT_ONCE = 4;

    /** What was received and isn't decrypted yet. */
    final ByteBuffer received = ByteBuffer.allocate(RECORDS_AT_ONCE * RECORD_BYTES);

    /** What was decrypted and doesn't fit where it belongs. */
    final ByteBuffer decrypted = ByteBuffer.allocate(RECORD_BYTES);

    /** What was encrypted and isn't sent yet. */
    final ByteBuffer encrypted = ByteBuffer.allocate(RECORDS_AT_ONCE * RECORD_BYTES);

    /** What was read of a file and isn't encrypted yet. */
    final ByteBuffer file = ByteBuffer.allocate(RECORDS_AT_ONCE * 16 * 1024);

    /** Buffers that no thread uses at the moment; a few are kept. For any thread. */
    static final class Pool {
        private final AtomicReferenceArray<TlsBuffers> free =
                new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

        TlsBuffers take() {
            for (int i = 0; i < free.length(); i++) {
                if (free.getPlain(i) != null) {
                    TlsBuffers taken = free.getAndSet(i, null);
                    if (taken != null) {
                        return taken;
                    }
                }
            }
            return new TlsBuffers();
        }

        void give(TlsBuffers unused) {
            for (int i = 0; i < free.length(); i++) {
                if (free.getPlain(i) == null && free.compareAndSet(i, null, unused)) {
                    return;
                }
            }
        }
    }
}
