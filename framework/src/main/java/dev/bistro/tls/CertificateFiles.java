package dev.bistro.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one certificate with its key.
 *
 * @param certificate a PEM file with the certificate and its issuers, or a PKCS12 store
 * @param key a PEM file with the key; empty where the first file has it
 */
public record CertificateFiles(Path certificate, Optional<Path> key) {
    List<Path> all() {
        return Stream.concat(Stream.of(certificate), key.stream()).toList();
    }
}
