package dev.bistro.auth;

import dev.bistro.http.Request;
import dev.bistro.session.Session;
import java.util.Optional;
import java.util.function.Function;

/**
 * The login of a session ({@link Session#login}). No scheme of HTTP is for that, since a cookie isn't a credential of
 * {@code Authorization}; but a 401 has to name one, and browsers leave alone what they don't know.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
record SessionAuthenticator(Function<Session, Optional<Login>> login) implements Authenticator {
    static final String SCHEME = "Session";

    /** One that takes the name and the roles as the session has them. */
    static SessionAuthenticator ofSession() {
        return new SessionAuthenticator(session ->
                session.user().map(name -> Login.of(name, session.roles().toArray(String[]::new))));
    }

    /** One that looks the user up by the name. */
    static SessionAuthenticator ofUsers(Function<String, Optional<Login>> find) {
        return new SessionAuthenticator(session -> session.user().flatMap(find));
    }

    @Override
    public Optional<Login> authenticate(Request request) {
        return login.apply(Session.of(request));
    }

    @Override
    public String challenge() {
        return SCHEME;
    }
}
