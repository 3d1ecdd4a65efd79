package dev.bistro.http;

import java.util.List;

/**
 * 401: the client has to say who it is, or what it said isn't accepted. The challenge tells it how, and makes a browser
 * ask for a name and a password if it is {@code Basic}. Who is known but not allowed gets a 403:
 * {@link ForbiddenException}.
 *
 * <pre>{@code
 * throw new UnauthorizedException("Basic realm=\"Shop\", charset=\"UTF-8\"");
 * throw new UnauthorizedException("Bearer error=\"invalid_token\"", "The token has expired");
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2">RFC 9110, section 15.5.2</a>
 */
public class UnauthorizedException extends HttpException {
    private static final long serialVersionUID = 1L;

    /**
     * A fault with this value of {@code WWW-Authenticate}, and a fixed text for the client.
     *
     * @throws IllegalArgumentException if it isn't one or more challenges: a scheme, and parameters or a token. A text
     *     for the client is no challenge
     */
    public UnauthorizedException(String challenge) {
        this(challenge, "Authentication is needed");
    }

    /**
     * A fault with this value of {@code WWW-Authenticate}, and a text for the client.
     *
     * @throws IllegalArgumentException if the challenge isn't one or more challenges: a scheme, and parameters or a
     *     token
     */
    public UnauthorizedException(String challenge, String detail) {
        super(Status.UNAUTHORIZED, detail, Headers.of("WWW-Authenticate", Challenges.require(challenge)), List.of());
    }
}
