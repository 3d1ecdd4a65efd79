package dev.bistro.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of UTF-8 text. Decoding is strict: a lone {@code %}, a bad digit and bytes that are no UTF-8 (overlong ones too) are a
 * client's fault, never a replacement character.
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
     * Decodes a part of a query string or form, in which {@code +} is a space: {@code decodeForm("a+b", 0, 3)} is {@code "a b"}.
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
        byte[] bytes = new byte[end - start];
        int length = 0;
        for (int i = start; i < first; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        for (int i = first; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hexByte(text, i, end);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException(
                    "Not UTF-8 after percent-decoding: " + Tokens.quote(text.substring(start, end)));
        }
    }

    private static int hexByte(String text, int percent, int end) {
        int high = percent + 2 < end ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < end ? Character.digit(text.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new BadRequestException(
                    "Not valid percent-encoding: " + Tokens.quote(text.substring(percent, Math.min(percent + 3, end))));
        }
        return high << 4 | low;
    }
}
