package dev.bistro.testing;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * How a client speaks TLS: whom it trusts, which certificate it shows, for which name it asks, and in which versions it
 * speaks. Immutable.
 *
 * @param certificate what it shows a server that asks for a certificate
 * @param serverName for which name it asks; if empty, for the host's
 * @param versions what it offers; if empty, what the JDK does
 */
record ClientTls(
        X509TrustManager trust,
        Optional<ClientCertificate> certificate,
        Optional<SNIHostName> serverName,
        List<String> versions) {
    static ClientTls trusting(X509TrustManager trust) {
        return new ClientTls(trust, Optional.empty(), Optional.empty(), List.of());
    }

    ClientTls withCertificate(KeyStore store, String password) {
        return new ClientTls(trust, Optional.of(ClientCertificate.of(store, password)), serverName, versions);
    }

    ClientTls withServerName(String name) {
        return new ClientTls(trust, certificate, Optional.of(new SNIHostName(name)), versions);
    }

    ClientTls withVersions(List<String> names) {
        List<String> known = known();
        if (names.isEmpty() || !known.containsAll(names)) {
            throw new IllegalArgumentException("No versions of TLS: " + names + "; there are " + known);
        }
        return new ClientTls(trust, certificate, serverName, List.copyOf(names));
    }

    private static List<String> known() {
        try {
            return List.of(SSLContext.getDefault().getSupportedSSLParameters().getProtocols());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /**
     * A context of this trust and certificate. Each connection has one of its own, since connections of the same one
     * would resume each other's sessions, and a test that replaces a certificate would see the one before.
     */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys =
                    certificate.map(shown -> new KeyManager[] {shown}).orElse(null);
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /** The name and versions. */
    SSLParameters parameters(SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        serverName.ifPresent(name -> parameters.setServerNames(List.of(name)));
        if (!versions.isEmpty()) {
            parameters.setProtocols(versions.toArray(String[]::new));
        }
        return parameters;
    }
}
