package dev.bistro.websocket.protocol;

import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses messages each on its own, for receivers that keep a window of so many bits. What does it is shared by the whole process, and so there are few of them, as they
 * have memory outside the heap.
 */
final class Compressors {
    /** Arrays can't be larger, in most Javas. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    /** The largest window that there is, and the only one of java.util.zip. */
    static final int MAX_WINDOW_BITS = 15;

    private static final Spares<Deflater> DEFLATERS =
            new Spares<>(Compressors::newDeflater, Deflater::reset, Deflater::end);
    private static final Spares<Inflater> INFLATERS =
            new Spares<>(Compressors::newInflater, Inflater::reset, Inflater::end);

    private final int windowBits;

    /** For receivers with the largest window. */
    Compressors() {
        this(MAX_WINDOW_BITS);
    }

    Compressors(int windowBits) {
        this.windowBits = windowBits;
    }

    int windowBits() {
        return windowBits;
    }

    /** Without the zlib format around the data, as RFC 7692 has it. */
    static Deflater newDeflater() {
        return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }

    static Inflater newInflater() {
        return new Inflater(true);
    }

    static Spares<Inflater> inflaters() {
        return INFLATERS;
    }

    /**
     * Compresses a message. Where the window is smaller than ours, it is cut into pieces of that size and each begins anew: a reference back then never leaves its piece, and so the
     * window.
     */
    byte[] compress(byte[] message) {
        int pieceBytes = windowBits == MAX_WINDOW_BITS ? message.length : 1 << windowBits;
        Deflater deflater = DEFLATERS.take();
        try {
            var compressed = new Bytes(Math.max(64, message.length / 2));
            for (int at = 0; at < message.length; at += pieceBytes) {
                deflater.reset();
                deflater.setInput(message, at, Math.min(pieceBytes, message.length - at));
                flush(deflater, compressed);
            }
            return compressed.copy(compressed.size() - 4);
        } finally {
            DEFLATERS.give(deflater);
        }
    }

    /**
     * Compresses a message with what came before to a byte boundary, and leaves out the four bytes 00 00 FF FF that end each.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.2.1">RFC 7692, section 7.2.1</a>
     */
    static byte[] compress(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        var compressed = new Bytes(Math.max(64, message.length / 2));
        flush(deflater, compressed);
        return compressed.copy(compressed.size() - 4);
    }

    private static void flush(Deflater deflater, Bytes compressed) {
        do {
            compressed.ensureRoom(MAX_BYTES);
            int count = deflater.deflate(compressed.array(), compressed.size(), compressed.room(), Deflater.SYNC_FLUSH);
            compressed.added(count);
        } while (compressed.room() == 0);
    }

    /** A growing array that is written to by others. */
    static final class Bytes {
        private byte[] array;
        private int size;

        Bytes(int capacity) {
            array = new byte[capacity];
        }

        byte[] array() {
            return array;
        }

        int size() {
            return size;
        }

        int room() {
            return array.length - size;
        }

        void added(int count) {
            size += count;
        }

        /** Has room for a byte at least, and for so many in all at the most. */
        void ensureRoom(long most) {
            if (room() == 0) {
                array = Arrays.copyOf(array, (int) Math.min(most, 2L * array.length));
            }
        }

        byte[] copy(int length) {
            return Arrays.copyOf(array, length);
        }
    }
}
