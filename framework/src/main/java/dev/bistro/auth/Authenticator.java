package dev.bistro.auth;

import dev.bistro.http.Request;
import dev.bistro.http.UnauthorizedException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out who sends a request. An application has any number of them, as classes or beans; they are asked in their
 * order, and the first login counts.
 *
 * <pre>{@code
 * @Factory
 * final class Logins {
 *     @Bean
 *     Authenticator staff(Users users) {
 *         return Authenticator.basic("Shop", (name, password) -> users.find(name)
 *                 .filter(user -> user.hasPassword(password))
 *                 .map(user -> Login.of(user, user.roles())));
 *     }
 *
 *     @Bean
 *     Authenticator machines(Keys keys) {
 *         return Authenticator.bearer(token -> keys.find(token).map(key -> Login.of(key, "machine")));
 *     }
 * }
 * }</pre>
 *
 * <p>The login of a {@linkplain dev.bistro.session.Session#login session} counts without an authenticator of the
 * application's: Bistro asks its own {@link #session()} after all others.
 *
 * <p>It is asked where a login is needed or asked for ({@link Login#find}), at most once for each request, and by many
 * threads at once. It may wait for a database: it runs as filters do, and {@code @Blocking} on its class says that it
 * always waits.
 *
 * <p>A client that fails again and again, and a user's name that is tried again and again, is answered with 429 for a
 * while: settings {@code security.login}. What counts as a failure is an {@link UnauthorizedException} that it throws.
 * For credentials with a name ({@link #claimedName}), it isn't even asked then; others, such as tokens, can't be
 * guessed, so that good ones are accepted all the same.
 */
public interface Authenticator {
    /**
     * The login of a request. Empty if the request has no credentials for this authenticator: then the next one is
     * asked.
     *
     * @throws UnauthorizedException if there are credentials for it, but they are malformed or aren't accepted. It is
     *     the answer if no other authenticator gives a login
     */
    Optional<Login> authenticate(Request request);

    /**
     * How a client has to authenticate, a value of {@code WWW-Authenticate} for the 401 to a request without
     * credentials: {@code "Bearer"}.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
     */
    String challenge();

    /**
     * The user's name that the request claims, before anything is checked, so that failures are counted for it too;
     * empty if it claims none. It has to be given where the credentials are a password, which could be guessed.
     */
    default Optional<String> claimedName(Request request) {
        return Optional.empty();
    }

    /**
     * One of {@code Basic} authentication: a name and a password with each request, so that it is for HTTPS only.
     *
     * @param realm the name of what is protected, which browsers show
     * @param check gives the login for a name and a password, or none
     * @throws IllegalArgumentException if the realm has a control character
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
     */
    static Authenticator basic(String realm, PasswordCheck check) {
        return new BasicAuthenticator(realm, check);
    }

    /**
     * One of bearer tokens: whoever has the token has the login.
     *
     * @param check gives the login for a token, or none
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
     */
    static Authenticator bearer(Function<String, Optional<Login>> check) {
        return new BearerAuthenticator(check);
    }

    /**
     * One of sessions: the login of a request is what its session was given by
     * {@link dev.bistro.session.Session#login}, a name and roles. Bistro asks such a one after all others, unless the
     * application has one of its own. That is for another place in the order.
     *
     * <p>Its challenge is {@code Session}. Any authenticator with this scheme takes the place of Bistro's.
     */
    static Authenticator session() {
        return SessionAuthenticator.ofSession();
    }

    /**
     * The same with the application's own principal and roles, which are looked up for each request that asks for its
     * login: so roles that are taken away are gone at once, and so is a user that is removed.
     *
     * <pre>{@code
     * @Bean
     * Authenticator browsers(Users users) {
     *     return Authenticator.session(name -> users.find(name).map(user -> Login.of(user, user.roles())));
     * }
     * }</pre>
     *
     * @param find gives the login of a name that {@code session.login} was given, or none if there is no such user
     *     any more
     */
    static Authenticator session(Function<String, Optional<Login>> find) {
        return SessionAuthenticator.ofUsers(Objects.requireNonNull(find, "find"));
    }

    /**
     * One of a scheme of your own: {@code Authenticator.of("ApiKey", request -> request.header("X-Api-Key")…)}.
     *
     * @param challenge the value of {@code WWW-Authenticate}
     * @throws IllegalArgumentException if it isn't a challenge: a scheme, and parameters or a token
     */
    static Authenticator of(String challenge, Function<Request, Optional<Login>> authenticate) {
        return new OwnScheme(challenge, authenticate);
    }

    /** Checks names with passwords. */
    @FunctionalInterface
    interface PasswordCheck {
        /** The login; empty if there is no such user, or the password is another. */
        Optional<Login> check(String name, String password);
    }
}
