package dev.bistro.http.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.http.Cookies;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CookieHeaderTest {
    private static Cookies cookies(String... fieldValues) {
        return new CookieHeader(List.of(fieldValues));
    }

    @Test
    void readsPairs() {
        Cookies cookies = cookies("theme=dark; SID=31d4d96e407aad42");
        assertEquals(Optional.of("dark"), cookies.first("theme"));
        assertEquals(Optional.of("31d4d96e407aad42"), cookies.first("SID"));
        assertEquals(Optional.empty(), cookies.first("sid"));
        assertEquals(List.of(), cookies.all("sid"));
    }

    @Test
    void keepsTheOrderOfEqualNames() {
        Cookies cookies = cookies("a=1; b=2; a=3", "a=4");
        assertEquals(List.of("1", "3", "4"), cookies.all("a"));
        assertEquals(Optional.of("1"), cookies.first("a"));
    }

    @Test
    void takesValuesAsTheyAre() {
        assertEquals(Optional.of("a=b%20c"), cookies("x=a=b%20c").first("x"));
        assertEquals(Optional.of(""), cookies("x=").first("x"));
        assertEquals(
                Optional.of("{\"a\":1,\"b\":2}"), cookies("x={\"a\":1,\"b\":2}").first("x"));
    }

    @Test
    void takesAwayTheQuotesAroundAValue() {
        assertEquals(Optional.of("a b"), cookies("x=\"a b\"").first("x"));
        assertEquals(Optional.of(""), cookies("x=\"\"").first("x"));
        assertEquals(Optional.of("\""), cookies("x=\"").first("x"));
        assertEquals(Optional.of("\"a"), cookies("x=\"a").first("x"));
    }

    @Test
    void passesOverWhatIsNoPair() {
        Cookies cookies = cookies("garbage; =1; a b=2; ;; c=3;\td=4 ;e[]=5", "");
        assertEquals(Optional.of("3"), cookies.first("c"));
        assertEquals(Optional.of("4"), cookies.first("d"));
        assertEquals(Optional.empty(), cookies.first("garbage"));
        assertEquals(Optional.empty(), cookies.first(""));
        assertEquals(Optional.empty(), cookies.first("a b"));
        assertEquals(Optional.empty(), cookies.first("e[]"));
    }
}
