package dev.bistro.websocket.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The masking of what clients send: byte i of the payload is exclusive-or'ed with byte i modulo 4 of the key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.3">RFC 6455, section 5.3</a>
 */
final class Masking {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Masking() {}

    /** Takes the mask off, in place; whether all of what was below it is ASCII. The key's first byte is its highest. */
    static boolean unmask(byte[] bytes, int offset, int length, int key) {
        long wide = (long) key << 32 | key & 0xFFFF_FFFFL;
        long seen = 0;
        int end = offset + length;
        int i = offset;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i) ^ wide;
            LONGS.set(bytes, i, eight);
            seen |= eight;
        }
        for (int shift = 24; i < end; i++, shift = shift - 8 & 31) {
            bytes[i] ^= (byte) (key >>> shift);
            seen |= bytes[i];
        }
        return (seen & NOT_ASCII) == 0;
    }
}
