package dev.bistro.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts a key of PKCS#8 with its password. PBES2 (RFC 8018, 6.2) is read here, since the JDK takes only passwords of
 * ASCII characters for it, and doesn't know Triple DES there, which OpenSSL wrote for long:
 *
 * <pre>
 *   { PBES2, { PBKDF2, { salt, iterations, length of key?, { hash }? } }, { cipher, start vector } }, encrypted key
 * </pre>
 */
final class EncryptedKey {
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";

    /** Some seconds. Only a file that is damaged has more. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final String DEFAULT_HASH = "1.2.840.113549.2.7";
    private static final Map<String, String> HASHES = Map.of(
            DEFAULT_HASH,
            "SHA1",
            "1.2.840.113549.2.8",
            "SHA224",
            "1.2.840.113549.2.9",
            "SHA256",
            "1.2.840.113549.2.10",
            "SHA384",
            "1.2.840.113549.2.11",
            "SHA512");

    private record BlockCipher(String name, int keyBits) {}

    private static final Map<String, BlockCipher> CIPHERS = Map.of(
            "2.16.840.1.101.3.4.1.2", new BlockCipher("AES", 128),
            "2.16.840.1.101.3.4.1.22", new BlockCipher("AES", 192),
            "2.16.840.1.101.3.4.1.42", new BlockCipher("AES", 256),
            "1.2.840.113549.3.7", new BlockCipher("DESede", 192));

    private EncryptedKey() {}

    /**
     * Decrypts.
     *
     * @throws UnrecoverableKeyException if the password is wrong
     * @throws GeneralSecurityException if the way in which it is encrypted is unknown
     */
    static Pkcs8 decrypt(byte[] encoded, String password) throws GeneralSecurityException {
        DerElement whole = DerElement.of(encoded);
        DerElement algorithm = whole.child(0, Der.SEQUENCE);
        byte[] encrypted = whole.child(1, Der.OCTET_STRING).content();
        var spec = new PBEKeySpec(password.toCharArray());
        boolean isPbes2 = algorithm.child(0, Der.OID).oid().equals(PBES2);
        Cipher cipher = isPbes2 ? pbes2(algorithm.child(1, Der.SEQUENCE), password) : pbes1(encoded, spec);
        byte[] decrypted;
        try {
            decrypted = cipher.doFinal(encrypted);
        } catch (BadPaddingException wrongPassword) {
            throw new UnrecoverableKeyException();
        }
        try {
            return Pkcs8.parse(decrypted);
        } catch (GeneralSecurityException wrongPassword) { // one of 256 has the right padding by chance
            throw new UnrecoverableKeyException();
        }
    }

    private static Cipher pbes2(DerElement parameters, String password) throws GeneralSecurityException {
        DerElement derivation = parameters.child(0, Der.SEQUENCE);
        DerElement encryption = parameters.child(1, Der.SEQUENCE);
        BlockCipher kind = CIPHERS.get(encryption.child(0, Der.OID).oid());
        if (kind == null || !derivation.child(0, Der.OID).oid().equals(PBKDF2)) {
            throw DerElement.malformed();
        }
        byte[] key = derive(derivation.child(1, Der.SEQUENCE), password, kind.keyBits);
        Cipher cipher = Cipher.getInstance(kind.name + "/CBC/PKCS5Padding");
        var start = new IvParameterSpec(encryption.child(1, Der.OCTET_STRING).content());
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, kind.name), start);
        return cipher;
    }

    private static byte[] derive(DerElement parameters, String password, int bits) throws GeneralSecurityException {
        byte[] salt = parameters.child(0, Der.OCTET_STRING).content();
        int iterations = parameters.child(1, Der.INTEGER).smallInteger();
        String hash = DEFAULT_HASH;
        for (DerElement part : parameters.children()) {
            hash = part.tag() == Der.SEQUENCE ? part.child(0, Der.OID).oid() : hash;
        }
        if (!HASHES.containsKey(hash) || salt.length == 0 || iterations < 1 || iterations > MOST_ITERATIONS) {
            throw DerElement.malformed();
        }
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bits);
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmac" + HASHES.get(hash));
        return factory.generateSecret(spec).getEncoded();
    }

    /** The older ways, each with a name of its own, of which the JDK knows most. */
    private static Cipher pbes1(byte[] encoded, PBEKeySpec spec) throws GeneralSecurityException {
        try {
            var info = new EncryptedPrivateKeyInfo(encoded);
            Cipher cipher = Cipher.getInstance(info.getAlgName());
            SecretKeyFactory factory = SecretKeyFactory.getInstance(info.getAlgName());
            cipher.init(Cipher.DECRYPT_MODE, factory.generateSecret(spec), info.getAlgParameters());
            return cipher;
        } catch (IOException malformed) {
            throw DerElement.malformed();
        }
    }
}
