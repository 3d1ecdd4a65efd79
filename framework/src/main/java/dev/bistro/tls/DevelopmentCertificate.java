package dev.bistro.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a certificate for localhost, for development and tests, that has issued itself (RFC 5280, 4.1). It and its key
 * are in memory only, and it can't issue others, so whoever trusts it trusts this process alone.
 *
 * <pre>
 *   Certificate    { what is signed, ECDSA with SHA-256, signature }
 *   what is signed { version 3, serial number, ECDSA with SHA-256, issuer, { from, until }, subject, key, extensions }
 * </pre>
 */
final class DevelopmentCertificate {
    private static final Duration VALIDITY = Duration.ofDays(90); // browsers take up to 398
    private static final Duration SLOW_CLOCKS = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127; // 16 bytes of a positive number; RFC 5280 allows 20
    private static final int KEY_IDENTIFIER_BYTES = 20;

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private DevelopmentCertificate() {}

    /**
     * Makes a certificate for {@code localhost}, {@code *.localhost}, {@code 127.0.0.1} and {@code ::1} with a new EC
     * key (P-256), valid for 90 days from a day ago.
     *
     * @throws IllegalStateException if this Java has no elliptic curves: a runtime that was made without jdk.crypto.ec
     */
    static ServerCertificate create() {
        return create(Instant.now());
    }

    static ServerCertificate create(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] signed = signed(keys, now.minus(SLOW_CLOCKS));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed);
            byte[] encoded = Der.sequence(signed, ECDSA_WITH_SHA256, Der.bitString(0, signature.sign()));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return new ServerCertificate("the development certificate", List.of(certificate), keys.getPrivate());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(
                    "This Java can't make an EC key. A runtime that was made by jlink needs the module jdk.crypto.ec.",
                    missing);
        }
    }

    private static byte[] signed(KeyPair keys, Instant from) throws GeneralSecurityException {
        byte[] name = name();
        byte[] key = keys.getPublic().getEncoded();
        return Der.sequence(
                Der.element(VERSION, Der.integer(BigInteger.TWO)), // which means 3
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1)),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.time(from), Der.time(from.plus(VALIDITY))),
                name,
                key,
                Der.element(EXTENSIONS, extensions(key)));
    }

    /** The subject, two names beside each other so that people find it in a list of certificates. */
    private static byte[] name() {
        return Der.sequence(
                Der.element(Der.SET, Der.sequence(Der.oid("2.5.4.10"), Der.utf8String("Bistro development"))),
                Der.element(Der.SET, Der.sequence(Der.oid("2.5.4.3"), Der.utf8String("localhost"))));
    }

    /** The extensions of RFC 5280, 4.2.1. */
    private static byte[] extensions(byte[] key) throws GeneralSecurityException {
        return Der.sequence(
                extension("2.5.29.19", true, Der.sequence()), // basicConstraints: not an authority
                extension("2.5.29.15", true, Der.bitString(7, (byte) 0x80)), // keyUsage: digitalSignature
                extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))), // extKeyUsage: serverAuth
                extension("2.5.29.17", false, subjectAlternativeNames()),
                extension("2.5.29.14", false, Der.octetString(keyIdentifier(key))));
    }

    private static byte[] extension(String oid, boolean isCritical, byte[] value) {
        byte[] critical = isCritical ? Der.element(Der.BOOLEAN, new byte[] {(byte) 0xff}) : new byte[0];
        return Der.sequence(Der.oid(oid), critical, Der.octetString(value));
    }

    private static byte[] subjectAlternativeNames() {
        byte[] loopback6 = new byte[16];
        loopback6[15] = 1;
        return Der.sequence(
                Der.element(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII)),
                Der.element(DNS_NAME, "*.localhost".getBytes(StandardCharsets.US_ASCII)),
                Der.element(IP_ADDRESS, new byte[] {127, 0, 0, 1}),
                Der.element(IP_ADDRESS, loopback6));
    }

    /** The first 160 bits of the key's SHA-256 (RFC 7093, 2); what is hashed is the bit string without its head. */
    private static byte[] keyIdentifier(byte[] key) throws GeneralSecurityException {
        byte[] bits = DerElement.of(key).child(1, Der.BIT_STRING).content();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(bits, 1, bits.length));
        return Arrays.copyOf(hash, KEY_IDENTIFIER_BYTES);
    }
}
