package dev.bistro.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads certificates with their keys from files, and checks them. Begin reading with {@link #read}; how the files are
 * read is in {@link PemReader}, {@link PrivateKeyReader} and {@link StoreReader}, what must be right in
 * {@link ChainRules}.
 */
final class CertificateReader {
    private static final int LEAST_RSA_BITS = 2048;

    /** The kinds of names that a server is called by in a certificate: a host and an address (RFC 5280, 4.2.1.6). */
    private static final Set<Integer> SERVER_NAMES = Set.of(2, 7);

    /** What files have instead of a certificate, and what to do about it, with the file in the place of %s. */
    private static final Map<String, String> INSTEAD = Map.of(
            PemBlock.CERTIFICATE_REQUEST,
            "It has a request for one, which an authority answers with the certificate.",
            "TRUSTED CERTIFICATE",
            "It has one in OpenSSL's own format, which is rewritten by: openssl x509 -in %1$s -out %2$s",
            PemBlock.PKCS7,
            "It has PKCS7, which is rewritten by: openssl pkcs7 -print_certs -in %1$s -out %2$s (with -inform DER"
                    + " if it isn't text)",
            PemBlock.KEY,
            "It has a key: are certificate and key swapped?");

    private CertificateReader() {}

    /**
     * Reads a certificate, the chain of its issuers, and its key.
     *
     * @param certificate a PEM or DER file with the certificates, the server's own first, or a PKCS12 store
     * @param key the file of the key, as {@link PrivateKeyReader} reads it; without it the key is in the first file
     * @param keyPassword the password of an encrypted key or of a store; a key that isn't encrypted needs none
     * @throws UnusableCertificateException if it can't be read, or clients couldn't accept it now
     */
    static ServerCertificate read(Path certificate, Optional<Path> key, Optional<String> keyPassword)
            throws UnusableCertificateException {
        return read(certificate, key, keyPassword, Instant.now());
    }

    static ServerCertificate read(Path certificate, Optional<Path> key, Optional<String> keyPassword, Instant now)
            throws UnusableCertificateException {
        TlsFile file = TlsFile.read(certificate);
        TlsFile keyFile = key.isPresent() ? TlsFile.read(key.get()) : file;
        List<X509Certificate> chain = file.isPkcs12() ? storedChain(file, keyPassword) : certificates(file);
        PrivateKey privateKey = PrivateKeyReader.read(keyFile, keyPassword);
        ChainRules.check(file, chain, keyFile, privateKey, now);
        return new ServerCertificate(file.toString(), chain, privateKey);
    }

    private static List<X509Certificate> storedChain(TlsFile file, Optional<String> password)
            throws UnusableCertificateException {
        List<X509Certificate> chain = StoreReader.read(file, password).chain();
        if (chain.isEmpty()) {
            throw file.fault(
                    "The store has no certificate for its key.",
                    "Set the file of the certificate as the certificate, and this one as its key.");
        }
        return chain;
    }

    /**
     * Reads the authorities whose certificates clients may have.
     *
     * @param file a PEM file with one or more certificates, or a DER file
     * @throws UnusableCertificateException if it can't be read, or has none
     */
    static List<X509Certificate> readAuthorities(Path file) throws UnusableCertificateException {
        TlsFile read = TlsFile.read(file);
        if (read.isPkcs12()) {
            throw read.fault(
                    "Authorities are read from a PEM file, and this is a PKCS12 store.",
                    "Make a PEM file of it: openssl pkcs12 -nokeys -in " + read.quoted() + " -out "
                            + read.quoted(".pem"));
        }
        return certificates(read);
    }

    /** The certificates of the file in their order, each once. */
    private static List<X509Certificate> certificates(TlsFile file) throws UnusableCertificateException {
        List<PemBlock> blocks = PemReader.read(file);
        var certificates = new LinkedHashSet<X509Certificate>();
        int number = 0;
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                certificates.add(parse(block.content(), ++number, file));
            }
        }
        if (certificates.isEmpty()) {
            throw file.fault("The file has no certificate.", cureWithout(blocks, file));
        }
        return new ArrayList<>(certificates);
    }

    private static X509Certificate parse(byte[] der, int number, TlsFile file) throws UnusableCertificateException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | RuntimeException damaged) {
            throw file.fault(
                    "Certificate " + number + " of the file can't be read by Java: it is damaged, or has a key of an"
                            + " unknown kind.",
                    "Kinds that can be used are RSA, EC (P-256, P-384, P-521) and Ed25519. What it is: openssl x509"
                            + " -noout -text -in " + file.quoted());
        }
    }

    private static String cureWithout(List<PemBlock> blocks, TlsFile file) {
        for (PemBlock block : blocks) {
            String cure = INSTEAD.get(block.isKey() ? PemBlock.KEY : block.label());
            if (cure != null) {
                return cure.formatted(file.quoted(), file.quoted(".pem"));
            }
        }
        return "A certificate in PEM begins with the line -----BEGIN CERTIFICATE-----; DER and PKCS12 are read too.";
    }

    /** What works, and yet keeps some clients out or makes connections less safe, as sentences for the log. */
    static List<String> warnings(ServerCertificate certificate) {
        var warnings = new ArrayList<String>();
        PublicKey key = certificate.certificate().getPublicKey();
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            warnings.add("The RSA key has only " + rsa.getModulus().bitLength()
                    + " bits, and most clients refuse less than " + LEAST_RSA_BITS + ".");
        }
        if (key instanceof EdECKey edwards) {
            warnings.add("Browsers don't take a certificate with a key of the kind "
                    + edwards.getParams().getName() + "; EC (P-256) works everywhere.");
        }
        if (!hasServerName(certificate.certificate())) {
            warnings.add("The certificate names no host in a subjectAltName, and clients refuse it for that.");
        }
        return warnings;
    }

    private static boolean hasServerName(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(name -> SERVER_NAMES.contains(name.get(0)));
        } catch (CertificateParsingException unreadable) { // also for clients
            return false;
        }
    }
}
