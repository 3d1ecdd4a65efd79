package dev.bistro.websocket.protocol;

import dev.bistro.net.Input;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts the input into frames and unmasks them: the syntax only, the rules are {@link MessageReader}'s. A head stays in
 * the input until it is complete; a payload is given out in the pieces in which it arrives.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-------+-+-------------+-------------------------------+
 * |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
 * |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
 * |N|V|V|V|       |S|             |   (if payload len==126/127)   |
 * | |1|2|3|       |K|             |                               |
 * +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
 * |     Extended payload length continued, if payload len == 127  |
 * + - - - - - - - - - - - - - - - +-------------------------------+
 * |                               |Masking-key, if MASK set to 1  |
 * +-------------------------------+-------------------------------+
 * | Masking-key (continued)       |          Payload Data         |
 * +-------------------------------- - - - - - - - - - - - - - - - +
 * :                     Payload Data continued ...                :
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, section 5.2</a>
 */
final class FrameReader {
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private int first;
    private int second;
    private long length;
    private int key;
    private long remaining;
    private boolean ascii;

    /** Reads a head; false if it isn't complete yet. */
    boolean readHead(Input input) {
        if (input.remaining() < 2) {
            return false;
        }
        byte[] bytes = input.array();
        int at = input.position();
        first = bytes[at] & 0xFF;
        second = bytes[at + 1] & 0xFF;
        int head = 2 + lengthBytes() + (isMasked() ? 4 : 0);
        if (input.remaining() < head) {
            return false;
        }
        at += 2;
        length = lengthBytes() == 0 ? second & 0x7F : number(bytes, at, lengthBytes());
        at += lengthBytes();
        key = isMasked() ? (int) number(bytes, at, 4) : 0;
        remaining = length;
        input.position(input.position() + head);
        return true;
    }

    private int lengthBytes() {
        return switch (second & 0x7F) {
            case LENGTH_16 -> 2;
            case LENGTH_64 -> 8;
            default -> 0;
        };
    }

    private static long number(byte[] bytes, int at, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | bytes[at + i] & 0xFF;
        }
        return number;
    }

    /** Whether this is the message's last frame. */
    boolean isFinal() {
        return (first & 0x80) != 0;
    }

    /** The three reserved bits: 4 for RSV1, 2 for RSV2, 1 for RSV3. */
    int reserved() {
        return first >> 4 & 7;
    }

    int opcode() {
        return first & 0xF;
    }

    boolean isMasked() {
        return (second & 0x80) != 0;
    }

    /** The payload's length; negative if the highest of its 64 bits is set. */
    long length() {
        return length;
    }

    /** Whether the length is written in as few bytes as possible, as RFC 6455, section 5.2, demands. */
    boolean isLengthMinimal() {
        return switch (lengthBytes()) {
            case 2 -> length >= LENGTH_16;
            case 8 -> length > 0xFFFF || length < 0;
            default -> true;
        };
    }

    /**
     * Consumes what the input has of the payload, and unmasks it in place: afterwards it stands just before the input's
     * position.
     *
     * @return the number of bytes
     */
    int readPayload(Input input) {
        int count = (int) Math.min(remaining, input.remaining());
        int start = input.position();
        ascii = unmask(input.array(), start, count, key);
        key = Integer.rotateLeft(key, count % 4 * 8);
        remaining -= count;
        input.position(start + count);
        return count;
    }

    /**
     * Unmasks bytes in place: byte i of the payload is combined by exclusive or with byte i modulo 4 of the key (RFC
     * 6455, section 5.3). Goes by eight bytes as long as there are so many.
     *
     * @param key its first byte is the highest
     * @return whether all unmasked bytes are ASCII
     */
    private static boolean unmask(byte[] bytes, int offset, int length, int key) {
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

    /** Whether the bytes of the last {@link #readPayload} are ASCII. */
    boolean isAscii() {
        return ascii;
    }

    /** Whether all of the payload was read. */
    boolean isComplete() {
        return remaining == 0;
    }
}
