package dev.bistro.websocket.protocol;

import java.nio.charset.StandardCharsets;

/** Encodes the frames that a server sends: unmasked, one for each message. {@link FrameReader} shows the layout. */
final class Frames {
    /** The first reserved bit: the message is compressed (RFC 7692, section 6). */
    private static final int COMPRESSED = 0x40;

    private static final int FINAL = 0x80;
    private static final byte[] NOTHING = new byte[0];

    private Frames() {}

    /** The frame of a whole message. It may be sent to many clients. */
    static byte[] of(int opcode, byte[] payload) {
        return of(FINAL | opcode, payload, payload.length);
    }

    static byte[] compressed(int opcode, byte[] payload) {
        return of(FINAL | COMPRESSED | opcode, payload, payload.length);
    }

    static byte[] pong(byte[] payload, int length) {
        return of(FINAL | Opcode.PONG, payload, length);
    }

    static byte[] ping() {
        return of(Opcode.PING, NOTHING);
    }

    /** A close frame without a code. */
    static byte[] close() {
        return of(Opcode.CLOSE, NOTHING);
    }

    static byte[] close(int code, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + utf8.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(utf8, 0, payload, 2, utf8.length);
        return of(Opcode.CLOSE, payload);
    }

    private static byte[] of(int first, byte[] payload, int length) {
        int head = length < 126 ? 2 : length <= 0xFFFF ? 4 : 10;
        byte[] frame = new byte[head + length];
        frame[0] = (byte) first;
        frame[1] = (byte) (head == 2 ? length : head == 4 ? 126 : 127);
        for (int i = head - 1, rest = length; i >= 2; i--, rest >>>= 8) {
            frame[i] = (byte) rest;
        }
        System.arraycopy(payload, 0, frame, head, length);
        return frame;
    }
}
