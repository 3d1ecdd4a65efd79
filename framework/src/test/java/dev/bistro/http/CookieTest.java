package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Cookie.SameSite;
import dev.bistro.http.spi.CookieHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
    private static final Cookie THEME = Cookie.of("theme", "dark");

    @Test
    void isGuardedUnlessSaidOtherwise() {
        assertEquals("theme=dark; Path=/; HttpOnly; SameSite=Lax", THEME.headerValue());
    }

    @Test
    void writesAllAttributes() {
        Cookie cookie = THEME.withPath("/shop")
                .withDomain("example.com")
                .withMaxAge(Duration.ofDays(30))
                .withSecure(true)
                .withHttpOnly(false)
                .withSameSite(SameSite.STRICT);
        assertEquals(
                "theme=dark; Path=/shop; Domain=example.com; Max-Age=2592000; Secure; SameSite=Strict",
                cookie.headerValue());
    }

    @Test
    void changesLeaveTheOriginalAsItWas() {
        String before = THEME.headerValue();
        THEME.withPath("/x").withSecure(true).withHttpOnly(false).withMaxAge(Duration.ZERO);
        assertEquals(before, THEME.headerValue());
    }

    @Test
    void tellsItsParts() {
        Cookie cookie = THEME.withDomain("example.com").withMaxAge(Duration.ofHours(1));
        assertEquals("theme", cookie.name());
        assertEquals("dark", cookie.value());
        assertEquals("/", cookie.path());
        assertEquals(Optional.of("example.com"), cookie.domain());
        assertEquals(Optional.of(Duration.ofHours(1)), cookie.maxAge());
        assertFalse(cookie.isSecure());
        assertTrue(cookie.isHttpOnly());
        assertEquals(SameSite.LAX, cookie.sameSite());
        assertEquals(Optional.empty(), THEME.domain());
        assertEquals(Optional.empty(), THEME.maxAge());
    }

    @Test
    void equalCookiesAreWrittenAlike() {
        assertEquals(Cookie.of("a", "1").withSecure(true), Cookie.of("a", "1").withSecure(true));
        assertEquals(Cookie.of("a", "1").hashCode(), Cookie.of("a", "1").hashCode());
        assertNotEquals(Cookie.of("a", "1"), Cookie.of("a", "2"));
        assertNotEquals(Cookie.of("a", "1"), Cookie.of("a", "1").withPath("/a"));
    }

    @Test
    void itsTextKeepsTheValueASecret() {
        assertEquals(
                "sid=...; Path=/; HttpOnly; SameSite=Lax",
                Cookie.of("sid", "31d4d96e").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a=b", "a;b", "a,b", "a\r\n", "é", "(a)", "a\0"})
    void rejectsNamesThatAreNoTokens(String name) {
        assertThrows(IllegalArgumentException.class, () -> Cookie.of(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a b",
                "a;b",
                "a; Domain=evil.example",
                "a,b",
                "a\"b",
                "\"a\"",
                "a\\b",
                "a\r\nB: c",
                "a\0",
                "a\u007f",
                "é",
                "a\t"
            })
    void rejectsValuesThatACookieCannotHave(String value) {
        assertThrows(IllegalArgumentException.class, () -> Cookie.of("a", value));
    }

    @Test
    void saysWhichCharacterIsWrongWithoutTellingTheValue() {
        var fault = assertThrows(IllegalArgumentException.class, () -> Cookie.of("sid", "secret;"));
        assertEquals(
                "The value of cookie sid has U+003B at index 6, which no cookie may have (RFC 6265, section 4.1.1):"
                        + " encode it first, in Base64url or with URLEncoder",
                fault.getMessage());
    }

    @Test
    void takesEveryOtherCharacter() {
        String octets = "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
        Cookie cookie = Cookie.of("a", octets);
        String sentBack = cookie.headerValue().replaceFirst(";.*", "");
        assertEquals(Optional.of(octets), new CookieHeader(List.of(sentBack)).first("a"));
        assertEquals("a=; Path=/; HttpOnly; SameSite=Lax", Cookie.of("a", "").headerValue());
    }

    @Test
    void rejectsWhatBrowsersWouldDropForItsSize() {
        assertEquals(4095, Cookie.of("a", "x".repeat(4095)).value().length());
        assertThrows(IllegalArgumentException.class, () -> Cookie.of("a", "x".repeat(4096)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "/a;b", "/a\r\n", "/a\0", "/é", "; Secure"})
    void rejectsPathsThatAreNone(String path) {
        assertThrows(IllegalArgumentException.class, () -> THEME.withPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".example.com",
                "example..com",
                "example.com.",
                "a b",
                "a;b",
                "exa\r\nmple",
                "bücher.example",
                "http://a",
                "a:80",
                "-a.b"
            })
    void rejectsDomainsThatAreNone(String domain) {
        assertThrows(IllegalArgumentException.class, () -> THEME.withDomain(domain));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0",
        "PT0.001S, 1",
        "PT1S, 1",
        "PT1.5S, 2",
        "P400D, 34560000",
        "PT9223372036854775807.999S, 9223372036854775807"
    })
    void roundsItsAgeUpToSeconds(Duration age, String seconds) {
        assertEquals(
                "theme=dark; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax",
                THEME.withMaxAge(age).headerValue());
    }

    @Test
    void rejectsANegativeAge() {
        assertThrows(IllegalArgumentException.class, () -> THEME.withMaxAge(Duration.ofNanos(-1)));
    }

    @Test
    void sentFromOtherSitesItIsSecure() {
        Cookie cookie = THEME.withSameSite(SameSite.NONE);
        assertEquals("theme=dark; Path=/; Secure; HttpOnly; SameSite=None", cookie.headerValue());
        assertThrows(IllegalArgumentException.class, () -> cookie.withSecure(false));
        assertFalse(cookie.withSameSite(SameSite.LAX).withSecure(false).isSecure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"__Secure-id", "__secure-id", "__Host-id", "__HOST-id"})
    void prefixesMakeItSecure(String name) {
        Cookie cookie = Cookie.of(name, "1");
        assertEquals(name + "=1; Path=/; Secure; HttpOnly; SameSite=Lax", cookie.headerValue());
        assertThrows(IllegalArgumentException.class, () -> cookie.withSecure(false));
    }

    @Test
    void aHostCookieHasNoDomainAndNoOtherPath() {
        Cookie cookie = Cookie.of("__Host-id", "1");
        assertThrows(IllegalArgumentException.class, () -> cookie.withDomain("example.com"));
        assertThrows(IllegalArgumentException.class, () -> cookie.withPath("/shop"));
        assertEquals("/", cookie.withPath("/").path());
    }

    @Test
    void aSecureCookieMayHaveADomainAndAPath() {
        assertEquals(
                "__Secure-id=1; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=Lax",
                Cookie.of("__Secure-id", "1")
                        .withDomain("example.com")
                        .withPath("/shop")
                        .headerValue());
    }
}
