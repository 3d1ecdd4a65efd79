package dev.bistro.tls;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * What must be right about certificates before clients get them: the first one belongs to the key, each is issued by
 * the next (RFC 8446, 4.4.2, allows clients to take them in another order, and not all do), and all are valid now. The
 * root may be there or be left out. Whether clients trust it can't be known here.
 */
final class ChainRules {
    private final TlsFile file;
    private final List<X509Certificate> chain;

    private ChainRules(TlsFile file, List<X509Certificate> chain) {
        this.file = file;
        this.chain = chain;
    }

    /**
     * Checks a chain.
     *
     * @param keyFile where the key was read, for the fault
     */
    static void check(TlsFile file, List<X509Certificate> chain, TlsFile keyFile, PrivateKey key, Instant now)
            throws UnusableCertificateException {
        var rules = new ChainRules(file, chain);
        rules.checkKey(keyFile, KeyMatch.of(keyFile, key));
        rules.checkOrder();
        rules.checkTimes(now);
    }

    private void checkKey(TlsFile keyFile, KeyMatch key) throws UnusableCertificateException {
        for (int i = 0; i < chain.size(); i++) {
            if (key.belongsTo(chain.get(i).getPublicKey())) {
                if (i > 0) {
                    throw outOfOrder();
                }
                return;
            }
        }
        throw new UnusableCertificateException(
                "The key doesn't belong to the certificate.",
                file == keyFile ? file.toString() : file + " and " + keyFile,
                "These two must print the same: openssl x509 -noout -pubkey -in " + file.quoted()
                        + " and openssl pkey -pubout -in " + keyFile.quoted());
    }

    private void checkOrder() throws UnusableCertificateException {
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            X509Certificate next = chain.get(i + 1);
            if (isIssuedBy(certificate, next)) {
                continue;
            }
            if (chain.stream().anyMatch(other -> other != certificate && isIssuedBy(certificate, other))) {
                throw outOfOrder();
            }
            throw file.fault(
                    name(i) + " isn't issued by the one after it, " + readable(next.getSubjectX500Principal()) + ".",
                    "Take out what doesn't belong to the chain, or put in the certificate of "
                            + readable(certificate.getIssuerX500Principal()) + ".");
        }
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (NoSuchAlgorithmException unknownHere) {
            return true; // clients may know it
        } catch (GeneralSecurityException | RuntimeException otherKey) {
            return false;
        }
    }

    private UnusableCertificateException outOfOrder() {
        return file.fault(
                "The certificates are in the wrong order.",
                "The server's own comes first, and after each certificate the one that issued it.");
    }

    private void checkTimes(Instant now) throws UnusableCertificateException {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            boolean isRoot = i > 0 && isIssuedBy(certificate, certificate);
            Instant begin = certificate.getNotBefore().toInstant();
            Instant end = certificate.getNotAfter().toInstant();
            if (isRoot) {
                continue; // clients have their own copy
            }
            if (now.isBefore(begin)) {
                throw file.fault(
                        name(i) + " isn't valid before " + begin + ".",
                        "Is the clock of this machine right? It is " + now + ".");
            }
            if (now.isAfter(end)) {
                throw file.fault(name(i) + " expired at " + end + ".", "Get a new one from the authority.");
            }
        }
    }

    private String name(int index) {
        return index == 0
                ? "The certificate"
                : "Certificate " + (index + 1) + " of the chain ("
                        + readable(chain.get(index).getSubjectX500Principal()) + ")";
    }

    /** A name in one line, whatever its authority allowed to be in it. */
    private static String readable(X500Principal name) {
        return name.getName().replaceAll("\\p{Cntrl}", "?");
    }
}
