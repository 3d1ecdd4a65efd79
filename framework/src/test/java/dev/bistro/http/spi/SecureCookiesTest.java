package dev.bistro.http.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bistro.http.Cookie;
import dev.bistro.http.Response;
import dev.bistro.testing.MockRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecureCookiesTest {
    @Test
    void makesEachCookieSecure() {
        Response<String> response = Response.ok("x")
                .withCookie(Cookie.of("a", "Secure"))
                .withHeader("X-Other", "b")
                .withCookie(Cookie.of("__Host-c", "d"))
                .withCookie(Cookie.of("open", "e").withSecure(false))
                .plusHeader("set-cookie", "by=hand; secure");
        assertEquals(
                List.of(
                        "a=Secure; Path=/; HttpOnly; SameSite=Lax; Secure",
                        "__Host-c=d; Path=/; Secure; HttpOnly; SameSite=Lax",
                        "open=e; Path=/; HttpOnly; SameSite=Lax; Secure",
                        "by=hand; secure"),
                SecureCookies.in(response).headers().all("Set-Cookie"));
        assertEquals("b", SecureCookies.in(response).headers().first("X-Other").orElseThrow());
    }

    @Test
    void leavesAResponseAsItIsThatSetsNone() {
        Response<String> response = Response.ok("x").withHeader("X-Other", "b");
        assertSame(response, SecureCookies.in(response));
    }

    @Test
    void areNotAskedForUnlessTheRequestIsSecure() {
        assertFalse(MockRequest.get("/").build().isSecure());
    }
}
