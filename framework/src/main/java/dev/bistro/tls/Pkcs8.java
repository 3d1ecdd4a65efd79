package dev.bistro.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A private key as PKCS#8 has it (RFC 5208, 5958), which is the only form that the JDK reads; the others become it:
 *
 * <pre>
 *   PKCS#8    { version, algorithm { name, parameters }, octet string with the key, attributes, public key }
 *   PKCS#1    the key of an RSA key, without anything around it     (RFC 8017, A.1.2)
 *   SEC1      the key of an EC key, with the curve in it            (RFC 5915)
 * </pre>
 *
 * <p>What follows the key is left out, since not all JDKs read it.
 *
 * @param algorithm the algorithm with its parameters
 * @param key the key, in the algorithm's own encoding
 */
record Pkcs8(DerElement algorithm, byte[] key) {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";
    private static final byte[] NULL = {5, 0};
    private static final int CURVE_OF_SEC1 = 0xa0;

    /** P-256, P-384 and P-521: those that TLS 1.3 has signatures for, and the JDK calculates with. */
    private static final Set<String> CURVES = Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

    /** Reads PKCS#8. */
    static Pkcs8 parse(byte[] encoded) throws GeneralSecurityException {
        DerElement whole = DerElement.of(encoded);
        whole.child(0, Der.INTEGER);
        DerElement algorithm = whole.child(1, Der.SEQUENCE);
        algorithm.child(0, Der.OID);
        return new Pkcs8(algorithm, whole.child(2, Der.OCTET_STRING).content());
    }

    /** Reads PKCS#1. */
    static Pkcs8 ofPkcs1(byte[] encoded) throws GeneralSecurityException {
        return new Pkcs8(DerElement.of(Der.sequence(Der.oid(RSA), NULL)), encoded);
    }

    /**
     * Reads SEC1.
     *
     * @param curve what a block before the key tells about the curve, if the key itself doesn't
     */
    static Pkcs8 ofSec1(byte[] encoded, Optional<byte[]> curve) throws GeneralSecurityException {
        for (DerElement part : DerElement.of(encoded).children()) {
            if (part.tag() == CURVE_OF_SEC1) {
                return ofCurve(part.content(), encoded);
            }
        }
        return ofCurve(curve.orElseThrow(DerElement::malformed), encoded);
    }

    private static Pkcs8 ofCurve(byte[] curve, byte[] key) throws GeneralSecurityException {
        return new Pkcs8(DerElement.of(Der.sequence(Der.oid(EC), curve)), key);
    }

    /** Whether it is an EC key whose curve is described by numbers, which the JDK doesn't read, instead of named. */
    boolean hasUnnamedCurve() throws GeneralSecurityException {
        return isEc() && parameters().tag() != Der.OID;
    }

    /** Whether it is an EC key on a curve that can't be used. */
    boolean hasUnknownCurve() throws GeneralSecurityException {
        return isEc() && !CURVES.contains(parameters().oid());
    }

    private boolean isEc() throws GeneralSecurityException {
        return algorithm.child(0, Der.OID).oid().equals(EC);
    }

    private DerElement parameters() throws GeneralSecurityException {
        List<DerElement> parts = algorithm.children();
        return parts.get(parts.size() - 1);
    }

    PrivateKey toKey() throws GeneralSecurityException {
        String name = isEc() ? "EC" : algorithm.child(0, Der.OID).oid(); // which the JDK takes for all others
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(encoded()));
    }

    private byte[] encoded() {
        return Der.sequence(Der.integer(BigInteger.ZERO), algorithm.encoded(), Der.octetString(key));
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "a private key";
    }
}
