package dev.bistro.routing;

/** The syntax of values of typed variables, checked without a regex and without allocating. */
final class ValueSyntax {
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private ValueSyntax() {}

    /** {@code ["-"] 1*DIGIT}, from {@code -largest - 1} to {@code largest}. */
    static boolean isInteger(String text, int start, int end, long largest) {
        boolean negative = start < end && text.charAt(start) == '-';
        int from = negative ? start + 1 : start;
        if (!areDigits(text, from, end)) {
            return false;
        }
        // counts downwards, since there is one more negative number than there are positive ones
        long least = negative ? -largest - 1 : -largest;
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (value < (least + digit) / 10) {
                return false;
            }
            value = 10 * value - digit;
        }
        return true;
    }

    /** {@code ["-"] 1*DIGIT ["." 1*DIGIT]}. */
    static boolean isDecimal(String text, int start, int end) {
        int from = start < end && text.charAt(start) == '-' ? start + 1 : start;
        int point = from;
        while (point < end && text.charAt(point) != '.') {
            point++;
        }
        return areDigits(text, from, point) && (point == end || areDigits(text, point + 1, end));
    }

    /** {@code 4DIGIT "-" 2DIGIT "-" 2DIGIT}, of the proleptic Gregorian calendar. */
    static boolean isDate(String text, int start, int end) {
        if (end - start != 10
                || !areDigits(text, start, start + 4)
                || text.charAt(start + 4) != '-'
                || !areDigits(text, start + 5, start + 7)
                || text.charAt(start + 7) != '-'
                || !areDigits(text, start + 8, end)) {
            return false;
        }
        int month = number(text, start + 5, start + 7);
        int day = number(text, start + 8, end);
        return month >= 1 && month <= 12 && day >= 1 && day <= days(number(text, start, start + 4), month);
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    /** {@code 8HEXDIG "-" 4HEXDIG "-" 4HEXDIG "-" 4HEXDIG "-" 12HEXDIG} (RFC 9562, section 4). */
    static boolean isUuid(String text, int start, int end) {
        if (end - start != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(start + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !isDigit(c) && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')) {
                return false;
            }
        }
        return true;
    }

    static boolean isAlpha(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return start < end;
    }

    static boolean is(String word, String text, int start, int end) {
        return end - start == word.length() && text.startsWith(word, start);
    }

    private static boolean areDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return start < end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
