package dev.bistro.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server shows its clients under TLS, and what it asks of them. Whoever makes one has checked which of these go
 * together: there is a certificate, a folder of them, or one for development; and authorities where clients are asked.
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

    /** Says nothing of the password. */
    @Override
    public String toString() {
        return "TlsSettings[certificate=" + certificate + ", key=" + key + ", folder=" + folder + ", certificates="
                + certificates + ", clientAuth=" + clientAuth + ", clientCa=" + clientCa + ", development="
                + development + ", applicationProtocols=" + applicationProtocols + "]";
    }
}
