package dev.bistro.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs certificates that will expire soon (WARN) or have expired (ERROR), each once a day. Soon is a week, or the last
 * third of a certificate's life where that is shorter: some authorities give them for six days. For one thread at a
 * time.
 */
final class ExpiryLog {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryLog.class);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int THIRD = 3;

    private record Said(boolean expired, Instant when) {}

    private final Map<String, Said> said = new HashMap<>();

    /** Says what there is to say of these certificates now. */
    void check(List<ServerCertificate> certificates, Instant now) {
        said.keySet().retainAll(certificates.stream().map(CertificateSet::alias).collect(Collectors.toSet()));
        for (ServerCertificate certificate : certificates) {
            if (isEnding(certificate.certificate(), now)) {
                sayOnceADay(certificate, now);
            }
        }
    }

    /** Whether a certificate expires soon, or has expired. */
    static boolean isEnding(X509Certificate certificate, Instant now) {
        return !now.isBefore(soon(certificate));
    }

    private static Instant soon(X509Certificate certificate) {
        Instant notAfter = certificate.getNotAfter().toInstant();
        Duration third = Duration.between(certificate.getNotBefore().toInstant(), notAfter)
                .dividedBy(THIRD);
        return notAfter.minus(third.compareTo(WEEK) < 0 ? third : WEEK);
    }

    private void sayOnceADay(ServerCertificate certificate, Instant now) {
        String alias = CertificateSet.alias(certificate);
        boolean expired = now.isAfter(certificate.certificate().getNotAfter().toInstant());
        if (Optional.ofNullable(said.get(alias))
                .filter(last -> isToday(last, expired, now))
                .isEmpty()) {
            said.put(alias, new Said(expired, now));
            say(certificate, expired, now);
        }
    }

    /** The clock may have been set back since. */
    private static boolean isToday(Said last, boolean expired, Instant now) {
        return last.expired == expired && Duration.between(last.when, now).abs().compareTo(DAY) < 0;
    }

    private static void say(ServerCertificate certificate, boolean expired, Instant now) {
        CertificateStatus status = CertificateStatus.of(certificate, now);
        if (expired) {
            LOG.error(
                    "TLS certificate {} for {} has expired on {}: clients refuse it",
                    status.source(),
                    status.names(),
                    status.notAfter());
        } else {
            LOG.warn(
                    "TLS certificate {} for {} expires on {}, in {} days",
                    status.source(),
                    status.names(),
                    status.notAfter(),
                    status.daysLeft());
        }
    }
}
