package dev.bistro.auth;

import dev.bistro.http.Request;
import dev.bistro.http.UnauthorizedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * The {@code Basic} scheme.
 *
 * <pre>
 * credentials = "Basic" SP base64( user-id ":" password )
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2">RFC 7617, section 2</a>
 */
final class BasicAuthenticator implements Authenticator {
    private static final String SCHEME = "Basic";

    private final String challenge;
    private final PasswordCheck check;

    private record Pair(String name, String password) {}

    BasicAuthenticator(String realm, PasswordCheck check) {
        if (realm.chars().anyMatch(character -> character < ' ' || character > '~')) {
            throw new IllegalArgumentException("A realm is of printable ASCII characters: " + realm);
        }
        this.challenge =
                SCHEME + " realm=\"" + realm.replace("\\", "\\\\").replace("\"", "\\\"") + "\", charset=\"UTF-8\"";
        this.check = Objects.requireNonNull(check, "check");
    }

    @Override
    public Optional<Login> authenticate(Request request) {
        Optional<String> credentials = Credentials.of(request, SCHEME);
        if (credentials.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parse(credentials.get())
                .flatMap(pair -> check.check(pair.name, pair.password))
                .orElseThrow(() -> new UnauthorizedException(challenge, "The name or the password is wrong")));
    }

    @Override
    public String challenge() {
        return challenge;
    }

    @Override
    public Optional<String> claimedName(Request request) {
        return Credentials.of(request, SCHEME)
                .flatMap(BasicAuthenticator::parse)
                .map(Pair::name);
    }

    /** The name and the password; empty if these aren't two texts in UTF-8 without control characters. */
    private static Optional<Pair> parse(String token) {
        try {
            byte[] bytes = Base64.getDecoder().decode(token);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int colon = text.indexOf(':');
            boolean isPair = colon >= 0 && text.chars().noneMatch(Character::isISOControl);
            return isPair
                    ? Optional.of(new Pair(text.substring(0, colon), text.substring(colon + 1)))
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
