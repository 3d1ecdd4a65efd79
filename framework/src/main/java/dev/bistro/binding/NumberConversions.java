package dev.bistro.binding;

import dev.bistro.http.Converter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Numbers, strictly: ASCII digits with a minus where needed, no plus, no white space, no suffix, no hexadecimal, no NaN, and within the
 * type's range. What takes more time or memory than its text is worth (a million digits, an exponent of a billion) is turned down.
 */
final class NumberConversions {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_SCALE = 1000;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]++(\\.[0-9]++)?([eE][+-]?[0-9]{1,9}+)?");

    private NumberConversions() {}

    static Map<Class<?>, Conversion> all() {
        return Map.of(
                Byte.class, row("a byte", text -> Byte.valueOf(integer(text))),
                Short.class, row("a short", text -> Short.valueOf(integer(text))),
                Integer.class, row("an int", text -> Integer.valueOf(integer(text))),
                Long.class, row("a long", text -> Long.valueOf(integer(text))),
                Float.class, row("a number", text -> finite(Float.valueOf(decimal(text)))),
                Double.class, row("a number", text -> finite(Double.valueOf(decimal(text)))),
                BigInteger.class, row("an integer", text -> new BigInteger(integer(text))),
                BigDecimal.class, row("a decimal number", NumberConversions::bigDecimal));
    }

    private static Conversion row(String expected, Converter<?> converter) {
        return new Conversion(converter, expected, Conversion.Origin.BUILT_IN);
    }

    /** The text, if it is {@code "-"? 1*DIGIT}. */
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
