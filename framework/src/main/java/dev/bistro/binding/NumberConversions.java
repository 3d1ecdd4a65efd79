package dev.bistro.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Converts numbers strictly: ASCII digits and perhaps a minus; no plus, white space, suffix, hexadecimal or NaN; and
 * within the type's range. Rejects numbers that a short text makes expensive: a million digits, or an exponent of a
 * billion.
 */
final class NumberConversions {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_SCALE = 1000;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]++(\\.[0-9]++)?([eE][+-]?[0-9]{1,9}+)?");

    /** All of them, by their types; made when the first of them is asked for. */
    static final Map<Class<?>, Conversion> ALL = Map.of(
            Byte.class, Conversion.builtIn("a byte", text -> Byte.valueOf(integer(text))),
            Short.class, Conversion.builtIn("a short", text -> Short.valueOf(integer(text))),
            Integer.class, Conversion.builtIn("an int", text -> Integer.valueOf(integer(text))),
            Long.class, Conversion.builtIn("a long", text -> Long.valueOf(integer(text))),
            Float.class, Conversion.builtIn("a number", text -> finite(Float.valueOf(decimal(text)))),
            Double.class, Conversion.builtIn("a number", text -> finite(Double.valueOf(decimal(text)))),
            BigInteger.class, Conversion.builtIn("an integer", text -> new BigInteger(integer(text))),
            BigDecimal.class, Conversion.builtIn("a decimal number", NumberConversions::bigDecimal));

    private NumberConversions() {}

    /** The text itself, which has to be {@code ["-"] 1*DIGIT}. */
    private static String integer(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        require(text.length() > first && text.length() <= MAX_LENGTH);
        for (int i = first; i < text.length(); i++) {
            require(text.charAt(i) >= '0' && text.charAt(i) <= '9');
        }
        return text;
    }

    private static String decimal(String text) {
        require(text.length() <= MAX_LENGTH && DECIMAL.matcher(text).matches());
        return text;
    }

    private static Number finite(Number value) {
        require(Double.isFinite(value.doubleValue()));
        return value;
    }

    private static BigDecimal bigDecimal(String text) {
        var value = new BigDecimal(decimal(text));
        require(value.scale() >= -MAX_SCALE && value.scale() <= MAX_SCALE);
        return value;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Not such a number");
        }
    }
}
