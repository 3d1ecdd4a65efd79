package dev.bistro.websocket.protocol;

import dev.bistro.net.Input;

/**
 * Cuts frames from what arrives; knows no rule. A head is left in the input until all of it is there, a payload is given out in the pieces in which it comes.
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

    private int first;
    private int second;
    private long length;
    private int key;
    private long remaining;
    private boolean ascii;

    /** Reads a head, if all of it is there. */
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

    /** The three reserved bits: 4 for the first of them. */
    int reserved() {
        return first >> 4 & 7;
    }

    int opcode() {
        return first & 0xF;
    }

    boolean isMasked() {
        return (second & 0x80) != 0;
    }

    /** The payload's length; negative if it has the highest bit of 64. */
    long length() {
        return length;
    }

    /** Whether the length is written in no more bytes than it takes. */
    boolean isLengthMinimal() {
        return switch (lengthBytes()) {
            case 2 -> length >= LENGTH_16;
            case 8 -> length > 0xFFFF || length < 0;
            default -> true;
        };
    }

    /** Takes what there is of the payload, and unmasks it in place: it stands before the input's position then. How many bytes that were. */
    int readPayload(Input input) {
        int count = (int) Math.min(remaining, input.remaining());
        int start = input.position();
        ascii = Masking.unmask(input.array(), start, count, key);
        key = Integer.rotateLeft(key, count % 4 * 8);
        remaining -= count;
        input.position(start + count);
        return count;
    }

    /** Whether what was last taken of the payload is ASCII. */
    boolean isAscii() {
        return ascii;
    }

    /** Whether all of the payload was taken. */
    boolean isComplete() {
        return remaining == 0;
    }
}
