package dev.bistro.auth;

import dev.bistro.http.Request;
import dev.bistro.http.UnauthorizedException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** An authenticator of a scheme that only the application knows. */
record OwnScheme(String challenge, Function<Request, Optional<Login>> code) implements Authenticator {
    OwnScheme {
        Objects.requireNonNull(code, "authenticate");
        new UnauthorizedException(challenge); // throws if it isn't a challenge
    }

    @Override
    public Optional<Login> authenticate(Request request) {
        return code.apply(request);
    }
}
