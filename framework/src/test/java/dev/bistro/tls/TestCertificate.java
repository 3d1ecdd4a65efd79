package dev.bistro.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its key, which {@link TestAuthority} made.
 *
 * @param file in PEM: the certificate, and then those of the authorities between it and the root
 * @param key in PEM: PKCS#8, without a password
 */
public record TestCertificate(Path file, Path key) {
    /** The password of {@link #keyStore()}. */
    public static final String PASSWORD = "secret";

    private static final String QUICK = "JKS"; // PKCS12 makes passwords slow to guess

    /** The certificate in this file, with its key beside it: {@code privkey.pem} or the same name with {@code .key}. */
    public static TestCertificate at(Path file) {
        String name = file.getFileName().toString();
        String key = name.equals("fullchain.pem") ? "privkey.pem" : name.substring(0, name.lastIndexOf('.')) + ".key";
        return new TestCertificate(file, file.resolveSibling(key));
    }

    /** A copy of both files, which mustn't be there. */
    public TestCertificate copyTo(Path to) throws IOException {
        TestCertificate copy = at(to);
        Files.copy(file, copy.file);
        Files.copy(key, copy.key);
        return copy;
    }

    /** The same as a server reads it. */
    ServerCertificate read() {
        try {
            return CertificateReader.read(file, Optional.of(key), Optional.empty());
        } catch (UnusableCertificateException e) {
            throw new AssertionError(e);
        }
    }

    /** The certificate. */
    public X509Certificate x509() {
        return chain().get(0);
    }

    /** The certificate and those of the authorities between it and the root. */
    public List<X509Certificate> chain() {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key. */
    public PrivateKey privateKey() {
        try {
            String base64 = Files.readString(key).replaceAll("-----[A-Z ]+-----", "");
            var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            return KeyFactory.getInstance(x509().getPublicKey().getAlgorithm()).generatePrivate(encoded);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store with the key and the chain, and {@link #PASSWORD}. */
    public KeyStore keyStore() {
        return keyStore("PKCS12");
    }

    private KeyStore keyStore(String type) {
        try {
            KeyStore store = emptyStore(type);
            store.setKeyEntry("test", privateKey(), PASSWORD.toCharArray(), chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore emptyStore(String type) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDK's TLS with this certificate, which trusts the certificates of an authority. */
    public SSLContext context(TestAuthority trusted) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(QUICK), PASSWORD.toCharArray());
            KeyStore roots = emptyStore(QUICK);
            roots.setCertificateEntry("root", trusted.own().x509());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
