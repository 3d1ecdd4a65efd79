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
        assertEquals(Optional.of("dark"), cookies.get("theme"));
        assertEquals(Optional.of("31d4d96e407aad42"), cookies.get("SID"));
        assertEquals(Optional.empty(), cookies.get("sid"));
        assertEquals(List.of(), cookies.all("sid"));
    }

    @Test
    void keepsTheOrderOfEqualNames() {
        Cookies cookies = cookies("a=1; b=2; a=3", "a=4");
        assertEquals(List.of("1", "3", "4"), cookies.all("a"));
        assertEquals(Optional.of("1"), cookies.get("a"));
    }

    @Test
    void takesValuesAsTheyAre() {
        assertEquals(Optional.of("a=b%20c"), cookies("x=a=b%20c").get("x"));
        assertEquals(Optional.of(""), cookies("x=").get("x"));
        assertEquals(
                Optional.of("{\"a\":1,\"b\":2}"), cookies("x={\"a\":1,\"b\":2}").get("x"));
    }

    @Test
    void takesAwayTheQuotesAroundAValue() {
        assertEquals(Optional.of("a b"), cookies("x=\"a b\"").get("x"));
        assertEquals(Optional.of(""), cookies("x=\"\"").get("x"));
        assertEquals(Optional.of("\""), cookies("x=\"").get("x"));
        assertEquals(Optional.of("\"a"), cookies("x=\"a").get("x"));
    }

    @Test
    void passesOverWhatIsNoPair() {
        Cookies cookies = cookies("garbage; =1; a b=2; ;; c=3;\td=4 ;e[]=5", "");
        assertEquals(Optional.of("3"), cookies.get("c"));
        assertEquals(Optional.of("4"), cookies.get("d"));
        assertEquals(Optional.empty(), cookies.get("garbage"));
        assertEquals(Optional.empty(), cookies.get(""));
        assertEquals(Optional.empty(), cookies.get("a b"));
        assertEquals(Optional.empty(), cookies.get("e[]"));
    }
}
