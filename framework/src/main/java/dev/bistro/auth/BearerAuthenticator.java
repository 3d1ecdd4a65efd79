package dev.bistro.auth;

import dev.bistro.http.Request;
import dev.bistro.http.UnauthorizedException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Bearer tokens.
 *
 * <pre>
 * credentials = "Bearer" 1*SP b64token
 * b64token    = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
final class BearerAuthenticator implements Authenticator {
    private static final String SCHEME = "Bearer";
    private static final String REFUSAL = SCHEME + " error=\"invalid_token\"";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Function<String, Optional<Login>> check;

    BearerAuthenticator(Function<String, Optional<Login>> check) {
        this.check = Objects.requireNonNull(check, "check");
    }

    @Override
    public Optional<Login> authenticate(Request request) {
        Optional<String> credentials = Credentials.of(request, SCHEME);
        if (credentials.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(credentials
                .filter(token -> TOKEN.matcher(token).matches())
                .flatMap(check)
                .orElseThrow(() -> new UnauthorizedException(REFUSAL, "The token isn't valid")));
    }

    @Override
    public String challenge() {
        return SCHEME;
    }
}
