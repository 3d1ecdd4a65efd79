package dev.bistro.body.json;

import dev.bistro.http.BadRequestException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Checks what I-JSON requires beyond the grammar, so that a text means the same to everyone: UTF-8 without overlong
 * forms, no unpaired surrogates, no number beyond a double (nor one like {@code 1e-99999999}, whose exact decimal would
 * fill the memory). The parser decides whether the text is JSON at all.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2">RFC 7493, section 2</a>
 */
final class InteroperableJson {
    private static final int MAX_EXPONENT_DIGITS = 3;
    private static final int CHUNK = 1024;

    private final byte[] json;
    private int at;

    private InteroperableJson(byte[] json) {
        this.json = json;
    }

    /**
     * Checks a text.
     *
     * @throws BadRequestException with line and column, if it isn't fit for interchange
     */
    static void check(byte[] json) {
        new InteroperableJson(json).check();
    }

    private void check() {
        boolean ascii = true;
        boolean inString = false;
        for (at = 0; at < json.length; at++) {
            byte b = json[at];
            if (b < 0) {
                ascii = false;
            } else if (b == '"') {
                inString = !inString;
            } else if (b == '\\' && inString) {
                passEscape();
            } else if ((b == 'e' || b == 'E') && !inString && at > 0 && isDigit(json[at - 1])) {
                checkNumber();
            }
        }
        int malformed = ascii ? -1 : malformedUtf8();
        if (malformed >= 0) {
            throw fault("The JSON isn't UTF-8", malformed);
        }
    }

    /** The index of the first byte that isn't well-formed UTF-8 (overlong forms and surrogates aren't), or -1. */
    private int malformedUtf8() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(json);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isError() ? in.position() : -1;
    }

    /** At a backslash: moves on to the last character of the escape, or of the surrogate pair. */
    private void passEscape() {
        int unit = escapedUnit(at);
        if (unit < 0) {
            at++;
            return;
        }
        int next = Character.isHighSurrogate((char) unit) ? escapedUnit(at + 6) : -1;
        boolean pair = next >= 0 && Character.isLowSurrogate((char) next);
        if (Character.isSurrogate((char) unit) && !pair) {
            throw fault("The JSON has half of a surrogate pair", at);
        }
        at += pair ? 11 : 5;
    }

    /** The value of four hexadecimal digits after a backslash and a u, or -1 if it isn't that. */
    private int escapedUnit(int backslash) {
        if (backslash + 6 > json.length || json[backslash] != '\\' || json[backslash + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = backslash + 2; i < backslash + 6; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** At the exponent of a number: checks the number. */
    private void checkNumber() {
        int start = at;
        while (start > 0 && isNumberPart(json[start - 1])) {
            start--;
        }
        int end = at + 1;
        while (end < json.length && isNumberPart(json[end])) {
            end++;
        }
        if (exponentDigits(end) > MAX_EXPONENT_DIGITS || isInfinite(start, end)) {
            throw fault("The JSON has a number that is too large or too small", start);
        }
    }

    private int exponentDigits(int end) {
        int first = at + 1;
        while (first < end && !isDigit(json[first]) || first < end && json[first] == '0') {
            first++;
        }
        return end - first;
    }

    private boolean isInfinite(int start, int end) {
        try {
            return Double.isInfinite(
                    Double.parseDouble(new String(json, start, end - start, StandardCharsets.ISO_8859_1)));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static boolean isNumberPart(byte b) {
        return isDigit(b) || b == '.' || b == '-' || b == '+';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private BadRequestException fault(String what, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (json[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new BadRequestException(what + ", at line " + line + ", column " + (index - lineStart + 1));
    }
}
