package dev.bistro;

import dev.bistro.auth.Authenticator;
import dev.bistro.auth.jwt.JwtLibrary;
import dev.bistro.auth.jwt.JwtLogins;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The logins by tokens of an application whose settings have some. This class loads what uses the library for tokens,
 * and only if it is there.
 */
final class TokenLogins {
    private static final String LIBRARY = "com.nimbusds:nimbus-jose-jwt:10.10";

    private final JwtLogins logins;

    private TokenLogins(JwtLogins logins) {
        this.logins = logins;
    }

    /** The logins; empty if the settings have none, or have some that can't be used, and then the problems say why. */
    static Optional<TokenLogins> of(SecurityJwtSettings settings, Consumer<String> warnings, Problems problems) {
        if (!settings.isOn()) {
            return Optional.empty();
        }
        if (!JwtLibrary.isIn(TokenLogins.class.getClassLoader())) {
            problems.add(withoutLibrary());
            return Optional.empty();
        }
        return settings.jwks()
                .map(address -> JwtLogins.ofAddress(
                        address, settings.fetchTimeout(), settings.refreshInterval(), settings.rules(), warnings))
                .or(() -> JwtLogins.ofFile(settings.key().orElseThrow(), settings.rules(), problems))
                .map(TokenLogins::new);
    }

    static Problem withoutLibrary() {
        return Problem.of(
                        "jwt-without-library",
                        "Tokens are to be verified (security.jwt), but the library for that isn't on the class path.")
                .cure("Add " + LIBRARY + " to the dependencies.");
    }

    Authenticator authenticator() {
        return logins.authenticator();
    }

    /** Fetches the keys, if they have to be. */
    void begin() {
        logins.begin();
    }
}
