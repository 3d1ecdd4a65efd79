package dev.bistro.testing;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A client's certificate with its key. It is shown to every server that asks for one, whichever authorities that server
 * names: a test has to see how the server refuses the certificate of another authority, which the JDK's own key manager
 * wouldn't show.
 */
final class ClientCertificate extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * The first key of a store, with its certificates.
     *
     * @throws IllegalArgumentException if it has none, or another password
     */
    static ClientCertificate of(KeyStore store, String password) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                    List<X509Certificate> chain = Stream.of(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList();
                    return new ClientCertificate(chain, key);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key of the store can't be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("The store has no private key");
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("It is for clients");
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException("It is for clients");
    }
}
