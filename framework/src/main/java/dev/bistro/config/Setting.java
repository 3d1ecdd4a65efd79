package dev.bistro.config;

/**
 * A setting as it was found.
 *
 * @param key its key: {@code server.port}
 * @param value its text
 * @param source where it is from, for messages: {@code environment variable SERVER_PORT}
 */
public record Setting(String key, String value, String source) {
    private static final String SECRET = "(?i).*(password|secret|token|credential|private|apikey|api-key).*";

    /** The value for a message, or stars if the key looks like that of a secret. */
    public String shown() {
        return key.matches(SECRET) ? "***" : '"' + value + '"';
    }

    @Override
    public String toString() {
        return key + "=" + shown() + " (" + source + ")";
    }
}
