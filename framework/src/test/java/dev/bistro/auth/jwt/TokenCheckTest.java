package dev.bistro.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.bistro.auth.Jwt;
import dev.bistro.auth.Login;
import dev.bistro.http.UnauthorizedException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tokens are accepted: those that the library makes, and forged ones. */
class TokenCheckTest {
    private static final List<VerificationKey> KEYS =
            KeyFile.ofSet(Tokens.set(Tokens.rsa("r", Tokens.RSA), Tokens.ec("e"), Tokens.ed("d")));

    private static TokenCheck check(String rolesClaim) {
        var rules = new JwtRules(
                "https://login.example", List.of("shop", "shop-api"), Duration.ofSeconds(30), rolesClaim, "sub");
        return new TokenCheck(id -> VerificationKey.withId(KEYS, id), rules, () -> Tokens.NOW);
    }

    private static Optional<Login> login(String token) {
        return check("roles").login(token);
    }

    // ---- accepted

    static Stream<Arguments> good() {
        JWTClaimsSet claims = Tokens.claims().build();
        return Stream.of(
                arguments("RS256", Tokens.rs256("r", claims)),
                arguments("ES256", Tokens.es256("e", claims)),
                arguments("EdDSA", Tokens.eddsa("d", "EdDSA", claims)),
                arguments("EdDSA by its newer name", Tokens.eddsa("d", "Ed25519", claims)),
                arguments("no key id", Tokens.rs256(null, claims)),
                arguments(
                        "no type",
                        signed(Tokens.header(JWSAlgorithm.RS256, "r").type(null).build(), claims)),
                arguments(
                        "access token",
                        signed(
                                Tokens.header(JWSAlgorithm.RS256, "r")
                                        .type(new JOSEObjectType("AT+JWT"))
                                        .build(),
                                claims)),
                arguments(
                        "several audiences",
                        Tokens.rs256(
                                "r",
                                Tokens.claims()
                                        .audience(List.of("other", "shop-api"))
                                        .build())),
                arguments(
                        "expired within the skew",
                        Tokens.rs256(
                                "r",
                                Tokens.claims()
                                        .expirationTime(Date.from(Tokens.NOW.minusSeconds(29)))
                                        .build())),
                arguments(
                        "begins within the skew",
                        Tokens.rs256(
                                "r",
                                Tokens.claims()
                                        .notBeforeTime(Date.from(Tokens.NOW.plusSeconds(30)))
                                        .build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void accepts(String what, String token) {
        Login login = login(token).orElseThrow();
        assertEquals("ada", login.principal().getName());
        assertEquals(Set.of("admin", "reader"), login.roles());
        assertEquals("https://login.example", ((Jwt) login.principal()).claims().get("iss"));
        assertEquals("Jwt[ada]", login.principal().toString());
    }

    // ---- refused

    private static String signed(com.nimbusds.jose.JWSHeader header, JWTClaimsSet claims) {
        return Tokens.sign(header, claims, new RSASSASigner(Tokens.RSA.getPrivate()));
    }

    private static String claimed(JWTClaimsSet.Builder claims) {
        return Tokens.rs256("r", claims.build());
    }

    private static String byHand(String header, String payload) {
        return Tokens.byHand("SHA256withRSA", Tokens.RSA.getPrivate(), header, payload);
    }

    private static String hmac(byte[] secret) {
        try {
            return Tokens.sign(
                    Tokens.header(JWSAlgorithm.HS256, "r").build(),
                    Tokens.claims().build(),
                    new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pem() {
        String text =
                Base64.getMimeEncoder().encodeToString(Tokens.RSA.getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<Arguments> bad() {
        JWTClaimsSet claims = Tokens.claims().build();
        String payload = claims.toString();
        String good = Tokens.rs256("r", claims);
        String[] parts = good.split("\\.");
        String head = "{\"alg\":\"RS256\",\"kid\":\"r\"}";
        String none = Base64URL.encode("{\"alg\":\"none\"}") + "." + Base64URL.encode(payload) + ".";
        return Stream.of(
                arguments("nothing", ""),
                arguments("dots", ".."),
                arguments("no token", "secret"),
                arguments("alg none", new PlainJWT(claims).serialize()),
                arguments("alg None", Base64URL.encode("{\"alg\":\"None\"}") + "." + Base64URL.encode(payload) + "."),
                arguments("alg none with a signature", none + parts[2]),
                arguments(
                        "alg none in the header of a signed one",
                        Base64URL.encode("{\"alg\":\"none\",\"kid\":\"r\"}") + "." + parts[1] + "." + parts[2]),
                arguments("no alg", Base64URL.encode("{\"kid\":\"r\"}") + "." + parts[1] + "." + parts[2]),
                arguments(
                        "HMAC with the public key", hmac(Tokens.RSA.getPublic().getEncoded())),
                arguments("HMAC with its PEM", hmac(pem())),
                arguments(
                        "HMAC with the modulus",
                        hmac(((RSAPublicKey) Tokens.RSA.getPublic())
                                .getModulus()
                                .toByteArray())),
                arguments(
                        "RS512 by a key for RS256",
                        signed(Tokens.header(JWSAlgorithm.RS512, "r").build(), claims)),
                arguments(
                        "PS256 by a key for RS256",
                        signed(Tokens.header(JWSAlgorithm.PS256, "r").build(), claims)),
                arguments("ES256 in the header of RS256", byHand("{\"alg\":\"ES256\",\"kid\":\"e\"}", payload)),
                arguments(
                        "ES256 of zeros",
                        Base64URL.encode("{\"alg\":\"ES256\",\"kid\":\"e\"}") + "." + parts[1] + "."
                                + Base64URL.encode(new byte[64])),
                arguments(
                        "EdDSA of zeros",
                        Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"d\"}") + "." + parts[1] + "."
                                + Base64URL.encode(new byte[64])),
                arguments(
                        "EdDSA too short",
                        Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"d\"}") + "." + parts[1] + "."
                                + Base64URL.encode(new byte[3])),
                arguments("no signature", parts[0] + "." + parts[1] + "."),
                arguments("half a signature", good.substring(0, good.length() - 100)),
                arguments(
                        "another payload",
                        parts[0] + "."
                                + Base64URL.encode(
                                        Tokens.claims().subject("eve").build().toString()) + "." + parts[2]),
                arguments(
                        "another key of the same id",
                        Tokens.sign(
                                Tokens.header(JWSAlgorithm.RS256, "r").build(),
                                claims,
                                new RSASSASigner(Tokens.OTHER_RSA.getPrivate()))),
                arguments("an unknown key", Tokens.rs256("x", claims)),
                arguments("the id of another key", Tokens.rs256("e", claims)),
                arguments(
                        "a key of its own",
                        Tokens.sign(
                                Tokens.header(JWSAlgorithm.RS256, null)
                                        .jwk(new RSAKey.Builder((RSAPublicKey) Tokens.OTHER_RSA.getPublic()).build())
                                        .build(),
                                claims,
                                new RSASSASigner(Tokens.OTHER_RSA.getPrivate()))),
                arguments(
                        "a critical extension",
                        byHand("{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"x\"],\"x\":1}", payload)),
                arguments(
                        "an unencoded payload",
                        byHand("{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"b64\"],\"b64\":false}", payload)),
                arguments(
                        "another type",
                        signed(
                                Tokens.header(JWSAlgorithm.RS256, "r")
                                        .type(new JOSEObjectType("dpop+jwt"))
                                        .build(),
                                claims)),
                arguments(
                        "an ID of a logout",
                        signed(
                                Tokens.header(JWSAlgorithm.RS256, "r")
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                claims)),
                arguments("another issuer", claimed(Tokens.claims().issuer("https://login.example.evil"))),
                arguments("an issuer with a slash", claimed(Tokens.claims().issuer("https://login.example/"))),
                arguments("no issuer", claimed(Tokens.claims().issuer(null))),
                arguments("another audience", claimed(Tokens.claims().audience("bank"))),
                arguments("no audience", claimed(Tokens.claims().audience((String) null))),
                arguments("no expiry", claimed(Tokens.claims().expirationTime(null))),
                arguments(
                        "not yet valid", claimed(Tokens.claims().notBeforeTime(Date.from(Tokens.NOW.plusSeconds(31))))),
                arguments("no subject", claimed(Tokens.claims().subject(null))),
                arguments("an empty subject", claimed(Tokens.claims().subject(" "))),
                arguments("a subject that is no text", byHand(head, payload.replace("\"ada\"", "[\"ada\"]"))),
                arguments(
                        "an expiry that is no number",
                        byHand(head, payload.replaceAll("\"exp\":[0-9]+", "\"exp\":\"2099\""))),
                arguments("a payload that is no JSON", byHand(head, "ada")),
                arguments("a payload that is a list", byHand(head, "[]")),
                arguments("an empty payload", byHand(head, "")),
                arguments("a deep payload", byHand(head, "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")),
                arguments(
                        "a deep header",
                        Base64URL.encode("{\"alg\":" + "[".repeat(5_000)) + "." + parts[1] + "." + parts[2]),
                arguments("two tokens", good + "." + good),
                arguments("many parts", "a.".repeat(5_000)),
                arguments("five parts, as if encrypted", "a.b.c.d.e"),
                arguments("huge", byHand(head, payload.replace("\"ada\"", "\"" + "a".repeat(20_000) + "\""))),
                arguments("a space", good.replace(".", " .")),
                arguments("letters beside the alphabet", parts[0] + "." + parts[1] + ".ä"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses(String what, String token) {
        assertEquals(Optional.empty(), login(token));
    }

    @Test
    void saysThatATokenHasExpiredToWhomItWasGiven() {
        String token = claimed(Tokens.claims().expirationTime(Date.from(Tokens.NOW.minusSeconds(30))));
        var fault = assertThrows(UnauthorizedException.class, () -> login(token));
        assertEquals("The token has expired", fault.detail());
        assertTrue(fault.headers().first("WWW-Authenticate").orElseThrow().contains("invalid_token"));
        String[] parts = token.split("\\.");
        assertEquals(Optional.empty(), login(parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[256])));
    }

    // ---- roles

    @ParameterizedTest
    @CsvSource({
        "roles, admin+reader",
        "scope, read+write",
        "realm_access.roles, a+b",
        "https://shop.example/roles, c",
        "nothing, ''",
        "nothing.at.all, ''",
        "roles.admin, ''",
        "number, ''",
        "mixed, x",
    })
    void findsRoles(String claim, String expected) {
        String token = claimed(Tokens.claims()
                .claim("scope", "read  write")
                .claim("realm_access", Map.of("roles", List.of("a", "b", "a")))
                .claim("https://shop.example/roles", List.of("c"))
                .claim("number", 7)
                .claim("mixed", List.of("x", 7, List.of("y"))));
        Set<String> roles = check(claim).login(token).orElseThrow().roles();
        assertEquals(expected, String.join("+", roles));
    }

    // ---- keys that aren't for this

    @Test
    void leavesOutKeysThatArentForThis() {
        String set = "{\"keys\":["
                + "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"a\",\"alg\":\"HS256\"},"
                + "{\"kty\":\"unknown\",\"kid\":\"b\"},"
                + "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\",\"kid\":\"c\"},"
                + "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + Base64URL.encode(new byte[32]) + "\",\"kid\":\"d\"},"
                + Tokens.rsa("short", Tokens.pair("RSA", 1024)).toJSONString() + ","
                + Tokens.rsa("enc", Tokens.RSA).toJSONString().replace("\"kid\"", "\"use\":\"enc\",\"kid\"") + ","
                + Tokens.rsa("ps", Tokens.RSA).toJSONString().replace("\"kid\"", "\"alg\":\"PS256\",\"kid\"") + ","
                + Tokens.ec("good").toJSONString().replace("\"kid\"", "\"use\":\"sig\",\"alg\":\"ES256\",\"kid\"")
                + "]}";
        assertEquals(
                List.of(Optional.of("good")),
                KeyFile.ofSet(set).stream().map(VerificationKey::id).toList());
    }
}
