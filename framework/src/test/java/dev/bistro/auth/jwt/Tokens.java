package dev.bistro.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** Keys and tokens for tests, made by the library, and by hand where it won't. */
final class Tokens {
    static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /** Made once for all times, since to make one takes seconds. */
    private static final List<KeyPair> RSA_KEYS = rsaKeys();

    static final KeyPair RSA = RSA_KEYS.get(0);
    static final KeyPair OTHER_RSA = RSA_KEYS.get(1);
    static final KeyPair EC = pair("EC", 256);
    static final KeyPair ED = pair("Ed25519", 255);

    private Tokens() {}

    static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys of a file, which has an empty line between them. */
    private static List<KeyPair> rsaKeys() {
        try (InputStream file = Tokens.class.getResourceAsStream("/jwt/rsa-keys.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            var keys = new ArrayList<KeyPair>();
            for (String key : text.split("\n\n")) {
                keys.add(rsaKey(Base64.getMimeDecoder().decode(key)));
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsaKey(byte[] pkcs8) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        var key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return new KeyPair(
                factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key);
    }

    // ---- keys

    static JWK rsa(String id, KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(id).build();
    }

    static JWK ec(String id) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic())
                .keyID(id)
                .build();
    }

    static JWK ed(String id) {
        byte[] der = ED.getPublic().getEncoded();
        Base64URL x = Base64URL.encode(Arrays.copyOfRange(der, der.length - 32, der.length));
        return new OctetKeyPair.Builder(Curve.Ed25519, x).keyID(id).build();
    }

    static String set(JWK... keys) {
        return new JWKSet(List.of(keys)).toString();
    }

    // ---- tokens

    /** Claims that are accepted. */
    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .issuer("https://login.example")
                .audience("shop")
                .claim("roles", List.of("admin", "reader"))
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    static JWSHeader.Builder header(JWSAlgorithm algorithm, String id) {
        return new JWSHeader.Builder(algorithm).keyID(id).type(JOSEObjectType.JWT);
    }

    static String rs256(String id, JWTClaimsSet claims) {
        return sign(header(JWSAlgorithm.RS256, id).build(), claims, new RSASSASigner(RSA.getPrivate()));
    }

    static String es256(String id, JWTClaimsSet claims) {
        try {
            return sign(
                    header(JWSAlgorithm.ES256, id).build(), claims, new ECDSASigner((ECPrivateKey) EC.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String eddsa(String id, String algorithm, JWTClaimsSet claims) {
        String head = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\"}";
        return byHand("Ed25519", ED.getPrivate(), head, claims.toString());
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of any header and payload, signed by an algorithm of the JDK. */
    static String byHand(String algorithm, PrivateKey key, String header, String payload) {
        try {
            String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
