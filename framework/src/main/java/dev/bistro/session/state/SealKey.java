package dev.bistro.session.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that are derived of one secret, by HKDF with SHA-256: an id that tells it from other secrets, and a key for
 * each cookie, so that the number of cookies under one secret is no concern (a single key of AES-GCM with random nonces
 * is for 2^32 at most: NIST SP 800-38D, section 8.3).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869#section-2">RFC 5869, section 2</a>
 */
final class SealKey {
    static final int ID_BYTES = 4;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] SALT = bytes("bistro-session-1");
    private static final byte[] ID = bytes("key id");
    private static final byte[] COOKIE = bytes("cookie");

    private final byte[] pseudorandomKey;
    private final byte[] id;

    private SealKey(byte[] pseudorandomKey) {
        this.pseudorandomKey = pseudorandomKey;
        this.id = Arrays.copyOf(expand(pseudorandomKey, ID), ID_BYTES);
    }

    /** The keys of a secret. */
    static SealKey of(byte[] secret) {
        return new SealKey(extract(SALT, secret));
    }

    boolean hasId(byte[] other) {
        return Arrays.equals(id, other);
    }

    byte[] id() {
        return id.clone();
    }

    /** The key of AES-256 for the cookie with this salt. */
    SecretKeySpec ofCookie(byte[] salt) {
        byte[] info = Arrays.copyOf(COOKIE, COOKIE.length + salt.length);
        System.arraycopy(salt, 0, info, COOKIE.length, salt.length);
        return new SecretKeySpec(expand(pseudorandomKey, info), "AES");
    }

    /** HKDF-Extract. */
    static byte[] extract(byte[] salt, byte[] secret) {
        return hmac(salt, secret);
    }

    /** The first 32 bytes of HKDF-Expand: T(1) = HMAC(PRK, info | 0x01). */
    static byte[] expand(byte[] pseudorandomKey, byte[] info) {
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(pseudorandomKey, block);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
