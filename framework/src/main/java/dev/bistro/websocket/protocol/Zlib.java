package dev.bistro.websocket.protocol;

import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What sessions share of {@code java.util.zip}: raw DEFLATE without the zlib header (RFC 7692, section 7.2), pools for
 * messages that are compressed without context takeover, and one-shot compression.
 */
final class Zlib {
    /** The largest window of DEFLATE, and the only one of java.util.zip. */
    static final int MAX_WINDOW_BITS = 15;

    /** The largest array of most Java virtual machines. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private static final ZlibPool<Deflater> DEFLATERS =
            new ZlibPool<>(Zlib::newDeflater, Deflater::reset, Deflater::end);
    private static final ZlibPool<Inflater> INFLATERS =
            new ZlibPool<>(Zlib::newInflater, Inflater::reset, Inflater::end);

    private Zlib() {}

    static Deflater newDeflater() {
        return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }

    static Inflater newInflater() {
        return new Inflater(true);
    }

    static ZlibPool<Inflater> inflaters() {
        return INFLATERS;
    }

    /**
     * Compresses a message on its own. For a window smaller than ours the message is cut into pieces of the window's
     * size, and the deflater is reset before each: a back-reference then never leaves its piece, nor the window.
     *
     * @param windowBits the receiver's window has 2 to the power of so many bytes
     */
    static byte[] compress(byte[] message, int windowBits) {
        int pieceBytes = windowBits == MAX_WINDOW_BITS ? message.length : 1 << windowBits;
        Deflater deflater = DEFLATERS.acquire();
        try {
            var compressed = new GrowingBytes(Math.max(64, message.length / 2));
            for (int at = 0; at < message.length; at += pieceBytes) {
                deflater.reset();
                deflater.setInput(message, at, Math.min(pieceBytes, message.length - at));
                flush(deflater, compressed);
            }
            return compressed.copy(compressed.size() - 4);
        } finally {
            DEFLATERS.release(deflater);
        }
    }

    /**
     * Compresses a message with the deflater's context up to a byte boundary, and leaves out the four bytes 00 00 FF FF
     * that end each message.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.2.1">RFC 7692, section 7.2.1</a>
     */
    static byte[] compress(byte[] message, Deflater deflater) {
        deflater.setInput(message);
        var compressed = new GrowingBytes(Math.max(64, message.length / 2));
        flush(deflater, compressed);
        return compressed.copy(compressed.size() - 4);
    }

    private static void flush(Deflater deflater, GrowingBytes compressed) {
        do {
            compressed.ensureRoom(MAX_BYTES);
            int count = deflater.deflate(compressed.array(), compressed.size(), compressed.room(), Deflater.SYNC_FLUSH);
            compressed.added(count);
        } while (compressed.room() == 0);
    }

    /** A growing array that deflaters and inflaters write to directly. */
    static final class GrowingBytes {
        private byte[] array;
        private int size;

        GrowingBytes(int capacity) {
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

        /** Grows a full array, to at most so many bytes. */
        void ensureRoom(long maxBytes) {
            if (room() == 0) {
                array = Arrays.copyOf(array, (int) Math.min(maxBytes, 2L * array.length));
            }
        }

        byte[] copy(int length) {
            return Arrays.copyOf(array, length);
        }
    }
}
