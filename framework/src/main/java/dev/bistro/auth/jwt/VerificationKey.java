package dev.bistro.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key with the one algorithm that it is for. A token doesn't choose: one that names another algorithm, such as HMAC
 * with the public key as its secret, isn't verified at all.
 *
 * @param id its name, by which tokens refer to it
 * @param algorithms the names of its algorithm
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.1">RFC 8725, section 3.1</a>
 */
record VerificationKey(Optional<String> id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
    private static final int SHORTEST_RSA_BITS = 2048;

    /** RFC 8037 has the first name, RFC 9864 the second. */
    private static final Set<JWSAlgorithm> EDDSA = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    /** Of a key without a name; empty if it is of another kind, or too short. */
    static Optional<VerificationKey> of(PublicKey key) {
        return of(Optional.empty(), key);
    }

    /**
     * Of a key of a set; empty if it is of another kind, too short, secret, or not for signatures by our algorithms.
     */
    static Optional<VerificationKey> of(JWK key) {
        boolean isForSignatures = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        try {
            return publicKey(key)
                    .filter(known -> isForSignatures)
                    .flatMap(known -> of(Optional.ofNullable(key.getKeyID()), known))
                    .filter(made -> key.getAlgorithm() == null
                            || made.algorithms.stream().anyMatch(one -> one.equals(key.getAlgorithm())));
        } catch (JOSEException notAKey) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> publicKey(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return Optional.of(rsa.toRSAPublicKey());
        }
        if (key instanceof ECKey ec) {
            return Optional.of(ec.toECPublicKey());
        }
        return key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())
                ? Ed25519Verifier.publicKey(pair.getDecodedX())
                : Optional.empty();
    }

    private static Optional<VerificationKey> of(Optional<String> id, PublicKey key) {
        try {
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA_BITS) {
                return Optional.of(new VerificationKey(id, Set.of(JWSAlgorithm.RS256), new RSASSAVerifier(rsa)));
            }
            if (key instanceof ECPublicKey ec && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
                return Optional.of(new VerificationKey(id, Set.of(JWSAlgorithm.ES256), new ECDSAVerifier(ec)));
            }
            return key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")
                    ? Optional.of(new VerificationKey(id, EDDSA, new Ed25519Verifier(ed)))
                    : Optional.empty();
        } catch (JOSEException notOnTheCurve) {
            return Optional.empty();
        }
    }

    /** Those of this name and those without one; all, for a token that gives none. */
    static List<VerificationKey> withId(List<VerificationKey> keys, Optional<String> id) {
        return keys.stream()
                .filter(key -> id.isEmpty() || key.id.isEmpty() || key.id.equals(id))
                .toList();
    }

    /** Whether this key has signed the token, by its own algorithm. */
    boolean verifies(SignedJWT token) {
        try {
            return algorithms.contains(token.getHeader().getAlgorithm()) && token.verify(verifier);
        } catch (JOSEException | IllegalStateException malformed) {
            return false;
        }
    }
}
