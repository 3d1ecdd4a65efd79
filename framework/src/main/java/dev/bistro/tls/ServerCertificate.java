package dev.bistro.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate of the server with its key.
 *
 * @param source where it was read, for faults and the log: {@code "/etc/tls/shop.crt"}
 * @param chain the server's certificate first, then each certificate's issuer
 * @param key the private key of the first certificate
 */
record ServerCertificate(String source, List<X509Certificate> chain, PrivateKey key) {
    ServerCertificate {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return source;
    }
}
