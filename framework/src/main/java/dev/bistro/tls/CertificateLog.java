package dev.bistro.tls;

import dev.bistro.startup.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which certificates are in use, and what was noticed when they were read again. */
final class CertificateLog {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateLog.class);

    private CertificateLog() {}

    /** Logs each certificate that wasn't in use before, and what is to be said of it. */
    static void changes(Optional<CertificateSet> before, CertificateSet now) {
        List<ServerCertificate> known = before.map(CertificateSet::all).orElse(List.of());
        now.all().stream().filter(certificate -> !known.contains(certificate)).forEach(CertificateLog::certificate);
        ServerCertificate first = now.all().get(0);
        if (now.all().size() > 1 && !before.map(set -> set.all().get(0)).equals(Optional.of(first))) {
            LOG.info("TLS certificate {} is the default, for clients that send no name or an unknown one", first);
        }
        List<String> told = before.map(CertificateSet::conflicts).orElse(List.of());
        now.conflicts().stream().filter(conflict -> !told.contains(conflict)).forEach(LOG::warn);
    }

    private static void certificate(ServerCertificate certificate) {
        List<String> names = CertificateNames.of(certificate.certificate());
        LOG.info(
                "TLS certificate {} for {}: {}, valid until {}",
                certificate,
                names.isEmpty() ? "no name" : String.join(", ", names),
                PublicKeys.describe(certificate.certificate().getPublicKey()),
                certificate.certificate().getNotAfter().toInstant());
        for (String warning : CertificateReader.warnings(certificate)) {
            LOG.warn("TLS certificate {}: {}", certificate, warning);
        }
    }

    /** Logs what is wrong with files that were changed. */
    static void unusable(Problem problem) {
        LOG.warn(
                "TLS certificates can't be read again, so the last good ones stay in use: {}",
                Stream.of(
                                Stream.of(problem.what()),
                                problem.places().stream().map(place -> "(" + place + ")"),
                                problem.cures().stream())
                        .flatMap(part -> part)
                        .collect(Collectors.joining(" ")));
    }

    /** Logs that clients' certificates are compared with other authorities from now on. */
    static void authorities(int count) {
        LOG.info("TLS clients are trusted by other authorities from now on, {} of them", count);
    }

    /** Logs that the certificate is one that nobody trusts. */
    static void development() {
        LOG.warn("The TLS certificate for localhost was made by this server (server.tls.development):"
                + " clients don't trust it, and it isn't for production");
    }
}
