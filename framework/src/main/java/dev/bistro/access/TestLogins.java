package dev.bistro.access;

import dev.bistro.auth.Login;
import dev.bistro.http.Request;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logins that a test has without passwords. An application knows them only if the testing kit has started it and given
 * them to it; each has a random token, which the kit sends.
 */
public final class TestLogins {
    private static final String SCHEME = "Bistro-Test ";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Login> byCredentials = new ConcurrentHashMap<>();

    /** Adds a login, and returns the value of {@code Authorization} for it. */
    public String add(Login login) {
        byte[] token = new byte[16];
        random.nextBytes(token);
        String credentials = SCHEME + HexFormat.of().formatHex(token);
        byCredentials.put(credentials, login);
        return credentials;
    }

    Optional<Login> authenticate(Request request) {
        return request.header("Authorization").map(byCredentials::get);
    }
}
