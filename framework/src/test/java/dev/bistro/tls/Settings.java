package dev.bistro.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings of TLS for tests, each method with one more of them. */
record Settings(
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> folder,
        List<CertificateFiles> certificates,
        ClientAuth clientAuth,
        Optional<Path> clientCa,
        boolean development,
        List<String> protocols) {
    static final Settings NONE = new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            ClientAuth.NONE,
            Optional.empty(),
            false,
            List.of());

    Settings certificate(TestCertificate pair) {
        return new Settings(
                Optional.of(pair.file()),
                Optional.of(pair.key()),
                folder,
                certificates,
                clientAuth,
                clientCa,
                development,
                protocols);
    }

    Settings folder(Path path) {
        return new Settings(
                certificate, key, Optional.of(path), certificates, clientAuth, clientCa, development, protocols);
    }

    Settings certificates(TestCertificate... several) {
        List<CertificateFiles> pairs = Stream.of(several)
                .map(pair -> new CertificateFiles(pair.file(), Optional.of(pair.key())))
                .toList();
        return new Settings(certificate, key, folder, pairs, clientAuth, clientCa, development, protocols);
    }

    Settings clients(ClientAuth auth) {
        return new Settings(certificate, key, folder, certificates, auth, clientCa, development, protocols);
    }

    Settings clientCa(Path file) {
        return new Settings(
                certificate, key, folder, certificates, clientAuth, Optional.of(file), development, protocols);
    }

    Settings inDevelopment() {
        return new Settings(certificate, key, folder, certificates, clientAuth, clientCa, true, protocols);
    }

    Settings protocols(String... names) {
        return new Settings(certificate, key, folder, certificates, clientAuth, clientCa, development, List.of(names));
    }

    TlsSettings tls() {
        return new TlsSettings(
                certificate, key, Optional.empty(), folder, certificates, clientAuth, clientCa, development, protocols);
    }
}
