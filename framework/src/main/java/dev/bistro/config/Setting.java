package dev.bistro.config;

import java.util.regex.Pattern;

/**
 * A setting as one of the sources has it.
 *
 * @param key its key: {@code server.port}
 * @param value its text
 * @param source where it is from, for messages: {@code environment variable SERVER_PORT}
 */
public record Setting(String key, String value, String source) {
    private static final String SECRETS = "passwor[dt]|passwd|passphrase|secret|token|credential|private|api-?key";
    private static final Pattern SECRET = Pattern.compile(SECRETS, Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern USER_OF_URI = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");
    private static final Pattern SECRET_IN_QUERY =
            Pattern.compile("([?&;][^=&;\\s]*(?:" + SECRETS + ")[^=&;\\s]*=)[^&;\\s]*", Pattern.CASE_INSENSITIVE);

    /**
     * The value for a message, or stars if the key looks like a secret's. User names and passwords in a URL are
     * replaced by stars: {@code "jdbc:x://***@host/?password=***"}.
     */
    public String shown() {
        return shown(value, isSecret(key));
    }

    /** A value for a message. */
    static String shown(String value, boolean isSecret) {
        return isSecret ? Secret.SHOWN : '"' + withoutLogin(value) + '"';
    }

    private static String withoutLogin(String value) {
        String onOneLine = CONTROL.matcher(value).replaceAll("\uFFFD");
        String nameless = USER_OF_URI.matcher(onOneLine).replaceAll(Secret.SHOWN);
        return SECRET_IN_QUERY.matcher(nameless).replaceAll("$1" + Secret.SHOWN);
    }

    /** Whether a key looks like a secret's. */
    static boolean isSecret(String key) {
        return SECRET.matcher(key).find();
    }

    @Override
    public String toString() {
        return key + "=" + shown() + " (" + source + ")";
    }
}
