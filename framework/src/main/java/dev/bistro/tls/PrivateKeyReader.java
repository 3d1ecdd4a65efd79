package dev.bistro.tls;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the private key of a file: PKCS#8, also encrypted, PKCS#1 and SEC1, in PEM or DER, or that of a PKCS12 store.
 * What the JDK says about a key that it can't read isn't passed on, since it may have parts of the key in it.
 */
final class PrivateKeyReader {
    private static final String NEW_KEY = "A key that can be used is made by:"
            + " openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, and it needs a certificate of its own.";

    /** What files have instead of a key, and what to do about it, with the file in the place of %s. */
    private static final Map<String, String> INSTEAD = Map.of(
            "OPENSSH PRIVATE KEY",
            "It has a key in OpenSSH's format, which is rewritten by: ssh-keygen -p -m PKCS8 -f %s",
            "DSA PRIVATE KEY",
            "It has a DSA key, which TLS doesn't use any more. " + NEW_KEY,
            PemBlock.PUBLIC_KEY,
            "It has the public key; the private one belongs here.",
            PemBlock.CERTIFICATE,
            "It has a certificate; set the file that has its key as well.");

    private final TlsFile file;
    private final Optional<String> password;

    private PrivateKeyReader(TlsFile file, Optional<String> password) {
        this.file = file;
        this.password = password;
    }

    /** Reads the only private key of the file. */
    static PrivateKey read(TlsFile file, Optional<String> password) throws UnusableCertificateException {
        return new PrivateKeyReader(file, password).read();
    }

    private PrivateKey read() throws UnusableCertificateException {
        if (file.isPkcs12()) {
            PrivateKey key = StoreReader.read(file, password).key();
            checkCurve(() -> Pkcs8.parse(key.getEncoded()));
            return key;
        }
        List<PemBlock> blocks = PemReader.read(file);
        PemBlock block = onlyKey(blocks);
        Pkcs8 key = checkCurve(() -> pkcs8(block, blocks));
        try {
            return key.toKey();
        } catch (NoSuchAlgorithmException missing) {
            throw file.fault(
                    "The key is of a kind that this Java doesn't know.",
                    "A runtime that was made by jlink needs the module jdk.crypto.ec for EC keys. " + NEW_KEY);
        } catch (GeneralSecurityException | RuntimeException damaged) {
            throw unreadable();
        }
    }

    private PemBlock onlyKey(List<PemBlock> blocks) throws UnusableCertificateException {
        List<PemBlock> keys = blocks.stream().filter(PemBlock::isKey).toList();
        if (keys.isEmpty()) {
            throw file.fault(
                    "The file has no private key.",
                    blocks.stream()
                            .map(block -> INSTEAD.get(block.label()))
                            .filter(cure -> cure != null)
                            .findFirst()
                            .map(cure -> cure.formatted(file.quoted()))
                            .orElse("A key begins with the line -----BEGIN PRIVATE KEY-----"));
        }
        if (keys.size() > 1) {
            throw file.fault(
                    "The file has " + keys.size() + " private keys.", "Leave the one that fits the certificate.");
        }
        return keys.get(0);
    }

    private interface KeyFormat {
        Pkcs8 read() throws GeneralSecurityException, UnusableCertificateException;
    }

    private Pkcs8 checkCurve(KeyFormat format) throws UnusableCertificateException {
        try {
            Pkcs8 key = format.read();
            if (key.hasUnnamedCurve()) {
                throw file.fault(
                        "The key describes its elliptic curve instead of naming it.",
                        "Name it: openssl pkey -ec_param_enc named_curve -in " + file.quoted() + " -out "
                                + file.quoted(".pkcs8"));
            }
            if (key.hasUnknownCurve()) {
                throw file.fault("The key's elliptic curve is none of P-256, P-384 and P-521.", NEW_KEY);
            }
            return key;
        } catch (GeneralSecurityException damaged) {
            throw unreadable();
        }
    }

    private Pkcs8 pkcs8(PemBlock block, List<PemBlock> blocks)
            throws GeneralSecurityException, UnusableCertificateException {
        if (block.isEncrypted()) {
            throw file.fault("The key is encrypted in an old way that isn't read here.", rewrite());
        }
        return switch (block.label()) {
            case PemBlock.KEY -> Pkcs8.parse(block.content());
            case PemBlock.RSA_KEY -> Pkcs8.ofPkcs1(block.content());
            case PemBlock.EC_KEY -> Pkcs8.ofSec1(block.content(), curve(blocks));
            case PemBlock.ENCRYPTED_KEY -> decrypt(block);
            default -> throw new AssertionError("Not a key: " + block.label());
        };
    }

    private static Optional<byte[]> curve(List<PemBlock> blocks) {
        return blocks.stream()
                .filter(block -> block.label().equals(PemBlock.EC_PARAMETERS))
                .map(PemBlock::content)
                .findFirst();
    }

    private Pkcs8 decrypt(PemBlock block) throws UnusableCertificateException {
        if (password.isEmpty()) {
            throw file.fault("The key is encrypted, and no password is set.", "Set it as server.tls.key-password.");
        }
        try {
            return EncryptedKey.decrypt(block.content(), password.get());
        } catch (UnrecoverableKeyException wrong) {
            throw file.fault("The password doesn't open the key.", "Try it: openssl pkey -noout -in " + file.quoted());
        } catch (GeneralSecurityException unknown) {
            throw file.fault("The key is encrypted in a way that isn't read here.", rewrite());
        }
    }

    private String rewrite() {
        return "Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + file.quoted() + " -out "
                + file.quoted(".pkcs8");
    }

    private UnusableCertificateException unreadable() {
        return file.fault(
                "The key can't be read.",
                "If openssl pkey -noout -in " + file.quoted()
                        + " can read it, rewrite it by: openssl pkcs8 -topk8 -nocrypt" + " -in " + file.quoted()
                        + " -out " + file.quoted(".pkcs8"));
    }
}
