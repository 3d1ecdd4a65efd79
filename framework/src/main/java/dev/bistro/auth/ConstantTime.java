package dev.bistro.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Compares secrets in a time that doesn't depend on how much of them is equal, nor on how long the expected one is, so
 * that nobody can find out a secret character by character.
 */
public final class ConstantTime {
    private ConstantTime() {}

    /**
     * Whether two texts are equal: {@code ConstantTime.equal(given, expected)}. It is for tokens that are random;
     * passwords of people are kept as hashes, by a library for these.
     */
    public static boolean equal(String given, String expected) {
        return MessageDigest.isEqual(digest(given), digest(expected));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
