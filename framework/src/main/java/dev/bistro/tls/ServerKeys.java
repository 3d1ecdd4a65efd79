package dev.bistro.tls;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Gives each handshake the certificate and key for the name that the client sent (RFC 6066, section 3), from
 * certificates that can be exchanged while handshakes are under way. For any thread.
 */
final class ServerKeys extends X509ExtendedKeyManager {
    /**
     * How many sets are kept, the current one and those before: a handshake that has chosen a certificate asks for its
     * key a moment later, when the certificates may have been exchanged.
     */
    private static final int KEPT = 10;

    private volatile List<CertificateSet> latestFirst;

    ServerKeys(CertificateSet first) {
        latestFirst = List.of(first);
    }

    /** Takes these certificates for handshakes from now on. Only one thread at a time may call it. */
    void use(CertificateSet next) {
        latestFirst =
                Stream.concat(Stream.of(next), latestFirst.stream()).limit(KEPT).toList();
    }

    /** The certificates for handshakes that begin now. */
    CertificateSet current() {
        return latestFirst.get(0);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return alias(keyType, engine.getHandshakeSession());
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return alias(keyType, socket instanceof SSLSocket secure ? secure.getHandshakeSession() : null);
    }

    private String alias(String keyType, SSLSession handshake) {
        CertificateSet certificates = current();
        Optional<ServerCertificate> nameless = certificates.choose(Optional.empty(), keyType, any -> true);
        Optional<ServerCertificate> chosen = nameless;
        if (handshake instanceof ExtendedSSLSession session) {
            chosen = certificates.choose(requestedName(session), keyType, ClientSignatures.of(session)::cover);
            if (!chosen.equals(nameless)) {
                keepInMemory(session);
            }
        }
        return chosen.map(certificates::aliasOf).orElse(null);
    }

    /**
     * Has the JDK keep a session instead of putting it into a ticket, which it does with those that have values. Newer
     * JDKs (25) ask for the certificate of a ticket before they know the client's name, and resume the session only if
     * they are given the same one. Under TLS 1.2 they give out tickets all the same.
     */
    private static void keepInMemory(ExtendedSSLSession session) {
        if (session.getProtocol().equals("TLSv1.3")) {
            session.putValue(ServerKeys.class.getName(), true);
        }
    }

    private static Optional<String> requestedName(ExtendedSSLSession session) {
        return session.getRequestedServerNames().stream()
                .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                .map(ServerKeys::text)
                .findFirst();
    }

    private static String text(SNIServerName name) {
        return name instanceof SNIHostName host
                ? host.getAsciiName()
                : new String(name.getEncoded(), StandardCharsets.US_ASCII);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return withAlias(alias)
                .map(certificate -> certificate.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return withAlias(alias).map(ServerCertificate::key).orElse(null);
    }

    private Optional<ServerCertificate> withAlias(String alias) {
        return latestFirst.stream()
                .flatMap(set -> set.withAlias(alias).stream())
                .findFirst();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        CertificateSet certificates = current();
        String[] aliases = certificates.all().stream()
                .filter(certificate ->
                        certificate.certificate().getPublicKey().getAlgorithm().equals(keyType))
                .map(certificates::aliasOf)
                .toArray(String[]::new);
        return aliases.length == 0 ? null : aliases;
    }

    /** Nothing: these are keys of a server. */
    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    /** Nothing: these are keys of a server. */
    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
