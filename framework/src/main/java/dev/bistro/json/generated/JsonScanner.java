package dev.bistro.json.generated;

import java.nio.charset.StandardCharsets;

/** Cuts texts and numbers out of JSON; knows no more of its structure than where white space may be. */
final class JsonScanner {
    /** A long holds each number of so many digits. */
    private static final int MAX_LONG_DIGITS = 18;

    /** A double holds each whole number of so many digits exactly. */
    private static final int MAX_EXACT_DIGITS = 15;

    private static final int MAX_NUMBER_LENGTH = 100;

    /** Jackson refuses texts of more than 20 million characters. */
    private static final int MAX_TEXT_BYTES = 10_000_000;

    private static final double[] POWERS = new double[MAX_EXACT_DIGITS];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final byte[] json;
    private int at;
    private int bits; // of all bytes in texts

    JsonScanner(byte[] json) {
        this.json = json;
        moveTo(0);
    }

    boolean isAscii() {
        return bits >= 0;
    }

    void requireEnd() {
        if (at < json.length) {
            throw JsonInput.unusual();
        }
    }

    // ---- where it is

    int position() {
        return at;
    }

    /** Goes back to where it was. */
    void moveBack(int position) {
        at = position;
    }

    // ---- marks and words

    /** Takes a character that has to be next. */
    void take(char mark) {
        if (!takes(mark)) {
            throw JsonInput.unusual();
        }
    }

    /** Takes a character if it is next. */
    boolean takes(char mark) {
        if (at >= json.length || json[at] != mark) {
            return false;
        }
        moveTo(at + 1);
        return true;
    }

    /** Takes bytes if they are next. */
    boolean takes(byte[] word) {
        if (json.length - at < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (json[at + i] != word[i]) {
                return false;
            }
        }
        moveTo(at + word.length);
        return true;
    }

    private void moveTo(int index) {
        at = index;
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    // ---- texts

    /** A text without escapes. */
    String readString() {
        if (at >= json.length || json[at] != '"') {
            throw JsonInput.unusual();
        }
        int start = at + 1;
        int end = start;
        int all = 0;
        for (; end < json.length && json[end] != '"'; end++) {
            byte b = json[end];
            if (b == '\\' || b >= 0 && b < ' ') {
                throw JsonInput.unusual();
            }
            all |= b;
        }
        if (end == json.length || end - start > MAX_TEXT_BYTES) {
            throw JsonInput.unusual();
        }
        bits |= all;
        moveTo(end + 1);
        return new String(json, start, end - start, all < 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    // ---- numbers

    long readLong() {
        int start = at;
        int first = afterSign(start);
        int end = wholeEnd(first);
        if (end - first > MAX_LONG_DIGITS) {
            throw JsonInput.unusual();
        }
        endNumber(end);
        return json[start] == '-' ? -digits(first, end, 0) : digits(first, end, 0);
    }

    double readDouble() {
        int start = at;
        int first = afterSign(start);
        int point = wholeEnd(first);
        int end = fractionEnd(point);
        endNumber(end);
        if (end - first > MAX_EXACT_DIGITS) {
            return Double.parseDouble(text(start, end));
        }
        long whole = digits(first, point, 0);
        long all = end == point ? whole : digits(point + 1, end, whole);
        if (json[start] == '-' && all == 0) {
            throw JsonInput.unusual();
        }
        double value = all / POWERS[Math.max(0, end - point - 1)]; // both are exact: it is the nearest double
        return json[start] == '-' ? -value : value;
    }

    /** A number's text. */
    String readNumber(boolean mayBeFraction) {
        int start = at;
        int point = wholeEnd(afterSign(start));
        int end = mayBeFraction ? fractionEnd(point) : point;
        endNumber(end);
        return text(start, end);
    }

    private int afterSign(int start) {
        return start < json.length && json[start] == '-' ? start + 1 : start;
    }

    private int wholeEnd(int first) {
        int end = digitsEnd(first);
        if (end == first || json[first] == '0' && end > first + 1) {
            throw JsonInput.unusual();
        }
        return end;
    }

    private int fractionEnd(int point) {
        if (point >= json.length || json[point] != '.') {
            return point;
        }
        int end = digitsEnd(point + 1);
        if (end == point + 1) {
            throw JsonInput.unusual();
        }
        return end;
    }

    private int digitsEnd(int start) {
        int end = start;
        while (end < json.length && json[end] >= '0' && json[end] <= '9') {
            end++;
        }
        return end;
    }

    /** Goes on behind a number, unless it goes on itself: with a fraction or an exponent. */
    private void endNumber(int end) {
        boolean goesOn = end < json.length && (json[end] == '.' || json[end] == 'e' || json[end] == 'E');
        if (goesOn || end - at > MAX_NUMBER_LENGTH) {
            throw JsonInput.unusual();
        }
        moveTo(end);
    }

    private long digits(int start, int end, long before) {
        long value = before;
        for (int i = start; i < end; i++) {
            value = value * 10 + (json[i] - '0');
        }
        return value;
    }

    private String text(int start, int end) {
        return new String(json, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
