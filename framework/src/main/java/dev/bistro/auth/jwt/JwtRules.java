package dev.bistro.auth.jwt;

import java.time.Duration;
import java.util.List;

/**
 * What a token has to fulfil besides its signature.
 *
 * @param issuer the value of {@code iss}
 * @param audience the value of {@code aud} has one of these; {@code *} for any
 * @param clockSkew how far the clocks of issuer and server may be apart
 * @param rolesClaim where the roles are: the name of a claim, or names with dots between for one within others
 * @param nameClaim the claim that is the principal's name
 */
public record JwtRules(String issuer, List<String> audience, Duration clockSkew, String rolesClaim, String nameClaim) {
    /** In the place of an audience: any, or none. */
    public static final String ANY_AUDIENCE = "*";

    public JwtRules {
        audience = List.copyOf(audience);
    }
}
