package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.spi.PendingPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ResponseTest {
    @Test
    void shortcutsSetStatusHeadersAndBody() {
        assertEquals("200 OK: tea", Response.ok("tea").toString());
        assertEquals("201 Created: tea", Response.created("/tea/1", "tea").toString());
        assertEquals(
                "Location: /tea/1", Response.created("/tea/1", "tea").headers().toString());
        assertEquals("204 No Content", Response.noContent().toString());
        assertEquals("202 Accepted", Response.status(Status.ACCEPTED).toString());
    }

    @Test
    void redirectsHaveAStatusAndALocation() {
        var redirects = Map.of(
                301, Response.movedPermanently("/tea"),
                302, Response.found("/tea"),
                303, Response.seeOther("/tea"),
                307, Response.temporaryRedirect("/tea"),
                308, Response.permanentRedirect("/tea"));
        redirects.forEach((code, redirect) -> {
            assertEquals(Status.of(code), redirect.status());
            assertEquals("Location: /tea", redirect.headers().toString());
        });
    }

    @Test
    void isOfAnyTypeWithoutABody() {
        Response<String> none = Response.noContent().withHeader("A", "1").withoutBody();
        assertEquals("A: 1", none.headers().toString());
        Response<Integer> tea = Response.ok("tea").withoutBody();
        assertEquals(Optional.empty(), tea.body());
    }

    @Test
    void nullIsNoBody() {
        assertEquals(Optional.empty(), Response.ok(null).body());
    }

    @Test
    void copiesDifferInOnePart() {
        Response<String> tea = Response.ok("tea").withHeader("A", "1");
        assertEquals(Status.ACCEPTED, tea.withStatus(Status.ACCEPTED).status());
        assertEquals("a: 2", tea.withHeader("a", "2").headers().toString());
        assertEquals(List.of("1", "2"), tea.plusHeader("A", "2").headers().all("A"));
        assertEquals(Optional.of(7), tea.withBody(7).body());
        assertEquals("A: 1", tea.headers().toString());
        assertSame(Status.OK, tea.status());
    }

    @Test
    void rejectsALocationThatWouldSplitTheResponse() {
        assertThrows(IllegalArgumentException.class, () -> Response.created("/a\r\nSet-Cookie: b=c", ""));
        assertThrows(IllegalArgumentException.class, () -> Response.seeOther("/a\nb"));
        assertThrows(IllegalArgumentException.class, () -> Response.ok("").withHeader("A", "b\n"));
        assertThrows(IllegalArgumentException.class, () -> Response.ok("").plusHeader("A", "b\r"));
    }

    @Test
    void setsCookiesBesideEachOther() {
        Response<String> response =
                Response.ok("").withCookie(Cookie.of("a", "1")).withCookie(Cookie.of("b", "2"));
        assertEquals(
                List.of("a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/; HttpOnly; SameSite=Lax"),
                response.headers().all("Set-Cookie"));
    }

    @Test
    void aCookieReplacesTheOneOfItsName() {
        Response<String> response = Response.ok("")
                .withHeader("Vary", "Cookie")
                .withCookie(Cookie.of("a", "1"))
                .withCookie(Cookie.of("ab", "2"))
                .withCookie(Cookie.of("a", "3").withPath("/x"));
        assertEquals(
                List.of("ab=2; Path=/; HttpOnly; SameSite=Lax", "a=3; Path=/x; HttpOnly; SameSite=Lax"),
                response.headers().all("Set-Cookie"));
        assertEquals(Optional.of("Cookie"), response.headers().first("Vary"));
    }

    @Test
    void isChangedWhenItIsThere() {
        var coming = new CompletableFuture<Response<Payload>>();
        Response<?> changed = Response.later(new PendingPayload(coming))
                .withHeader("X-A", "1")
                .plusHeader("X-B", "2")
                .withCookie(Cookie.of("a", "b"))
                .withStatus(Status.ACCEPTED);
        assertEquals("not there yet", changed.toString());
        coming.complete(Response.of(Status.OK, Headers.of("X-A", "0", "X-B", "1"), Payload.NONE));
        Response<Payload> there = ((PendingPayload) changed.pending().orElseThrow())
                .response()
                .toCompletableFuture()
                .join();
        assertEquals(Status.ACCEPTED, there.status());
        assertEquals(Optional.of("1"), there.headers().combined("X-A"));
        assertEquals(Optional.of("1, 2"), there.headers().combined("X-B"));
        assertEquals(1, there.headers().all("Set-Cookie").size());
        assertEquals(Optional.empty(), there.pending());
    }

    @Test
    void cannotBeLookedIntoBeforeItIsThere() {
        Response<?> later = Response.later(new PendingPayload(new CompletableFuture<>()));
        for (Executable look : List.<Executable>of(later::status, later::headers, later::body)) {
            var fault = assertThrows(IllegalStateException.class, look);
            assertEquals(
                    "This response isn't there yet; to look into it when it is: chain.proceed(response -> …)",
                    fault.getMessage());
        }
    }
}
