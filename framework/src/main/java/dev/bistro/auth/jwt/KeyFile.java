package dev.bistro.auth.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys from texts: public keys and certificates as PEM (RFC 7468), or a set of keys as JSON (RFC 7517). */
final class KeyFile {
    /** More keys than these aren't read: each may be tried for a token. */
    private static final int MOST_KEYS = 32;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private KeyFile() {}

    /**
     * The keys of a file; those that can't be used are left out.
     *
     * @throws IllegalArgumentException if it is none of both kinds
     */
    static List<VerificationKey> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.strip().startsWith("{") ? ofSet(text) : ofPem(text);
    }

    /**
     * The keys of a set.
     *
     * @throws IllegalArgumentException if it is none
     */
    static List<VerificationKey> ofSet(String json) {
        try {
            return JWKSet.parse(json).getKeys().stream()
                    .flatMap(key -> VerificationKey.of(key).stream())
                    .limit(MOST_KEYS)
                    .toList();
        } catch (ParseException e) {
            throw new IllegalArgumentException("it is no set of keys", e);
        }
    }

    private static List<VerificationKey> ofPem(String text) {
        var keys = new ArrayList<VerificationKey>();
        Matcher blocks = PEM.matcher(text);
        while (blocks.find() && keys.size() < MOST_KEYS) {
            byte[] bytes = Base64.getMimeDecoder().decode(blocks.group(2));
            PublicKey key = blocks.group(1).equals("CERTIFICATE") ? ofCertificate(bytes) : ofBytes(bytes);
            VerificationKey.of(key).ifPresent(keys::add);
        }
        return keys;
    }

    private static PublicKey ofCertificate(byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate in it is damaged", e);
        }
    }

    private static PublicKey ofBytes(byte[] bytes) {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(bytes));
            } catch (GeneralSecurityException ofAnotherKind) {
                continue;
            }
        }
        throw new IllegalArgumentException("a key in it is damaged, or of another kind");
    }
}
