package dev.bistro.sample.files;

import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Priority;
import dev.bistro.config.Secret;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Base64;

/**
 * Finds out which requests are the one user's, by the name and password that they bring by Basic authentication; the
 * {@link Permissions} say what needs that. They are as good as open on a connection without TLS.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
@Filter
@Priority(Priority.AUTHENTICATION)
final class Login {
    private static final String SCHEME = "Basic ";

    private final boolean exists;
    private final Principal user;
    private final byte[] expected;

    @Inject
    Login(FilesSettings settings) {
        exists = settings.user().isPresent() && settings.password().isPresent();
        String name = settings.user().orElse("");
        String password = settings.password().map(Secret::reveal).orElse("");
        user = () -> name;
        expected = hash((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    Response<?> filter(Request request, Chain chain) {
        if (isByUser(request)) {
            request.setPrincipal(user);
        }
        return chain.proceed();
    }

    /** How long it takes tells nothing about the password: hashes are compared, and all of them. */
    private boolean isByUser(Request request) {
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

    private static byte[] hash(byte[] credentials) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(credentials);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
