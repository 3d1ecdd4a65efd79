package dev.bistro.session.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sealed is opened, and nothing else. */
class CookieSealTest {
    private static final String NAME = "__Host-session";
    private static final byte[] CONTENT = "the content of a session".getBytes(StandardCharsets.UTF_8);
    private static final String OLD = "an old secret of 32 bytes, or so";
    private static final String NEW = "the new secret that is long enough";
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ .%,\u00e9";

    private final CookieSeal seal = of(OLD);
    private final String sealed = seal.seal(NAME, CONTENT);

    private static CookieSeal of(String... secrets) {
        return new CookieSeal(Stream.of(secrets)
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 15, 16, 17, 255, 2900})
    void opensWhatWasSealed(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);
        String value = seal.seal(NAME, content);
        assertArrayEquals(content, seal.open(NAME, value).orElseThrow());
        assertEquals(value.length(), CookieSeal.sealedLength(length));
        assertTrue(value.matches("[A-Za-z0-9_-]+"), value);
    }

    @Test
    void opensNothingWithAnotherCharacterAnywhere() {
        for (int at = 0; at < sealed.length(); at++) {
            for (char c : ALPHABET.toCharArray()) {
                String other = sealed.substring(0, at) + c + sealed.substring(at + 1);
                assertEquals(other.equals(sealed), seal.open(NAME, other).isPresent(), other);
            }
        }
    }

    @Test
    void opensNothingWithAnotherBitAnywhere() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] other = bytes.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            String value = Base64.getUrlEncoder().withoutPadding().encodeToString(other);
            assertEquals(Optional.empty(), seal.open(NAME, value), "bit " + bit);
        }
    }

    @Test
    void opensNothingThatIsShorterOrLonger() {
        for (int end = 0; end < sealed.length(); end++) {
            assertFalse(seal.open(NAME, sealed.substring(0, end)).isPresent());
            assertFalse(seal.open(NAME, sealed.substring(end)).isPresent() && end > 0);
        }
        for (String more : new String[] {"A", "AA", "AAAA", "=", "==", ".", sealed, "A".repeat(5000)}) {
            assertFalse(seal.open(NAME, sealed + more).isPresent(), more);
            assertFalse(seal.open(NAME, more + sealed).isPresent(), more);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A",
                "AQ",
                "nobody",
                "\u0000",
                "\uD800",
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void opensNothingElse(String value) {
        assertEquals(Optional.empty(), seal.open(NAME, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "__Host-sessioN", "__Host-session2", "", "_Host-session"})
    void isForTheCookieOfItsNameAlone(String name) {
        assertEquals(Optional.empty(), seal.open(name, sealed));
    }

    @Test
    void sealsWithTheFirstSecretAndOpensWithAll() {
        CookieSeal rotated = of(NEW, OLD);
        assertArrayEquals(CONTENT, rotated.open(NAME, sealed).orElseThrow());
        String newer = rotated.seal(NAME, CONTENT);
        assertArrayEquals(CONTENT, rotated.open(NAME, newer).orElseThrow());
        assertArrayEquals(CONTENT, of(NEW).open(NAME, newer).orElseThrow());
        assertEquals(Optional.empty(), seal.open(NAME, newer));
        assertEquals(Optional.empty(), of(NEW).open(NAME, sealed));
    }

    @Test
    void sealsTheSameEachTimeAnew() {
        String again = seal.seal(NAME, CONTENT);
        assertNotEquals(sealed.substring(7), again.substring(7)); // after version and id of the secret
        assertEquals(sealed.substring(0, 6), again.substring(0, 6));
    }
}
