package dev.bistro.routing;

import dev.bistro.http.PercentCoding;
import java.nio.charset.StandardCharsets;

/**
 * Reads a percent-encoded path byte by byte, decoded, without making a new object: {@code %41} and {@code A} are the same byte. Literals
 * are compared as the bytes of their UTF-8, in which no character is found inside of another.
 */
final class EncodedText {
    private static final String UNRESERVED = "-._~";
    private static final int NONE = -1;

    private EncodedText() {}

    /**
     * Turns down a path that can't be decoded.
     *
     * @throws dev.bistro.http.BadRequestException with what is wrong
     */
    static void requireValid(String path) {
        if (path.indexOf('%') >= 0 && !Utf8.isValid(path)) {
            // The authority on what is valid, which also says what isn't.
            PercentCoding.decode(path, 0, path.length());
        }
    }

    /** The byte at an index: of the character there, or of the three that are its encoding. */
    static int byteAt(String path, int index) {
        char c = path.charAt(index);
        return c == '%'
                ? Character.digit(path.charAt(index + 1), 16) << 4 | Character.digit(path.charAt(index + 2), 16)
                : c;
    }

    /** The index after the byte at an index. */
    static int next(String path, int index) {
        return path.charAt(index) == '%' ? index + 3 : index + 1;
    }

    /** The index so many bytes before another one, or -1 if that is before the start. */
    static int back(int bytes, String path, int start, int index) {
        int at = index;
        for (int i = 0; i < bytes; i++) {
            at = at - 3 >= start && path.charAt(at - 3) == '%' ? at - 3 : at - 1;
            if (at < start) {
                return NONE;
            }
        }
        return at;
    }

    /** The index after a literal that stands at the start; -1 if it doesn't. */
    static int endOf(byte[] literal, String path, int start, int end) {
        int at = start;
        for (byte expected : literal) {
            if (at >= end || byteAt(path, at) != (expected & 0xFF)) {
                return NONE;
            }
            at = next(path, at);
        }
        return at;
    }

    /** Where a literal stands for the last time with at least one byte after it; -1 if it doesn't. */
    static int lastIndexOf(byte[] literal, String path, int start, int end) {
        int at = back(literal.length + 1, path, start, end);
        while (at != NONE && endOf(literal, path, at, end) == NONE) {
            at = back(1, path, start, at);
        }
        return at;
    }

    static int hash(String path, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at = next(path, at)) {
            hash = 31 * hash + byteAt(path, at);
        }
        return hash ^ hash >>> 16;
    }

    /** The encoded form, with nothing but unreserved characters left as they are (RFC 3986, section 2.3). */
    static String encode(byte[] bytes) {
        var encoded = new StringBuilder();
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
