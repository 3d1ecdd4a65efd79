package dev.bistro.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the only key of a PKCS12 store (RFC 7292), with its certificates. */
final class StoreReader {
    /**
     * What is there under one name.
     *
     * @param chain the key's certificates, its own first; empty if the store has none for the key
     */
    record Entry(List<X509Certificate> chain, PrivateKey key) {}

    private final TlsFile file;
    private final Optional<String> password;

    private StoreReader(TlsFile file, Optional<String> password) {
        this.file = file;
        this.password = password;
    }

    /** Reads the store; without a password it must be one that has none, or the empty one. */
    static Entry read(TlsFile file, Optional<String> password) throws UnusableCertificateException {
        var reader = new StoreReader(file, password);
        return reader.onlyEntry(reader.entries());
    }

    private Entry onlyEntry(List<Entry> entries) throws UnusableCertificateException {
        if (entries.isEmpty()) {
            throw file.fault(
                    "The store has no private key that Java can read.", pemInstead() + ", which shows what it has.");
        }
        if (entries.size() > 1) {
            throw file.fault(
                    "The store has " + entries.size() + " keys, and nothing says which one to use.",
                    "Keep one of them: keytool -delete -alias NAME -keystore " + file.quoted());
        }
        return entries.get(0);
    }

    private List<Entry> entries() throws UnusableCertificateException {
        char[] characters = password.orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file.content()), characters);
            var entries = new ArrayList<Entry>();
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, characters) : null;
                if (key instanceof PrivateKey privateKey) {
                    entries.add(new Entry(chain(store.getCertificateChain(alias)), privateKey));
                }
            }
            return entries;
        } catch (UnrecoverableKeyException otherPassword) {
            throw file.fault(
                    "The store's key has another password than the store, or is of an unknown kind.", pemInstead());
        } catch (IOException refused) {
            throw refused.getCause() instanceof UnrecoverableKeyException ? wrongPassword() : unreadable();
        } catch (GeneralSecurityException | RuntimeException damaged) { // the JDK's reader has both for damaged stores
            throw unreadable();
        }
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        var chain = new ArrayList<X509Certificate>();
        for (Certificate certificate : certificates == null ? new Certificate[0] : certificates) {
            chain.add((X509Certificate) certificate);
        }
        return chain;
    }

    private UnusableCertificateException wrongPassword() {
        if (password.isEmpty()) {
            return file.fault("The store needs a password, and none is set.", "Set it as server.tls.key-password.");
        }
        boolean isAscii = password.get().chars().allMatch(character -> character >= ' ' && character <= '~');
        return file.fault(
                "The password doesn't open the store.",
                isAscii
                        ? "Try it: openssl pkcs12 -noout -in " + file.quoted()
                        : "Older versions of Java take only ASCII characters in it. " + pemInstead());
    }

    private UnusableCertificateException unreadable() {
        return file.fault(
                "The store can't be read by Java: it is damaged, or encrypted in a way that isn't known.",
                pemInstead());
    }

    private String pemInstead() {
        return "Make a PEM file of it: openssl pkcs12 -in " + file.quoted() + " -out " + file.quoted(".pem");
    }
}
