package dev.bistro.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not appear in logs: a setting of this type is shown as {@code ***} in faults and in {@code --help},
 * and so is the value itself wherever it is printed.
 *
 * <pre>{@code
 * @Config("shop.mail")
 * record MailConfig(String user, Secret password) {}
 *
 * mail.password().reveal();   // the text; a record of settings that is logged shows password=***
 * }</pre>
 */
public final class Secret {
    /** The text that is shown instead. */
    static final String SHOWN = "***";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A secret with a text that isn't empty: {@code Secret.of("s3cret")}. */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A secret can't be empty");
        }
        return new Secret(text);
    }

    /** The text. */
    public String reveal() {
        return text;
    }

    /** Compares in constant time, so that the time doesn't tell how much is equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@code ***}. */
    @Override
    public String toString() {
        return SHOWN;
    }
}
