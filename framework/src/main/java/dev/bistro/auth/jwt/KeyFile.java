package dev.bistro.auth.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * The keys of a set. One that isn't understood, as it is of a kind that is newer than this, takes none of the
     * others away (RFC 7517, section 5).
     *
     * @throws IllegalArgumentException if it is none
     */
    static List<VerificationKey> ofSet(String json) {
        List<Object> keys;
        try {
            keys = JSONObjectUtils.getJSONArray(JSONObjectUtils.parse(json), "keys");
        } catch (ParseException e) {
            throw new IllegalArgumentException("it is no set of keys", e);
        }
        if (keys == null) {
            throw new IllegalArgumentException("it is no set of keys");
        }
        return keys.stream()
                .flatMap(key -> ofSetMember(key).stream())
                .limit(MOST_KEYS)
                .toList();
    }

    private static Optional<VerificationKey> ofSetMember(Object key) {
        if (!(key instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        var named = new HashMap<String, Object>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        try {
            return VerificationKey.of(JWK.parse(named));
        } catch (ParseException | IllegalArgumentException | IllegalStateException notUnderstood) {
            return Optional.empty();
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
