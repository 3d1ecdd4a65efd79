package dev.bistro.tls;

import dev.bistro.startup.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server shows its clients under TLS, and what it asks of them.
 *
 * @param certificate the default certificate, a PEM file with its issuers or a PKCS12 store:
 *     {@code server.tls.certificate}
 * @param key its key, where the first file doesn't have it: {@code server.tls.key}
 * @param keyPassword the password of those keys that are encrypted: {@code server.tls.key-password}
 * @param folder a folder of further certificates, which may come and go: {@code server.tls.folder}
 * @param certificates further certificates: {@code server.tls.certificates.0.certificate} and {@code .key}
 * @param clientAuth whether clients are asked for a certificate: {@code server.tls.client-auth}
 * @param clientCa the authorities whose clients are trusted: {@code server.tls.client-ca}
 * @param development whether a certificate for localhost is made: {@code server.tls.development}
 * @param applicationProtocols what is agreed on by ALPN (RFC 7301), the best first: {@code [http/1.1]}; none for no
 *     agreement
 */
public record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<String> keyPassword,
        Optional<Path> folder,
        List<CertificateFiles> certificates,
        ClientAuth clientAuth,
        Optional<Path> clientCa,
        boolean development,
        List<String> applicationProtocols) {
    /** Copies the lists. */
    public TlsSettings {
        certificates = List.copyOf(certificates);
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** The certificates that are named one by one, the default one first. */
    List<CertificateFiles> named() {
        var named = new ArrayList<CertificateFiles>();
        certificate.ifPresent(file -> named.add(new CertificateFiles(file, key)));
        named.addAll(certificates);
        return named;
    }

    /** What is wrong with these settings, whatever the files hold. */
    List<Problem> faults() {
        var faults = new ArrayList<Problem>();
        if (key.isPresent() && certificate.isEmpty()) {
            faults.add(Problem.of("key-without-certificate", "server.tls.key is set, but no certificate for it.")
                    .cure("Set server.tls.certificate to the file with the certificate and its issuers."));
        }
        if (development && hasFiles()) {
            faults.add(Problem.of(
                            "development-certificate",
                            "server.tls.development is set beside certificates or keys of its own.")
                    .cure("Set server.tls.development=false where there are certificates, or remove these settings."));
        }
        if (!development && certificate.isEmpty() && certificates.isEmpty() && folder.isEmpty()) {
            faults.add(Problem.of("no-certificate", "TLS is wanted, but there is no certificate.")
                    .cure("Set server.tls.certificate and server.tls.key, or server.tls.folder.")
                    .cure("While developing, server.tls.development=true makes one for localhost."));
        }
        clientFault().ifPresent(faults::add);
        return faults;
    }

    private boolean hasFiles() {
        return certificate.isPresent()
                || key.isPresent()
                || keyPassword.isPresent()
                || folder.isPresent()
                || !certificates.isEmpty();
    }

    private Optional<Problem> clientFault() {
        if (clientAuth != ClientAuth.NONE && clientCa.isEmpty()) {
            return Optional.of(Problem.of(
                            "no-client-authority",
                            "Clients are asked for certificates (server.tls.client-auth), but no authority is trusted.")
                    .cure("Set server.tls.client-ca to a PEM file with the authority of the clients' certificates."));
        }
        if (clientAuth == ClientAuth.NONE && clientCa.isPresent()) {
            return Optional.of(Problem.of(
                            "unused-client-authority",
                            "server.tls.client-ca is set, but clients aren't asked for certificates.")
                    .cure("Set server.tls.client-auth to want or need, or remove server.tls.client-ca."));
        }
        return Optional.empty();
    }

    /** Says nothing of the password. */
    @Override
    public String toString() {
        return "TlsSettings[certificate=" + certificate + ", key=" + key + ", folder=" + folder + ", certificates="
                + certificates + ", clientAuth=" + clientAuth + ", clientCa=" + clientCa + ", development="
                + development + ", applicationProtocols=" + applicationProtocols + "]";
    }
}
