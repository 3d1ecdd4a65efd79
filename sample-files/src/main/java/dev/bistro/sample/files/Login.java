package dev.bistro.sample.files;

import dev.bistro.config.Secret;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The one user's name and password, as requests bring them by Basic authentication. They are as good as open on a connection without TLS.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
@Singleton
class Login {
    private static final String SCHEME = "Basic ";
    private static final Headers CHALLENGE = Headers.of("WWW-Authenticate", "Basic realm=\"Files\", charset=\"UTF-8\"");

    private final boolean exists;
    private final byte[] expected;

    @Inject
    Login(FilesSettings settings) {
        exists = settings.user().isPresent() && settings.password().isPresent();
        String password = settings.password().map(Secret::reveal).orElse("");
        expected = hash((settings.user().orElse("") + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the request is the user's. How long it takes tells nothing about the password: hashes are compared, and all of them. */
    boolean isBy(Request request) {
        String value = request.header("Authorization").orElse("");
        if (!exists || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] given =
                    Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(expected, hash(given));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * Lets only the user pass.
     *
     * @throws HttpException 401, which a browser asks for name and password upon
     */
    void require(Request request) {
        if (!isBy(request)) {
            throw new HttpException(
                    Status.UNAUTHORIZED, "This needs the user's name and password", CHALLENGE, List.of());
        }
    }

    private static byte[] hash(byte[] credentials) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(credentials);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
