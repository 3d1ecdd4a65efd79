package dev.bistro.observe;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hides secrets in addresses: the values of parameters whose names say that they are secret, however the names are
 * spelt; values that are addresses with such parameters; and logins.
 *
 * <pre>
 *   /reset?user=7&amp;resetToken=x1y2        is /reset?user=7&amp;resetToken=***
 *   /cart;jsessionid=x1y2                is /cart;jsessionid=***
 *   /login?next=%2Freset%3Ftoken%3Dx1y2  is /login?next=***
 *   https://ada:pw@shop.example/         is https://***@shop.example/
 * </pre>
 */
public final class SecretParameters {
    private static final String MASK = "***";

    /** Where parameters begin and end; there are some that separate them by semicolons. */
    private static final String SEPARATORS = "?&;#";

    private static final Pattern SEPARATOR = Pattern.compile("[" + SEPARATORS + "]");

    /** How many times a value is decoded to look for parameters in it. */
    private static final int MAX_DEPTH = 3;

    /** Where a word of a name ends and the next begins without a sign between them: {@code resetToken}. */
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /**
     * Parts of names that are unmistakable anywhere; those that end a word ({@code apikey}, {@code auth_code}, but not
     * {@code keyword}); and whole words, which others contain too ({@code sid}, but not {@code side}).
     */
    private static final Pattern SECRET = Pattern.compile("passw|passphrase|secret|token|credential|session|signature"
            + "|assertion|samlre|jwt|authori"
            + "|(?:key|code)s?(?![a-z])"
            + "|(?<![a-z])(?:sid|sig|auth|otp|pin|pass|pwd|ticket)(?![a-z])");

    /** What is before the last {@code @} of an authority, wherever an address begins. */
    private static final Pattern LOGIN = Pattern.compile("//[^/?#@]*+@(?:[^/?#@]*+@)*+");

    private SecretParameters() {}

    /** Hides secrets in a path, a path with a query, or a whole address; null stays null. */
    public static String maskAddress(String address) {
        if (address == null) {
            return null;
        }
        String nameless = withoutLogin(address);
        int first = separator(nameless, 0);
        return first == nameless.length()
                ? nameless
                : nameless.substring(0, first + 1) + maskQuery(nameless.substring(first + 1));
    }

    private static String withoutLogin(String address) {
        return address.contains("//") ? LOGIN.matcher(address).replaceAll("//" + MASK + "@") : address;
    }

    /** Hides secrets in a query; null stays null. */
    public static String maskQuery(String query) {
        if (query == null || query.indexOf('=') < 0) {
            return query;
        }
        var masked = new StringBuilder(query.length());
        for (int from = 0; from <= query.length(); ) {
            int end = separator(query, from);
            appendMasked(masked, query.substring(from, end));
            if (end < query.length()) {
                masked.append(query.charAt(end));
            }
            from = end + 1;
        }
        return masked.toString();
    }

    private static void appendMasked(StringBuilder masked, String parameter) {
        if (isSecret(parameter, 0)) {
            masked.append(parameter, 0, parameter.indexOf('=') + 1).append(MASK);
        } else {
            masked.append(parameter);
        }
    }

    /** Whether a parameter's name says that it is secret, or its value has a parameter of which that is so. */
    private static boolean isSecret(String parameter, int depth) {
        int equals = parameter.indexOf('=');
        return equals >= 0
                && (isSecretName(parameter.substring(0, equals))
                        || hasSecrets(decode(parameter.substring(equals + 1)), depth + 1));
    }

    private static boolean isSecretName(String name) {
        String words = HUMP.matcher(decode(name)).replaceAll("_").toLowerCase(Locale.ROOT);
        return SECRET.matcher(words).find();
    }

    private static boolean hasSecrets(String value, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        if (value.contains("//") && LOGIN.matcher(value).find()) {
            return true;
        }
        if (value.indexOf('=') < 0) {
            return value.indexOf('%') >= 0 && hasSecrets(decode(value), depth + 1);
        }
        return SEPARATOR.splitAsStream(value).anyMatch(parameter -> isSecret(parameter, depth));
    }

    private static int separator(String text, int from) {
        int end = from;
        while (end < text.length() && SEPARATORS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Decodes what is percent-encoded, a character for each byte: the names of secrets are in ASCII. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int high = text.charAt(i) == '%' && i + 2 < text.length() ? digit(text, i + 1) : -1;
            int low = high < 0 ? -1 : digit(text, i + 2);
            if (low < 0) {
                decoded.append(text.charAt(i));
            } else {
                decoded.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return decoded.toString();
    }

    private static int digit(String text, int at) {
        return Character.digit(text.charAt(at), 16);
    }
}
