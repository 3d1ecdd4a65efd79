package dev.bistro.json.generated;

import java.nio.charset.StandardCharsets;

/** Writes whole numbers as decimal digits, two at a time from a table. */
final class Digits {
    /** The longest: {@code -9223372036854775808}. */
    static final int MAX_LENGTH = 20;

    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];
    private static final byte[] SMALLEST = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.ISO_8859_1);

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /**
     * Writes a number into an array that has room for it.
     *
     * @return where the number ends
     */
    static int write(long number, byte[] to, int at) {
        int start = at;
        long rest = number;
        if (rest < 0) {
            if (rest == Long.MIN_VALUE) {
                System.arraycopy(SMALLEST, 0, to, at, SMALLEST.length);
                return at + SMALLEST.length;
            }
            rest = -rest;
            to[start++] = '-';
        }
        int end = start + length(rest);
        int position = end;
        while (rest > Integer.MAX_VALUE) {
            int pair = (int) (rest % 100);
            rest /= 100;
            to[--position] = ONES[pair];
            to[--position] = TENS[pair];
        }
        int small = (int) rest;
        while (small >= 10) {
            int pair = small % 100;
            small /= 100;
            to[--position] = ONES[pair];
            to[--position] = TENS[pair];
        }
        if (position > start) {
            to[--position] = (byte) ('0' + small);
        }
        return end;
    }

    /** How many digits a number has that isn't negative. */
    private static int length(long number) {
        int length = 1;
        for (long limit = 10; length < 19 && number >= limit; limit *= 10) {
            length++;
        }
        return length;
    }

    /**
     * Writes thousandths as a decimal fraction with at least one and at most three digits behind the point.
     *
     * @return where the fraction ends
     */
    static int writeThousandths(long thousandths, byte[] to, int at) {
        int end = write(thousandths / 1000, to, at);
        int fraction = (int) (thousandths % 1000);
        to[end++] = '.';
        to[end++] = (byte) ('0' + fraction / 100);
        int hundredths = fraction % 100;
        if (hundredths > 0) {
            to[end++] = TENS[hundredths];
            if (ONES[hundredths] != '0') {
                to[end++] = ONES[hundredths];
            }
        }
        return end;
    }
}
