package dev.bistro.http;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs cookies, so that a client can't change a value, use it after it has expired, or use it as the value of another
 * cookie. The value isn't hidden from the client. Safe for use by many threads.
 *
 * <pre>{@code
 * response.withCookie(signer.sign(Cookie.of("user", "42"), Duration.ofHours(8)));   // user=42.1795592400.q3J…
 * signer.verify(request.cookies(), "user");                                         // Optional[42]
 * }</pre>
 *
 * <p>With the setting {@code bistro.cookie-secrets}, a {@code CookieSigner} can be injected. The setting holds secrets
 * that are separated by commas: the first signs, all verify. To change the secret, put a new one before the old one,
 * and remove the old one when everything that it signed has expired.
 *
 * <p>The signature is HMAC-SHA256 (RFC 2104) over the name, the value and the time at which it expires.
 */
public final class CookieSigner {
    /** The smallest size of a secret: that of the hash (RFC 2104, section 3). */
    public static final int MIN_SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "bistro-cookie-1\n";

    private final List<SecretKeySpec> keys;
    private final Clock clock;

    private CookieSigner(List<SecretKeySpec> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A signer with these secrets: the first signs, all verify.
     *
     * @throws IllegalArgumentException if there is none, or one has fewer than {@value #MIN_SECRET_BYTES} bytes in
     *     UTF-8
     */
    public static CookieSigner of(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("There is no secret to sign cookies with");
        }
        for (int i = 0; i < secrets.size(); i++) {
            int bytes = secrets.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (bytes < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException("Secret " + (i + 1) + " of " + secrets.size() + " has " + bytes
                        + " bytes; to sign cookies it takes " + MIN_SECRET_BYTES);
            }
        }
        List<SecretKeySpec> keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        return new CookieSigner(keys, Clock.systemUTC());
    }

    /** This signer with another clock, for tests. */
    public CookieSigner withClock(Clock other) {
        return new CookieSigner(keys, other);
    }

    /**
     * The cookie with its value signed. {@link #verify} accepts it for the validity, to the second. How long the
     * browser keeps the cookie is set by {@link Cookie#withMaxAge}.
     *
     * @throws IllegalArgumentException if it is too long with the signature
     */
    public Cookie sign(Cookie cookie, Duration validity) {
        String value = cookie.value() + "." + clock.instant().plus(validity).getEpochSecond();
        String signature =
                Base64.getUrlEncoder().withoutPadding().encodeToString(mac(keys.get(0), cookie.name(), value));
        return cookie.withValue(value + "." + signature);
    }

    /**
     * The value of the first cookie of this name that was signed with one of the secrets and hasn't expired; empty if
     * there is none. Others may set cookies of the same name for this site, so all of them are tried.
     */
    public Optional<String> verify(Cookies cookies, String name) {
        return cookies.all(name).stream()
                .flatMap(signed -> verified(name, signed).stream())
                .findFirst();
    }

    private Optional<String> verified(String name, String signed) {
        int end = signed.lastIndexOf('.');
        int valueEnd = signed.lastIndexOf('.', end - 1);
        if (valueEnd < 0 || !isSigned(name, signed.substring(0, end), signed.substring(end + 1))) {
            return Optional.empty();
        }
        // The signature is ours, so this is the number that sign() has written.
        long expires = Long.parseLong(signed.substring(valueEnd + 1, end));
        return clock.instant().getEpochSecond() < expires
                ? Optional.of(signed.substring(0, valueEnd))
                : Optional.empty();
    }

    private boolean isSigned(String name, String value, String signature) {
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        boolean signed = false;
        for (SecretKeySpec key : keys) {
            // Takes the same time however much of the signature is right.
            signed |= MessageDigest.isEqual(mac(key, name, value), given);
        }
        return signed;
    }

    private static byte[] mac(SecretKeySpec key, String name, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((PURPOSE + name + "=" + value).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
