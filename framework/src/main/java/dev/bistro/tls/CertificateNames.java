package dev.bistro.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** The host names that a certificate is for, and how a client's name is compared with them (RFC 9525, section 6.3). */
final class CertificateNames {
    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6: GeneralName

    /** One attribute of a distinguished name as RFC 2253 writes it; a backslash escapes the next character. */
    private static final Pattern ATTRIBUTE = Pattern.compile("\\G(?:^|[,+])([^=]+)=((?:\\\\.|[^,+\\\\])*)");

    private CertificateNames() {}

    /**
     * The names of a certificate: its alternative names that are host names, or the common name where it has no
     * alternative names at all. {@code [shop.example.org, *.shop.example.org]}
     */
    static List<String> of(X509Certificate certificate) {
        return alternativeNames(certificate)
                .map(CertificateNames::hostNames)
                .orElseGet(() -> commonName(certificate.getSubjectX500Principal()));
    }

    private static Optional<Collection<List<?>>> alternativeNames(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames());
        } catch (CertificateParsingException e) {
            return Optional.of(List.of()); // names that can't be read are no client's
        }
    }

    private static List<String> hostNames(Collection<List<?>> names) {
        return names.stream()
                .filter(name -> name.get(0).equals(DNS_NAME))
                .map(name -> normal((String) name.get(1)))
                .distinct()
                .toList();
    }

    private static List<String> commonName(X500Principal subject) {
        Matcher attribute = ATTRIBUTE.matcher(subject.getName(X500Principal.RFC2253));
        while (attribute.find()) {
            if (attribute.group(1).equals("CN")) {
                return List.of(normal(attribute.group(2)));
            }
        }
        return List.of();
    }

    /** A name in lower case and without a trailing dot, which are of no account in host names. */
    static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The wildcard that has the place of a name's first label: {@code *.example.org} for {@code www.example.org}. */
    static String wildcard(String name) {
        return "*" + name.substring(Math.max(0, name.indexOf('.')));
    }
}
