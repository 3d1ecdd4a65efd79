package dev.bistro;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts exactly the certificates that a server shows at this moment, and no authority. Whether a certificate is for
 * the name that the client asked for is left to the JDK, which verifies it after this one unless the class is an
 * {@code X509ExtendedTrustManager}.
 */
final class ShownCertificates implements X509TrustManager {
    private final Supplier<List<X509Certificate>> shown;

    /**
     * Asks anew for each handshake, since certificates are replaced while the server runs.
     *
     * @param shown the server's own certificates, without those of their authorities
     */
    ShownCertificates(Supplier<List<X509Certificate>> shown) {
        this.shown = shown;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chain[0].checkValidity();
        List<X509Certificate> own = shown.get();
        if (!own.contains(chain[0])) {
            throw new CertificateException(
                    "This is no certificate of the server under test: " + name(chain[0]) + "; it has " + names(own));
        }
    }

    private static String names(List<X509Certificate> certificates) {
        return certificates.stream().map(ShownCertificates::name).collect(Collectors.joining(", "));
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal() + " (number "
                + certificate.getSerialNumber().toString(16) + ")";
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("It is for clients, who trust servers");
    }

    /** The server's own certificates. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return shown.get().toArray(X509Certificate[]::new);
    }
}
