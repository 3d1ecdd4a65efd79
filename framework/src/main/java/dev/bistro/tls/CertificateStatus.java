package dev.bistro.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate of the server, as health checks and metrics tell of it: {@code [names=[example.org],
 * source=/etc/tls/shop.crt, keyType=EC 256, notAfter=2027-01-01T00:00:00Z, daysLeft=89, isEnding=false]}.
 *
 * @param names the host names that it is for, in lower case
 * @param source where it was read
 * @param keyType the kind and size of its key: {@code RSA 2048}
 * @param notAfter until when it is valid
 * @param daysLeft how many whole days are left, less than zero as soon as it has expired
 * @param isEnding whether it expires soon, as the log warns, or has expired
 */
public record CertificateStatus(
        List<String> names, String source, String keyType, Instant notAfter, long daysLeft, boolean isEnding) {
    private static final long SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    static CertificateStatus of(ServerCertificate certificate, Instant now) {
        Instant notAfter = certificate.certificate().getNotAfter().toInstant();
        return new CertificateStatus(
                CertificateNames.of(certificate.certificate()),
                certificate.source(),
                PublicKeys.describe(certificate.certificate().getPublicKey()),
                notAfter,
                Math.floorDiv(Duration.between(now, notAfter).toSeconds(), SECONDS_A_DAY),
                ExpiryLog.isEnding(certificate.certificate(), now));
    }
}
