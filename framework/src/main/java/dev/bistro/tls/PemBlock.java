package dev.bistro.tls;

import java.util.Set;

/**
 * A block of a PEM file, or an element of a DER file under the label that it has in PEM.
 *
 * @param label the text after {@code BEGIN}
 * @param isEncrypted whether its header says that it is encrypted (RFC 1421), as that of old keys does
 * @param content the DER in it; empty for a label that isn't used here
 */
record PemBlock(String label, boolean isEncrypted, byte[] content) {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";
    static final String KEY = "PRIVATE KEY";
    static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
    static final String RSA_KEY = "RSA PRIVATE KEY";
    static final String EC_KEY = "EC PRIVATE KEY";
    static final String EC_PARAMETERS = "EC PARAMETERS";
    static final String PUBLIC_KEY = "PUBLIC KEY";
    static final String PKCS7 = "PKCS7";

    private static final Set<String> KEYS = Set.of(KEY, ENCRYPTED_KEY, RSA_KEY, EC_KEY);

    boolean isCertificate() {
        return label.equals(CERTIFICATE);
    }

    boolean isKey() {
        return KEYS.contains(label);
    }

    static boolean isUsed(String label) {
        return label.equals(CERTIFICATE) || label.equals(EC_PARAMETERS) || KEYS.contains(label);
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
        return label;
    }
}
