package dev.bistro.auth.jwt;

import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the authenticator of tokens, at startup. */
public final class JwtLogins {
    private final KeySource keys;
    private final TokenCheck check;

    private JwtLogins(KeySource keys, JwtRules rules, InstantSource clock) {
        this.keys = keys;
        this.check = new TokenCheck(keys, rules, clock);
    }

    /** Logins by keys of a file; empty if that can't be used, and then the problems say why. */
    public static Optional<JwtLogins> ofFile(Path file, JwtRules rules, Problems problems) {
        try {
            List<VerificationKey> keys = KeyFile.read(file);
            if (!keys.isEmpty()) {
                return Optional.of(
                        new JwtLogins(id -> VerificationKey.withId(keys, id), rules, InstantSource.system()));
            }
            addBadKeys(file, "has no key for RS256, ES256 or EdDSA", problems);
        } catch (IOException | IllegalArgumentException e) {
            addBadKeys(file, "can't be read: " + e.getMessage(), problems);
        }
        return Optional.empty();
    }

    private static void addBadKeys(Path file, String what, Problems problems) {
        problems.add(Problem.of("bad-jwt-keys", "The file " + file + " " + what + ".")
                .cure("security.jwt.key names a file with public keys or certificates as PEM, or a set of keys as JSON"
                        + " (RFC 7517): RSA of 2048 bits at least, EC of the curve P-256, or Ed25519."));
    }

    /**
     * Logins by keys that are fetched from an address, and fetched again as they change.
     *
     * @param warnings is told why keys can't be fetched, for the log
     */
    public static JwtLogins ofAddress(
            URI address, Duration timeout, Duration refresh, JwtRules rules, Consumer<String> warnings) {
        return new JwtLogins(
                new FetchedKeys(address, new KeyFetch(address, timeout)::begin, refresh, warnings, System::nanoTime),
                rules,
                InstantSource.system());
    }

    /** Fetches the keys if they come from an address: waits as long as that may take, and doesn't fail if it fails. */
    public void begin() {
        keys.begin();
    }

    /** The authenticator. */
    public Authenticator authenticator() {
        return Authenticator.bearer(this::login);
    }

    private Optional<Login> login(String token) {
        return check.login(token);
    }
}
