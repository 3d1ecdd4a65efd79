package dev.bistro.routing;

import dev.bistro.http.PercentCoding;
import java.nio.charset.StandardCharsets;

/**
 * Reads a percent-encoded path byte by byte, decoded, without allocating: {@code %41} and {@code A} are the same byte.
 * Literals are compared as UTF-8 bytes, in which no character is part of another.
 */
final class EncodedText {
    private static final String UNRESERVED = "-._~";
    private static final int NONE = -1;

    private EncodedText() {}

    /**
     * Rejects a path that can't be decoded.
     *
     * @throws dev.bistro.http.BadRequestException with what is wrong
     */
    static void requireValid(String path) {
        if (path.indexOf('%') >= 0 && !Utf8.isValid(path)) {
            // throws, and says what is wrong
            PercentCoding.decode(path, 0, path.length());
        }
    }

    /** The byte at an index: one character, or the three that encode it. */
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

    /** The index that is a number of bytes before another one; -1 if that is before the start. */
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

    /** The index after a literal, if that is at the start; otherwise -1. */
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

    /** The index of a literal's last occurrence with at least one byte after it; -1 if there is none. */
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

    /** Encodes all but unreserved characters (RFC 3986, section 2.3). */
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
