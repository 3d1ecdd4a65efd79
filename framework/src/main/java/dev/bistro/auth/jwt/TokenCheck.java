package dev.bistro.auth.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bistro.auth.Jwt;
import dev.bistro.auth.Login;
import dev.bistro.http.HttpException;
import dev.bistro.http.UnauthorizedException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks a token: its form, its signature, and then its claims, so that nothing is said of claims that anybody could
 * have written.
 *
 * <pre>
 * token = base64url(header) "." base64url(claims) "." base64url(signature)
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519, section 7.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 */
record TokenCheck(KeySource keys, JwtRules rules, InstantSource clock) {
    private static final int LONGEST = 16 * 1024;

    /** What a token may say that it is: nothing, a JWT, or an access token (RFC 9068). */
    private static final Set<String> TYPES = Set.of("", "jwt", "application/jwt", "at+jwt", "application/at+jwt");

    /**
     * The login; empty if the token isn't valid.
     *
     * @throws UnauthorizedException if it has expired, which the client may know
     * @throws HttpException 503 if the keys can't be had
     */
    Optional<Login> login(String text) {
        return parse(text).filter(this::isSigned).flatMap(this::claims).flatMap(this::accept);
    }

    private static Optional<SignedJWT> parse(String text) {
        boolean isOne =
                text.length() <= LONGEST && text.chars().filter(at -> at == '.').count() == 2;
        if (!isOne) {
            return Optional.empty();
        }
        try {
            return Optional.of(SignedJWT.parse(text));
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private boolean isSigned(SignedJWT token) {
        JOSEObjectType type = token.getHeader().getType();
        String name = type == null ? "" : type.getType().toLowerCase(Locale.ROOT);
        boolean isUnderstood = TYPES.contains(name)
                && (token.getHeader().getCriticalParams() == null
                        || token.getHeader().getCriticalParams().isEmpty());
        return isUnderstood
                && keys.find(Optional.ofNullable(token.getHeader().getKeyID())).stream()
                        .anyMatch(key -> key.verifies(token));
    }

    private Optional<JWTClaimsSet> claims(SignedJWT token) {
        try {
            return Optional.ofNullable(token.getJWTClaimsSet());
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Login> accept(JWTClaimsSet claims) {
        boolean isForUs = rules.issuer().equals(claims.getIssuer())
                && (rules.audience().contains(JwtRules.ANY_AUDIENCE)
                        || claims.getAudience().stream().anyMatch(rules.audience()::contains));
        if (!isForUs || !hasBegun(claims)) {
            return Optional.empty();
        }
        if (claims.getExpirationTime() == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(instant(claims.getExpirationTime()).plus(rules.clockSkew()))) {
            throw new UnauthorizedException(
                    "Bearer error=\"invalid_token\", error_description=\"The token has expired\"",
                    "The token has expired");
        }
        return claims.getClaim(rules.nameClaim()) instanceof String name && !name.isBlank()
                ? Optional.of(Login.of(
                        new Jwt(name, Collections.unmodifiableMap(claims.getClaims())), roles(claims.getClaims())))
                : Optional.empty();
    }

    private boolean hasBegun(JWTClaimsSet claims) {
        Date notBefore = claims.getNotBeforeTime();
        return notBefore == null || !clock.instant().plus(rules.clockSkew()).isBefore(instant(notBefore));
    }

    private static Instant instant(Date date) {
        return Instant.ofEpochMilli(date.getTime());
    }

    // ---- roles

    private Set<String> roles(Map<String, Object> claims) {
        Object value = claims.containsKey(rules.rolesClaim()) ? claims.get(rules.rolesClaim()) : nested(claims);
        Stream<String> roles = value instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast)
                : value instanceof String text ? Stream.of(text.split(" ")) : Stream.of();
        return Set.copyOf(roles.filter(role -> !role.isBlank()).distinct().toList());
    }

    /** The claim within others: {@code roles} in {@code realm_access} for {@code realm_access.roles}. */
    private Object nested(Map<String, Object> claims) {
        Object at = claims;
        for (String name : rules.rolesClaim().split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at;
    }
}
