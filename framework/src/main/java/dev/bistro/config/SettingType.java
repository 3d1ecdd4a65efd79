package dev.bistro.config;

import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Converts texts to values of a type.
 *
 * @param expected names the type in messages: {@code a whole number}
 * @param range is added for a number that is too large or too small; may be empty
 * @param isSecret whether no message may show the text
 * @param parse throws any {@code RuntimeException} for a text that is no such value
 */
record SettingType(String expected, String range, boolean isSecret, Function<String, ?> parse) {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    static SettingType of(String expected, Function<String, ?> parse) {
        return new SettingType(expected, "", false, parse);
    }

    static SettingType secret(String expected, Function<String, ?> parse) {
        return new SettingType(expected, "", true, parse);
    }

    static SettingType wholeNumber(long min, long max, Function<String, ?> parse) {
        return new SettingType("a whole number", " from " + min + " to " + max, false, parse);
    }

    /** What was expected instead of a text, for a message. */
    String expectedInsteadOf(String text) {
        return WHOLE_NUMBER.matcher(text).matches() ? expected + range : expected;
    }
}
