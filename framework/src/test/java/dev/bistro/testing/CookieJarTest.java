package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.http.Headers;
import dev.bistro.testing.CookieJar.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of {@code Set-Cookie}, and where it is sent. */
class CookieJarTest {
    private static final String NONE = "none";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final CookieJar jar = new CookieJar(now::get);

    private void receive(String uri, String setCookie) {
        jar.store(destination(uri), Headers.of("Set-Cookie", setCookie));
    }

    private String sent(String uri) {
        return jar.addTo(Headers.empty(), destination(uri)).first("Cookie").orElse(NONE);
    }

    /** Of {@code https://a.example:8443/path?query}. */
    private static Destination destination(String uri) {
        String[] parts = uri.split("://", 2);
        int slash = parts[1].indexOf('/');
        Headers headers = Headers.of("Host", parts[1].substring(0, slash));
        return Destination.of(headers, parts[1].substring(slash), parts[0].equals("https"));
    }

    /** Which uri sets what; to which it is sent then, and what is sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # syntax
            http://a.example/     | a=1                                  | http://a.example/      | a=1
            http://a.example/     | `  a = 1 2  ; x`                     | http://a.example/      | a=1 2
            http://a.example/     | a=b=c                                | http://a.example/      | a=b=c
            http://a.example/     | a="1"                                | http://a.example/      | a="1"
            http://a.example/     | a=                                   | http://a.example/      | a=
            http://a.example/     | a                                    | http://a.example/      | a
            http://a.example/     | =a                                   | http://a.example/      | a
            http://a.example/     | =                                    | http://a.example/      | none
            http://a.example/     | ;                                    | http://a.example/      | none
            http://a.example/     | ; Path=/                             | http://a.example/      | none
            http://a.example/     | a=1; PATH=/x; path=/y                | http://a.example/y     | a=1
            http://a.example/     | a=1; Unknown; =; ;                   | http://a.example/      | a=1

            # host and domain
            http://a.example/     | a=1                                  | http://b.a.example/    | none
            http://a.example/     | a=1                                  | http://A.EXAMPLE:80/   | a=1
            http://a.example:81/  | a=1                                  | http://a.example:82/   | a=1
            http://a.example/     | a=1; Domain=                         | http://b.a.example/    | none
            http://a.example/     | a=1; Domain=a.example                | http://b.a.example/    | a=1
            http://a.example/     | a=1; Domain=.A.example               | http://b.a.example/    | a=1
            http://a.example/     | a=1; Domain=a.example                | http://ba.example/     | none
            http://b.a.example/   | a=1; Domain=a.example                | http://a.example/      | a=1
            http://a.example/     | a=1; Domain=b.a.example              | http://a.example/      | none
            http://a.example/     | a=1; Domain=b.a.example              | http://b.a.example/    | none
            http://a.example/     | a=1; Domain=other.example            | http://other.example/  | none
            http://a.example/     | a=1; Domain=example                  | http://a.example/      | none
            http://localhost/     | a=1; Domain=localhost                | http://localhost/      | a=1
            http://localhost/     | a=1; Domain=localhost                | http://b.localhost/    | none
            http://127.0.0.1/     | a=1; Domain=127.0.0.1                | http://127.0.0.1/      | a=1
            http://127.0.0.1/     | a=1; Domain=0.0.1                    | http://127.0.0.1/      | none
            http://[::1]:80/      | a=1                                  | http://[::1]/          | a=1

            # path
            http://a.example/x/y  | a=1                                  | http://a.example/x/z   | a=1
            http://a.example/x/y  | a=1                                  | http://a.example/x     | a=1
            http://a.example/x/y  | a=1                                  | http://a.example/      | none
            http://a.example/x    | a=1                                  | http://a.example/      | a=1
            http://a.example/x/y  | a=1; Path=/                          | http://a.example/      | a=1
            http://a.example/x/y  | a=1; Path=x                          | http://a.example/x/z   | a=1
            http://a.example/     | a=1; Path=/x                         | http://a.example/x     | a=1
            http://a.example/     | a=1; Path=/x                         | http://a.example/x/y?q | a=1
            http://a.example/     | a=1; Path=/x                         | http://a.example/xy    | none
            http://a.example/     | a=1; Path=/x/                        | http://a.example/x     | none
            http://a.example/     | a=1; Path=/x/                        | http://a.example/x/y   | a=1
            http://a.example/     | a=1; Path=/x                         | http://a.example/x?q=/ | a=1

            # scheme, SameSite and prefixes
            https://a.example/    | a=1; Secure                          | https://a.example/     | a=1
            https://a.example/    | a=1; Secure                          | http://a.example/      | none
            https://a.example/    | a=1                                  | http://a.example/      | a=1
            http://a.example/     | a=1; Secure                          | https://a.example/     | none
            http://a.example/     | a=1; SameSite=None                   | http://a.example/      | none
            https://a.example/    | a=1; SameSite=None; Secure           | https://a.example/     | a=1
            http://a.example/     | a=1; HttpOnly; SameSite=Strict       | http://a.example/      | a=1
            https://a.example/    | __Secure-a=1; Secure                 | https://a.example/     | __Secure-a=1
            https://a.example/    | __Secure-a=1                         | https://a.example/     | none
            https://a.example/    | __Host-a=1; Secure; Path=/           | https://a.example/     | __Host-a=1
            https://a.example/    | __Host-a=1; Path=/                   | https://a.example/     | none
            https://a.example/    | __Host-a=1; Secure                   | https://a.example/     | none
            https://a.example/    | __Host-a=1; Secure; Path=/x          | https://a.example/x    | none
            https://a.example/    | __host-A=1; Secure; Path=/x          | https://a.example/x    | none
            https://a.example/    | __Host-a=1; Secure; Path=/; Domain=a.example | https://a.example/ | none
            https://a.example/    | =__Host-a=1; Secure; Path=/          | https://a.example/     | none

            # expiry
            http://a.example/     | a=1; Max-Age=1                       | http://a.example/      | a=1
            http://a.example/     | a=1; Max-Age=0                       | http://a.example/      | none
            http://a.example/     | a=1; Max-Age=-1                      | http://a.example/      | none
            http://a.example/     | a=1; Max-Age=x                       | http://a.example/      | a=1
            http://a.example/     | a=1; Max-Age=99999999999999999999    | http://a.example/      | a=1
            http://a.example/     | a=1; Max-Age=-99999999999999999999   | http://a.example/      | none
            http://a.example/     | a=1; Expires=Sat, 31 Jan 2026 12:00:01 GMT | http://a.example/ | a=1
            http://a.example/     | a=1; Expires=Sat, 31 Jan 2026 12:00:00 GMT | http://a.example/ | none
            http://a.example/     | a=1; Expires=Sunday, 06-Nov-94 08:49:37 GMT | http://a.example/ | none
            http://a.example/     | a=1; Expires=soon                    | http://a.example/      | a=1
            http://a.example/     | a=1; Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT | http://a.example/ | a=1
            http://a.example/     | a=1; Max-Age=0; Expires=Thu, 01 Jan 2099 00:00:00 GMT | http://a.example/ | none
            """)
    void keepsAndSendsAsABrowserDoes(String from, String setCookie, String to, String expected) {
        receive(from, setCookie);
        assertEquals(expected, sent(to));
    }

    @Test
    void keepsNoControlCharactersAndNothingTooLong() {
        receive("http://a.example/", "a=" + "x".repeat(4095));
        assertEquals("a=" + "x".repeat(4095), sent("http://a.example/"));
        receive("http://a.example/", "b=" + "x".repeat(4096));
        receive("http://a.example/", "c=1; Path=/" + "x".repeat(1024));
        assertEquals(Optional.empty(), jar.value("b"));
        assertEquals(Optional.of("1"), jar.value("c"));
        assertEquals(Optional.empty(), SetCookie.parse("a=1\u0001"));
        assertEquals("1\t2", SetCookie.parse("a=1\t2").orElseThrow().value());
    }

    @Test
    void replacesAndExpires() {
        receive("http://a.example/", "a=1; Max-Age=60");
        receive("http://a.example/", "b=1");
        receive("http://a.example/", "a=2; Max-Age=60");
        assertEquals("a=2; b=1", sent("http://a.example/"));
        now.set(now.get().plusSeconds(60));
        assertEquals("b=1", sent("http://a.example/"));
        assertEquals(Optional.empty(), jar.value("a"));
        receive("http://a.example/", "c=1; Max-Age=999999999");
        receive("http://a.example/", "d=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT");
        now.set(now.get().plus(Duration.ofDays(400)));
        assertEquals("b=1", sent("http://a.example/"), "nothing is kept for more than 400 days");
    }

    @Test
    void sendsLongerPathsFirstAndThenWhatWasSetFirst() {
        receive("http://a.example/", "a=root");
        receive("http://a.example/", "b=root");
        receive("http://a.example/x/", "a=x");
        assertEquals("a=x; a=root; b=root", sent("http://a.example/x/"));
        assertEquals(Optional.of("x"), jar.value("a"));
    }

    @Test
    void keepsASecureCookieFromBeingHiddenWithoutTls() {
        receive("https://a.example/", "a=safe; Secure; Path=/login");
        receive("http://a.example/", "a=bad; Path=/login/x");
        receive("http://b.a.example/", "a=bad; Path=/login; Domain=a.example");
        assertEquals("a=safe", sent("https://a.example/login/x"));
        receive("http://a.example/", "a=shorter; Path=/");
        receive("https://a.example/", "a=new; Path=/login");
        assertEquals("a=new; a=shorter", sent("http://a.example/login"));
    }

    @Test
    void addsToWhatARequestHasOfItsOwn() {
        receive("http://a.example/", "a=1");
        receive("http://a.example/", "b=1");
        Headers own = Headers.of("Cookie", "b=2; c=3");
        Headers all = jar.addTo(own, destination("http://a.example/"));
        assertEquals("a=1; b=2; c=3", String.join(" | ", all.all("Cookie")));
    }
}
