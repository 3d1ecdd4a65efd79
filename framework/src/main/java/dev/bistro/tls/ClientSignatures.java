package dev.bistro.tls;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;

/**
 * Which signatures a client can check (RFC 8446, section 4.2.3), and so which of several certificates it can use.
 *
 * @param algorithms as Java names them: {@code SHA256withECDSA}; none where the client doesn't say
 * @param curveBound whether an algorithm with ECDSA is for one curve alone, as since TLS 1.3
 */
record ClientSignatures(List<String> algorithms, boolean curveBound) {
    private static final Map<Integer, String> BY_CURVE =
            Map.of(256, "SHA256withECDSA", 384, "SHA384withECDSA", 521, "SHA512withECDSA");

    /** The signatures of the client whose handshake this is. */
    static ClientSignatures of(ExtendedSSLSession session) {
        return new ClientSignatures(
                List.of(session.getPeerSupportedSignatureAlgorithms()),
                session.getProtocol().equals("TLSv1.3"));
    }

    /** Whether the client can check what this certificate's key signs. */
    boolean cover(ServerCertificate certificate) {
        PublicKey key = certificate.certificate().getPublicKey();
        return algorithms.isEmpty() || algorithms.stream().anyMatch(algorithm -> isFor(key, algorithm));
    }

    private boolean isFor(PublicKey key, String algorithm) {
        return switch (key.getAlgorithm()) {
            case "EC" ->
                curveBound
                        ? algorithm.equals(BY_CURVE.get(PublicKeys.bits((ECPublicKey) key)))
                        : algorithm.endsWith("withECDSA");
            case "RSA" -> algorithm.equals("RSASSA-PSS") || !curveBound && algorithm.endsWith("withRSA");
            default -> algorithm.equals(key.getAlgorithm()) || algorithm.equals(PublicKeys.describe(key));
        };
    }
}
