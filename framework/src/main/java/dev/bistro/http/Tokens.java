package dev.bistro.http;

import java.util.regex.Pattern;

/**
 * The characters of RFC 9110, section 5, that tokens, field values and quoted strings consist of. Everything that this
 * process writes into a message head is checked here, so that no value can end a line and begin another.
 */
public final class Tokens {
    // token = 1*tchar; tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~"
    // / DIGIT / ALPHA
    private static final boolean[] TCHAR = new boolean[256];

    // A client may have sent the text: the message and the log must not grow with it.
    private static final int LONGEST_QUOTE = 200;

    static {
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
            TCHAR[c] = true;
        }
    }

    private static final Pattern WORD_START =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9]+[A-Z])");

    private Tokens() {}

    /**
     * Whether the character may stand in a token: {@code isTokenChar('-')} is true, {@code isTokenChar(':')} is false.
     */
    public static boolean isTokenChar(int c) {
        return c >= 0 && c < 256 && TCHAR[c];
    }

    /**
     * Whether the text is a token: {@code isToken("X-Id")} is true, {@code isToken("X Id")} and {@code isToken("")} are
     * false.
     */
    public static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return text.length() > 0;
    }

    /** The header field's name for a Java name in camel case: {@code fieldName("userAgent")} is {@code User-Agent}. */
    public static String fieldName(String camelCase) {
        String dashed = WORD_START.matcher(camelCase).replaceAll("-");
        return Character.toUpperCase(dashed.charAt(0)) + dashed.substring(1);
    }

    /**
     * Whether the character may stand in a field value (RFC 9110, section 5.5): visible ASCII, space, tab and the bytes
     * above ASCII; no CR, LF, NUL or other control character.
     */
    public static boolean isFieldValueChar(int c) {
        return c >= ' ' && c <= 0xFF && c != 0x7F || c == '\t';
    }

    static String requireToken(String what, String text) {
        if (!isToken(text)) {
            throw new IllegalArgumentException("Not a valid " + what + ": " + quote(text)
                    + " (a token has letters, digits and !#$%&'*+-.^_`|~ only; RFC 9110, section 5.6.2)");
        }
        return text;
    }

    static String requireFieldValue(String whose, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isFieldValueChar(value.charAt(i))) {
                throw new IllegalArgumentException("The value of " + whose + " has " + codePoint(value, i)
                        + ", which no header may have (RFC 9110, section 5.5)");
            }
        }
        return value;
    }

    /** Names a character that is wrong, where the text around it may be a secret: {@code U+000A at index 7}. */
    static String codePoint(String text, int index) {
        return String.format("U+%04X at index %d", text.codePointAt(index), index);
    }

    /**
     * The text in quotes, for a message: other characters than printable ASCII are escaped, and it is cut after
     * {@value #LONGEST_QUOTE} characters: {@code "a\u000ab"}.
     */
    static String quote(CharSequence text) {
        var quoted = new StringBuilder().append('"');
        int end = Math.min(text.length(), LONGEST_QUOTE);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F) {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append(end < text.length() ? "\"..." : "\"").toString();
    }
}
