package dev.bistro.session.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealKeyTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits == null ? "" : digits);
    }

    /** The test vectors of RFC 5869, appendix A, for SHA-256; of the output, the first 32 bytes. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,"
                + "0000000000000000000000000000000000000000000000000000000000000000,,"
                + "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
                + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    })
    void derivesAsTheStandardSays(String secret, String salt, String info, String pseudorandomKey, String output) {
        byte[] extracted = SealKey.extract(hex(salt), hex(secret));
        assertEquals(pseudorandomKey, HexFormat.of().formatHex(extracted));
        assertEquals(output, HexFormat.of().formatHex(SealKey.expand(extracted, hex(info))));
    }

    @Test
    void hasAnIdOfItsSecretAndAKeyOfEachSalt() {
        SealKey key = SealKey.of("a secret of thirty-two bytes or so".getBytes(StandardCharsets.UTF_8));
        SealKey other = SealKey.of("another secret of 32 bytes or more".getBytes(StandardCharsets.UTF_8));
        assertTrue(key.hasId(key.id()));
        assertFalse(key.hasId(other.id()));
        assertEquals(key.ofCookie(new byte[12]), key.ofCookie(new byte[12]));
        assertNotEquals(key.ofCookie(new byte[12]), key.ofCookie(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
        assertNotEquals(key.ofCookie(new byte[12]), other.ofCookie(new byte[12]));
        assertEquals(32, key.ofCookie(new byte[12]).getEncoded().length);
    }
}
