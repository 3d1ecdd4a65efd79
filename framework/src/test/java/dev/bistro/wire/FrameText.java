package dev.bistro.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WebSocket frames as a line of text, for tables of cases:
 *
 * <pre>
 * T:hello          a text frame; B binary, C continuation, PING, PONG, CLOSE, O3 any opcode
 * T~:hel C:lo      the first isn't final
 * T+4:hello        with reserved bits (4 is the first)
 * T&lt;cebae1&gt;        a payload in hexadecimal digits
 * T*65536          a payload of so many asterisks
 * CLOSE=1000:bye   a close frame with its code and reason
 * T:a_b            an underscore is a space
 * 10xPING:a        ten of them
 * </pre>
 */
public final class FrameText {
    private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, 0x3D};
    private static final Map<String, Integer> OPCODES =
            Map.of("C", 0, "T", 1, "B", 2, "CLOSE", 8, "PING", 9, "PONG", 10);
    private static final Pattern FRAME = Pattern.compile(
            "(?:(\\d+)x)?([A-Z]+|O\\d+)(?:\\+(\\d))?(~?)(?:=(\\d+))?(?:<([0-9a-f]*)>|\\*(\\d+)|:(\\S*))?");

    private FrameText() {}

    /** The bytes of frames that a client sends, masked. */
    public static byte[] bytes(String line) {
        var bytes = new ByteArrayOutputStream();
        for (String frame : line.strip().split("\\s+")) {
            if (!frame.isEmpty()) {
                add(frame, bytes);
            }
        }
        return bytes.toByteArray();
    }

    private static void add(String text, ByteArrayOutputStream bytes) {
        Matcher matcher = FRAME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int times = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
        String name = matcher.group(2);
        int opcode = OPCODES.containsKey(name) ? OPCODES.get(name) : Integer.parseInt(name.substring(1));
        int reserved = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        int first = (matcher.group(4).isEmpty() ? 0x80 : 0) | reserved << 4 | opcode;
        byte[] frame = masked(first, payload(matcher));
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(frame);
        }
    }

    private static byte[] payload(Matcher matcher) {
        var payload = new ByteArrayOutputStream();
        if (matcher.group(5) != null) {
            int code = Integer.parseInt(matcher.group(5));
            payload.write(code >> 8);
            payload.write(code);
        }
        if (matcher.group(6) != null) {
            payload.writeBytes(HexFormat.of().parseHex(matcher.group(6)));
        } else if (matcher.group(7) != null) {
            byte[] stars = new byte[Integer.parseInt(matcher.group(7))];
            Arrays.fill(stars, (byte) '*');
            payload.writeBytes(stars);
        } else if (matcher.group(8) != null) {
            payload.writeBytes(matcher.group(8).replace('_', ' ').getBytes(StandardCharsets.UTF_8));
        }
        return payload.toByteArray();
    }

    /** A frame of a client: this first byte, and the payload behind a mask. */
    public static byte[] masked(int first, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        int length = payload.length;
        int digits = length < 126 ? 0 : length < 0x1_0000 ? 2 : 8;
        frame.write(0x80 | (digits == 0 ? length : digits == 2 ? 126 : 127));
        for (int i = digits - 1; i >= 0; i--) {
            frame.write((int) ((long) length >>> 8 * i));
        }
        frame.writeBytes(KEY);
        int head = frame.size();
        byte[] bytes = Arrays.copyOf(frame.toByteArray(), head + length);
        for (int i = 0; i < length; i++) {
            bytes[head + i] = (byte) (payload[i] ^ KEY[i & 3]);
        }
        return bytes;
    }

    /** A frame of a server as text; of a close frame, the code alone. */
    public static String of(int first, byte[] payload) {
        int opcode = first & 0xF;
        String name = OPCODES.entrySet().stream()
                .filter(entry -> entry.getValue() == opcode)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("O" + opcode);
        String reserved = (first >> 4 & 7) == 0 ? "" : "+" + (first >> 4 & 7);
        String start = name + reserved + ((first & 0x80) == 0 ? "~" : "");
        if (opcode == 8) {
            return payload.length < 2 ? start : start + "=" + ((payload[0] & 0xFF) << 8 | payload[1] & 0xFF);
        }
        return payload.length == 0 ? start : start + text(payload);
    }

    private static String text(byte[] payload) {
        boolean stars = true;
        boolean printable = true;
        for (byte b : payload) {
            stars &= b == '*';
            printable &= b > ' ' && b < 0x7F || b == ' ';
        }
        if (stars) {
            return "*" + payload.length;
        }
        return printable
                ? ":" + new String(payload, StandardCharsets.US_ASCII).replace(' ', '_')
                : "<" + HexFormat.of().formatHex(payload) + ">";
    }

    /** All frames in what a server sent, and what is left over if that ends within one. */
    public static String ofAll(byte[] bytes) {
        var line = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            int length = bytes[at + 1] & 0xFF; // a server doesn't mask
            int head = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (head > 2) {
                length = 0;
                for (int i = at + 2; i < at + head; i++) {
                    length = length << 8 | bytes[i] & 0xFF;
                }
            }
            byte[] payload = Arrays.copyOfRange(bytes, at + head, at + head + length);
            line.append(at == 0 ? "" : " ").append(of(bytes[at] & 0xFF, payload));
            at += head + length;
        }
        return line.toString();
    }
}
