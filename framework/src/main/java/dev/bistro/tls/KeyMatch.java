package dev.bistro.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;

/** Tells which public key belongs to a private key, by a signature: whatever the kind of key is, that is the proof. */
final class KeyMatch {
    private static final byte[] TEXT = "Which public key verifies this?".getBytes(StandardCharsets.US_ASCII);

    /** The kinds of keys that TLS has signatures for, with one that the JDK has for each. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "RSASSA-PSS", "RSASSA-PSS", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private final TlsFile file;
    private final PrivateKey key;
    private final String algorithm;

    private KeyMatch(TlsFile file, PrivateKey key, String algorithm) {
        this.file = file;
        this.key = key;
        this.algorithm = algorithm;
    }

    /**
     * Matches a key.
     *
     * @param file where it was read, for the fault of a kind of key that TLS has no signatures for
     */
    static KeyMatch of(TlsFile file, PrivateKey key) throws UnusableCertificateException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            throw file.fault(
                    "A key of the kind " + key.getAlgorithm() + " can't be used for TLS.",
                    "Kinds that can be used are RSA, EC and Ed25519.");
        }
        return new KeyMatch(file, key, algorithm);
    }

    boolean belongsTo(PublicKey publicKey) throws UnusableCertificateException {
        if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] signature = sign(publicKey);
        try {
            Signature verifying = create(publicKey);
            verifying.initVerify(publicKey);
            verifying.update(TEXT);
            return verifying.verify(signature);
        } catch (GeneralSecurityException | RuntimeException otherKey) { // of another curve or size
            return false;
        }
    }

    private byte[] sign(PublicKey publicKey) throws UnusableCertificateException {
        try {
            Signature signing = create(publicKey);
            signing.initSign(key);
            signing.update(TEXT);
            return signing.sign();
        } catch (GeneralSecurityException | RuntimeException damaged) {
            throw file.fault(
                    "Nothing can be signed with the key.", "Check it: openssl pkey -check -noout -in " + file.quoted());
        }
    }

    private Signature create(PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        if (publicKey instanceof RSAKey rsa && algorithm.equals("RSASSA-PSS")) {
            signature.setParameter(rsa.getParams() == null ? PSS : rsa.getParams()); // the key may prescribe them
        }
        return signature;
    }
}
