package dev.bistro.tls;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** What is said of a public key. */
final class PublicKeys {
    private PublicKeys() {}

    /** The kind and size, for people: {@code EC 256}, {@code RSA 2048}, {@code Ed25519}. */
    static String describe(PublicKey key) {
        if (key instanceof EdECPublicKey edwards) {
            return edwards.getParams().getName();
        }
        if (key instanceof RSAPublicKey rsa) {
            return key.getAlgorithm() + " " + rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey curve ? "EC " + bits(curve) : key.getAlgorithm();
    }

    /** The size of a curve's order: 521 for P-521. */
    static int bits(ECPublicKey key) {
        return key.getParams().getOrder().bitLength();
    }
}
