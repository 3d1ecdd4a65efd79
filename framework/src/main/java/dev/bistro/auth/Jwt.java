package dev.bistro.auth;

import java.security.Principal;
import java.util.Map;
import java.util.Objects;

/**
 * The principal of a login by a JSON Web Token whose signature and claims were verified: settings {@code security.jwt}.
 *
 * <pre>{@code
 * @Get("/account")
 * Account account(Jwt token) {
 *     return accounts.of(token.getName(), token.claims().get("email"));
 * }
 * }</pre>
 *
 * @param name the value of the claim {@code security.jwt.name-claim}, which is {@code sub} unless it is set
 * @param claims all claims by their names, with values as in JSON: texts, numbers, booleans, lists, maps; times such as
 *     {@code exp} are dates
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
public record Jwt(String name, Map<String, Object> claims) implements Principal {
    /** Checks that there is a name. */
    public Jwt {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(claims, "claims");
    }

    @Override
    public String getName() {
        return name;
    }

    /** The name alone, for logs: claims may be personal. */
    @Override
    public String toString() {
        return "Jwt[" + name + "]";
    }
}
