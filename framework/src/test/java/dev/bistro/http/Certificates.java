package dev.bistro.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A client's certificate for tests, and the connections on which it is shown or isn't. */
public final class Certificates {
    private Certificates() {}

    /** A certificate of the subject {@code CN=ada, O=Example}. */
    public static X509Certificate ada() {
        try (InputStream in = Certificates.class.getResourceAsStream("/tls/ada.crt")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException("The file has a certificate", e);
        }
    }

    /** TLS on which the client showed these certificates. */
    public static TlsInfo shown(X509Certificate... chain) {
        return new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(chain), Optional.of("shop.example"));
    }
}
