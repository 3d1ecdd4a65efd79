package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.auth.jwt.JwtRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings whose keys begin with {@code security.jwt.}. */
record SecurityJwtSettings(
        @Description("a file with the keys that verify tokens: public keys or certificates as PEM, or a set of keys as"
                + " JSON")
        Optional<Path> key,

        @Description("the address of the set of keys that verify tokens, in place of a file")
        Optional<URI> jwks,

        @Description("who issues the tokens: their claim iss")
        Optional<String> issuer,

        @Description("for whom they are: one of these is in their claim aud; * for anybody")
        List<String> audience,

        @Description("how far the clocks of the issuer and of this server may be apart") @DefaultValue("30s")
        Duration clockSkew,

        @Description("the claim that has the roles; with dots, one within others: realm_access.roles")
        @DefaultValue("roles")
        String rolesClaim,

        @Description("the claim that is the name of the principal") @DefaultValue("sub")
        String nameClaim,

        @Description("how long it may take to fetch the keys") @DefaultValue("5s")
        Duration fetchTimeout,

        @Description("after which time the keys are fetched again") @DefaultValue("5m")
        Duration refreshInterval) {
    /** What holds where nothing is set. */
    static final SecurityJwtSettings DEFAULTS = new SecurityJwtSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Duration.ofSeconds(30),
            "roles",
            "sub",
            Duration.ofSeconds(5),
            Duration.ofMinutes(5));

    private static final Duration LONGEST_SKEW = Duration.ofMinutes(10);
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(10);

    private static final int MAX_PORT = 65_535;

    /** Whether there are logins by tokens. */
    boolean isOn() {
        return key.isPresent() || jwks.isPresent();
    }

    void check(SettingFaults faults) {
        boolean isMeant = issuer.isPresent() || !audience.isEmpty();
        faults.addIf(key.isPresent() && jwks.isPresent(), "jwt.key and jwt.jwks can't both be set");
        faults.addIf(isMeant && !isOn(), "jwt needs jwt.key or jwt.jwks, with the keys");
        faults.addIf(isOn() && issuer.filter(name -> !name.isBlank()).isEmpty(), "jwt.issuer has to be set");
        faults.addIf(
                isOn() && audience.isEmpty(), "jwt.audience has to be set; * takes tokens that are for others too");
        faults.addIf(
                jwks.filter(address -> !isHttp(address)).isPresent(), "jwt.jwks has to be an address of https or http");
        faults.addIf(
                jwks.filter(address -> address.getUserInfo() != null).isPresent(),
                "jwt.jwks has a name or a password, which isn't sent: public keys need none");
        faults.check("jwt.clock-skew", clockSkew, Duration.ZERO, LONGEST_SKEW);
        faults.checkTime("jwt.fetch-timeout", fetchTimeout, SettingFaults.SHORTEST);
        faults.checkTime("jwt.refresh-interval", refreshInterval, SHORTEST_REFRESH);
    }

    private static boolean isHttp(URI address) {
        return address.getHost() != null
                && Stream.of("https", "http").anyMatch(scheme -> scheme.equalsIgnoreCase(address.getScheme()))
                && address.getPort() <= MAX_PORT;
    }

    /** Whether somebody between could give us keys of their own. */
    boolean isUnprotected() {
        return jwks.filter(address -> address.getScheme().equalsIgnoreCase("http"))
                .filter(address -> !List.of("localhost", "127.0.0.1", "[::1]").contains(address.getHost()))
                .isPresent();
    }

    /** What tokens have to fulfil. */
    JwtRules rules() {
        return new JwtRules(issuer.orElseThrow(), audience, clockSkew, rolesClaim, nameClaim);
    }
}
