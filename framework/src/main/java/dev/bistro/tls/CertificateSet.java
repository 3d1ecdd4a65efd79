package dev.bistro.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The certificates that are in use at one time, and which of them a client gets. Immutable.
 *
 * <p>Of those for the client's name the exact ones come first, then those with a wildcard in place of its first label,
 * then the default ones. The first of these groups with a certificate that the client can check is the client's; within
 * it the TLS implementation asks by the types of keys, in the order that it prefers.
 */
final class CertificateSet {
    private final List<ServerCertificate> all;
    private final List<String> conflicts = new ArrayList<>();
    private final Map<String, Map<String, ServerCertificate>> byName = new HashMap<>();
    private final Map<String, ServerCertificate> byDefault;
    private final Map<String, ServerCertificate> byAlias = new HashMap<>();
    private final Map<ServerCertificate, String> aliases = new IdentityHashMap<>(); // each handshake asks for one

    /**
     * Certificates, at least one. The first is the default, and so are those for its first name with another type of
     * key.
     */
    CertificateSet(List<ServerCertificate> certificates) {
        all = List.copyOf(certificates);
        for (ServerCertificate certificate : all) {
            String alias = alias(certificate);
            aliases.put(certificate, alias);
            byAlias.putIfAbsent(alias, certificate);
            CertificateNames.of(certificate.certificate()).forEach(name -> add(name, certificate));
        }
        byDefault = defaults(all.get(0));
    }

    private void add(String name, ServerCertificate certificate) {
        byName.computeIfAbsent(name, added -> new HashMap<>())
                .merge(keyType(certificate), certificate, (earlier, later) -> winner(name, earlier, later));
    }

    private ServerCertificate winner(String name, ServerCertificate one, ServerCertificate other) {
        if (one.certificate().equals(other.certificate())) {
            return one; // the same certificate, found in two places
        }
        boolean isOne = !notAfter(one).isBefore(notAfter(other));
        ServerCertificate winner = isOne ? one : other;
        conflicts.add("Two certificates are for " + name + " with a key of type " + keyType(one) + ": "
                + winner + " is used, since it is valid until " + notAfter(winner) + ", and "
                + (isOne ? other : one) + " isn't");
        return winner;
    }

    private static Instant notAfter(ServerCertificate certificate) {
        return certificate.certificate().getNotAfter().toInstant();
    }

    private Map<String, ServerCertificate> defaults(ServerCertificate first) {
        var defaults = new HashMap<String, ServerCertificate>();
        CertificateNames.of(first.certificate()).stream()
                .limit(1)
                .map(byName::get)
                .forEach(defaults::putAll);
        defaults.put(keyType(first), first);
        return Map.copyOf(defaults);
    }

    private static String keyType(ServerCertificate certificate) {
        return certificate.certificate().getPublicKey().getAlgorithm();
    }

    /** All certificates, the default one first. */
    List<ServerCertificate> all() {
        return all;
    }

    /** What is said of two certificates for the same name and type of key, of which only one is used for it. */
    List<String> conflicts() {
        return List.copyOf(conflicts);
    }

    /**
     * The certificate for a client.
     *
     * @param name the host name that the client sent, in any spelling; empty if it sent none
     * @param keyType the type of key that the TLS implementation asks for: {@code EC}
     * @param canCheck whether the client can check the signatures of a certificate's key
     * @return empty if there is a better one with another type of key, or none at all
     */
    Optional<ServerCertificate> choose(Optional<String> name, String keyType, Predicate<ServerCertificate> canCheck) {
        List<Map<String, ServerCertificate>> groups = groups(name);
        for (Map<String, ServerCertificate> group : groups) {
            if (group.values().stream().anyMatch(canCheck)) {
                return Optional.ofNullable(group.get(keyType)).filter(canCheck);
            }
        }
        // what the client told of its signatures may be meant for issuers' alone
        return groups.stream()
                .map(group -> group.get(keyType))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private List<Map<String, ServerCertificate>> groups(Optional<String> name) {
        Stream<Map<String, ServerCertificate>> named = name.map(CertificateNames::normal).stream()
                .flatMap(host -> Stream.of(host, CertificateNames.wildcard(host)))
                .map(byName::get)
                .filter(Objects::nonNull);
        return Stream.concat(named, Stream.of(byDefault)).toList();
    }

    /** The certificate with this alias. */
    Optional<ServerCertificate> withAlias(String alias) {
        return Optional.ofNullable(byAlias.get(alias));
    }

    /** The {@link #alias} of a certificate of this set. */
    String aliasOf(ServerCertificate certificate) {
        return aliases.get(certificate);
    }

    /** A name for a certificate that is the same in each set: the SHA-256 digest of it. */
    static String alias(ServerCertificate certificate) {
        X509Certificate first = certificate.certificate();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(first.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e); // each Java has SHA-256, and what was read can be written
        }
    }
}
