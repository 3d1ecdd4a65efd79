package dev.bistro.session.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and authenticates the values of cookies, by AES-256-GCM. In Base64url without padding:
 *
 * <pre>
 *   version (1) | id of the secret (4) | salt of the key (12) | nonce (12) | ciphertext | tag (16)
 *   authenticated too: version, id of the secret, name of the cookie
 * </pre>
 *
 * <p>The first secret encrypts, and all decrypt.
 */
final class CookieSeal {
    /** What a cookie may have at most, with its name and attributes (RFC 6265, section 6.1). */
    static final int MAX_COOKIE_BYTES = 4096;

    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 12;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + SealKey.ID_BYTES + SALT_BYTES + NONCE_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SealKey> keys;

    /** Seals with the first of these secrets. */
    CookieSeal(List<byte[]> secrets) {
        this.keys = secrets.stream().map(SealKey::of).toList();
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The length of the value for so many bytes. */
    static long sealedLength(long bytes) {
        return ((HEAD_BYTES + bytes + TAG_BYTES) * 4 + 2) / 3;
    }

    /** The value of the cookie of this name. */
    String seal(String cookieName, byte[] content) {
        SealKey key = keys.get(0);
        byte[] salt = randomBytes(SALT_BYTES);
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key.ofCookie(salt), nonce, key.id(), cookieName);
            byte[] sealed = cipher.doFinal(content);
            ByteBuffer all = ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(VERSION)
                    .put(key.id())
                    .put(salt)
                    .put(nonce)
                    .put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    /** What was sealed for the cookie of this name; empty if this value wasn't, or not with one of the secrets. */
    Optional<byte[]> open(String cookieName, String value) {
        if (value.length() > MAX_COOKIE_BYTES) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        // Several texts decode to the same bytes: other bits behind the last byte, padding. We have written one.
        boolean isOurText =
                Base64.getUrlEncoder().withoutPadding().encodeToString(all).equals(value);
        return isOurText && all.length >= HEAD_BYTES + TAG_BYTES && all[0] == VERSION
                ? open(cookieName, ByteBuffer.wrap(all, 1, all.length - 1))
                : Optional.empty();
    }

    private Optional<byte[]> open(String cookieName, ByteBuffer rest) {
        byte[] keyId = take(rest, SealKey.ID_BYTES);
        byte[] salt = take(rest, SALT_BYTES);
        byte[] nonce = take(rest, NONCE_BYTES);
        byte[] sealed = take(rest, rest.remaining());
        return keys.stream()
                .filter(key -> key.hasId(keyId))
                .flatMap(key -> decrypt(key.ofCookie(salt), nonce, keyId, cookieName, sealed).stream())
                .findFirst();
    }

    private static byte[] take(ByteBuffer from, int count) {
        byte[] taken = new byte[count];
        from.get(taken);
        return taken;
    }

    private static Optional<byte[]> decrypt(
            SecretKeySpec key, byte[] nonce, byte[] keyId, String cookieName, byte[] sealed) {
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key, nonce, keyId, cookieName).doFinal(sealed));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] keyId, String cookieName)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(keyId);
        cipher.updateAAD(cookieName.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
