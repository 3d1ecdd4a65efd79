package dev.bistro.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies signatures of Ed25519 by the JDK: the library's own verifier needs one more library.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037#section-3.1">RFC 8037, section 3.1</a>
 */
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {
    private static final String NAME = "Ed25519";
    private static final int KEY_BYTES = 32;

    /** What stands before the 32 bytes of a key (RFC 8410, section 4). */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PublicKey key;

    Ed25519Verifier(PublicKey key) {
        super(Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));
        this.key = key;
    }

    /** The key of these bytes; empty if they are none. */
    static Optional<PublicKey> publicKey(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            return Optional.empty();
        }
        byte[] der = new byte[DER_PREFIX.length + KEY_BYTES];
        System.arraycopy(DER_PREFIX, 0, der, 0, DER_PREFIX.length);
        System.arraycopy(bytes, 0, der, DER_PREFIX.length, KEY_BYTES);
        try {
            return Optional.of(KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException notAKey) {
            return Optional.empty();
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        try {
            Signature verification = Signature.getInstance(NAME);
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(signature.decode());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
