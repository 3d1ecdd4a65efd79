package dev.bistro.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Decodes percent-encoded UTF-8 text, strictly: a lone {@code %}, a bad digit and bytes that aren't UTF-8 (overlong
 * forms too) are the client's fault and never become a replacement character. Characters outside ASCII, which no URI
 * has, stay as they are.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986, section 2.1</a>
 */
public final class PercentCoding {
    private PercentCoding() {}

    /**
     * Decodes a part of a path, in which {@code +} is a plus: {@code decode("a%20b+c", 0, 7)} is {@code "a b+c"}.
     *
     * @throws BadRequestException if it isn't valid
     */
    public static String decode(String text, int start, int end) {
        return decode(text, start, end, false);
    }

    /**
     * Decodes a part of a query string or form, in which {@code +} is a space: {@code decodeForm("a+b", 0, 3)} is
     * {@code "a b"}.
     *
     * @throws BadRequestException if it isn't valid
     */
    public static String decodeForm(String text, int start, int end) {
        return decode(text, start, end, true);
    }

    private static String decode(String text, int start, int end, boolean plusIsSpace) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' && plusIsSpace) {
                return decodeFrom(i, text, start, end, plusIsSpace);
            }
        }
        return text.substring(start, end);
    }

    private static String decodeFrom(int first, String text, int start, int end, boolean plusIsSpace) {
        var decoded = new StringBuilder(end - start).append(text, start, first);
        for (int i = first; i < end; ) {
            char c = text.charAt(i);
            if (c != '%') {
                decoded.append(c == '+' && plusIsSpace ? ' ' : c);
                i++;
            } else if (hexByte(text, i, end) < 0x80) {
                decoded.append((char) hexByte(text, i, end));
                i += 3;
            } else {
                i = decodeRun(text, i, end, decoded);
            }
        }
        return decoded.toString();
    }

    /**
     * Decodes the escapes that follow each other without a gap, since a character has up to four of them; returns where
     * they end.
     */
    private static int decodeRun(String text, int start, int end, StringBuilder decoded) {
        int runEnd = start;
        while (runEnd < end && text.charAt(runEnd) == '%') {
            runEnd += 3;
        }
        var bytes = ByteBuffer.allocate((runEnd - start) / 3);
        for (int i = start; i < runEnd; i += 3) {
            bytes.put((byte) hexByte(text, i, end));
        }
        try {
            decoded.append(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()));
        } catch (CharacterCodingException e) {
            throw new BadRequestException(
                    "Not UTF-8 after percent-decoding: " + Tokens.quote(text.substring(start, runEnd)));
        }
        return runEnd;
    }

    private static int hexByte(String text, int percent, int end) {
        if (percent + 2 >= end
                || !HexFormat.isHexDigit(text.charAt(percent + 1))
                || !HexFormat.isHexDigit(text.charAt(percent + 2))) {
            throw new BadRequestException(
                    "Not valid percent-encoding: " + Tokens.quote(text.substring(percent, Math.min(percent + 3, end))));
        }
        return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
    }
}
