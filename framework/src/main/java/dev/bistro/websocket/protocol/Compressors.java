package dev.bistro.websocket.protocol;

import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The compressors that sessions share whose messages are compressed each on its own. */
final class Compressors {
    private final Spares<Deflater> deflaters = new Spares<>(Compressors::newDeflater, Deflater::reset, Deflater::end);
    private final Spares<Inflater> inflaters = new Spares<>(Compressors::newInflater, Inflater::reset, Inflater::end);

    /** Without the zlib format around the data, as RFC 7692 has it. */
    static Deflater newDeflater() {
        return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }

    static Inflater newInflater() {
        return new Inflater(true);
    }

    Spares<Deflater> deflaters() {
        return deflaters;
    }

    Spares<Inflater> inflaters() {
        return inflaters;
    }

    /** A message on its own. */
    byte[] compress(byte[] message) {
        Deflater deflater = deflaters.take();
        byte[] compressed = compress(deflater, message);
        deflaters.give(deflater);
        return compressed;
    }

    /**
     * Compresses a message to a byte boundary, and leaves out the four bytes 00 00 FF FF that end each.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.2.1">RFC 7692, section 7.2.1</a>
     */
    static byte[] compress(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        var compressed = new Bytes(Math.max(64, message.length / 2));
        int count;
        do {
            compressed.ensureRoom();
            count = deflater.deflate(compressed.array(), compressed.size(), compressed.room(), Deflater.SYNC_FLUSH);
            compressed.added(count);
        } while (compressed.room() == 0);
        return compressed.copy(compressed.size() - 4);
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

        void ensureRoom() {
            if (room() == 0) {
                array = java.util.Arrays.copyOf(array, 2 * array.length);
            }
        }

        byte[] copy(int length) {
            return java.util.Arrays.copyOf(array, length);
        }
    }
}
