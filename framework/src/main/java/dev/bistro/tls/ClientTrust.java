package dev.bistro.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks clients' certificates against authorities that can be exchanged while handshakes are under way, as PKIX says
 * (RFC 5280, section 6). Whether a certificate was revoked isn't checked: an authority of one's own gives short-lived
 * ones, or is exchanged. For any thread.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NONE = {};

    private volatile Optional<X509ExtendedTrustManager> authorities = Optional.empty();

    /** Trusts the clients of these authorities from now on, and no others. */
    void use(List<X509Certificate> trusted) {
        authorities = Optional.of(pkix(trusted));
    }

    private static X509ExtendedTrustManager pkix(List<X509Certificate> trusted) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e); // a store in memory has no reason to fail
        }
    }

    private X509ExtendedTrustManager trusted() throws CertificateException {
        return authorities.orElseThrow(() -> new CertificateException("No client's certificate is trusted"));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trusted().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trusted().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trusted().checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.map(X509ExtendedTrustManager::getAcceptedIssuers).orElse(NONE);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Only clients are checked here");
    }
}
