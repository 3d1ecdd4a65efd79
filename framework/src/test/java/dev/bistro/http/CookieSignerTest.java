package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieSignerTest {
    private static final String OLD = "an old secret of 32 bytes, or so";
    private static final String NEW = "the new secret that is long enough";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final CookieSigner signer = at(NOW, OLD);

    private static CookieSigner at(Instant time, String... secrets) {
        return CookieSigner.of(List.of(secrets)).withClock(Clock.fixed(time, ZoneOffset.UTC));
    }

    private String signed() {
        return signer.sign(Cookie.of("user", "4.2"), Duration.ofHours(1)).value();
    }

    private static Optional<String> verify(CookieSigner signer, String name, String... values) {
        return signer.verify(asked -> asked.equals(name) ? List.of(values) : List.of(), name);
    }

    @Test
    void givesBackWhatItSigned() {
        assertEquals(Optional.of("4.2"), verify(signer, "user", signed()));
        Cookie empty = signer.sign(Cookie.of("user", ""), Duration.ofHours(1));
        assertEquals(Optional.of(""), verify(signer, "user", empty.value()));
    }

    @Test
    void signsNameValueAndExpiry() throws Exception {
        String[] parts = signed().split("\\.");
        assertEquals(String.valueOf(NOW.plusSeconds(3600).getEpochSecond()), parts[2]);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(OLD.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal(("bistro-cookie-1\nuser=4.2." + parts[2]).getBytes(StandardCharsets.UTF_8));
        assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(hash), parts[3]);
    }

    @Test
    void keepsTheAttributes() {
        Cookie cookie = Cookie.of("user", "1").withPath("/shop").withMaxAge(Duration.ofDays(1));
        String header = signer.sign(cookie, Duration.ofHours(1)).headerValue();
        assertTrue(header.endsWith("; Path=/shop; Max-Age=86400; HttpOnly; SameSite=Lax"), header);
    }

    @Test
    void refusesAnythingThatWasChanged() {
        String signed = signed();
        for (int i = 0; i < signed.length() - 1; i++) { // the last character of Base64 has bits that count for nothing
            char other = signed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = signed.substring(0, i) + other + signed.substring(i + 1);
            assertEquals(Optional.empty(), verify(signer, "user", changed), changed);
        }
        assertEquals(Optional.empty(), verify(signer, "other", signed), "it is another cookie's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a",
                "a.b",
                "a.1795592400.",
                "a.1795592400.*",
                "a.x.AAAA",
                "1795592400.AAAA"
            })
    void refusesWhatIsNotSigned(String value) {
        assertEquals(Optional.empty(), verify(signer, "user", value));
    }

    @Test
    void refusesWhatHasExpired() {
        String signed = signed();
        assertEquals(Optional.of("4.2"), verify(at(NOW.plusSeconds(3599), OLD), "user", signed));
        assertEquals(Optional.empty(), verify(at(NOW.plusSeconds(3600), OLD), "user", signed));
    }

    @Test
    void takesTheFirstThatIsSignedWhereThereAreSeveral() {
        assertEquals(Optional.of("4.2"), verify(signer, "user", "7.1.AAAA", signed(), "x"));
    }

    @Test
    void verifiesByAnOldSecretAndSignsByTheNewOne() {
        String old = signed();
        CookieSigner rotated = at(NOW, NEW, OLD);
        assertEquals(Optional.of("4.2"), verify(rotated, "user", old));
        String fresh =
                rotated.sign(Cookie.of("user", "4.2"), Duration.ofHours(1)).value();
        assertNotEquals(old, fresh);
        assertEquals(Optional.of("4.2"), verify(at(NOW, NEW), "user", fresh));
        assertEquals(Optional.empty(), verify(at(NOW, NEW), "user", old), "the old secret was taken away");
        assertEquals(Optional.empty(), verify(signer, "user", fresh));
    }

    @Test
    void wantsSecretsThatAreLongEnough() {
        assertThrows(IllegalArgumentException.class, () -> CookieSigner.of(List.of()));
        String message = assertThrows(IllegalArgumentException.class, () -> CookieSigner.of(List.of(NEW, "é secret")))
                .getMessage();
        assertEquals("Secret 2 of 2 has 9 bytes; to sign cookies it takes 32", message);
    }
}
