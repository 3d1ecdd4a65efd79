package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.Method;
import dev.bistro.http.Request;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MockRequestTest {
    record Point(int x, int y) {}

    @Test
    void isWhatItWasBuiltOf() throws Exception {
        Request request = MockRequest.post("/a%20b?q=1")
                .query("tag", "x y", "z&")
                .header("X-One", "1")
                .accept("text/html")
                .cookie("theme", "dark")
                .cookie("session", "abc")
                .pathParam("name", "a/ü b+%")
                .json(new Point(1, 2))
                .attribute("tenant", "north")
                .principal(() -> "Ada")
                .remoteAddress(InetSocketAddress.createUnresolved("client", 4711))
                .build();
        assertEquals(Method.POST, request.method());
        assertEquals("/a%20b", request.path());
        assertEquals(Optional.of("q=1&tag=x+y&tag=z%26"), request.query());
        assertEquals(List.of("x y", "z&"), request.queryParams("tag"));
        assertEquals(Optional.of("1"), request.header("x-one"));
        assertEquals(Optional.of("text/html"), request.header("Accept"));
        assertEquals(List.of("dark"), request.cookies().all("theme"));
        assertEquals(Optional.of("a/ü b+%"), request.pathParam("name"));
        assertEquals("application/json", request.contentType().orElseThrow().toString());
        assertEquals("{\"x\":1,\"y\":2}", new String(request.body(), StandardCharsets.UTF_8));
        assertArrayEquals(request.body(), request.bodyStream().readAllBytes());
        assertEquals(Optional.of("north"), request.attribute("tenant"));
        assertEquals("Ada", request.principal().orElseThrow().getName());
        assertEquals(4711, request.remoteAddress().getPort());
        assertNotEquals(request.id(), MockRequest.get("/").build().id());
    }

    @Test
    void hasNothingThatNobodySaid() {
        Request request = MockRequest.get("/").build();
        assertEquals(Optional.empty(), request.query());
        assertEquals(0, request.headers().size());
        assertEquals(0, request.body().length);
        assertEquals(Optional.empty(), request.contentType());
        assertEquals(Optional.empty(), request.principal());
    }

    @Test
    void sendsFields() {
        Request request =
                MockRequest.post("/").form("user", "Ada L").form("text", "a&b").build();
        assertEquals(
                "application/x-www-form-urlencoded",
                request.contentType().orElseThrow().toString());
        assertEquals("user=Ada+L&text=a%26b", new String(request.body(), StandardCharsets.UTF_8));
    }

    @Test
    void sendsAFileAsBrowsersDo() throws Exception {
        Request request = MockRequest.post("/")
                .form("title", "Grüße")
                .file("list", "a \"b\".csv", "text/csv", "form-part-0")
                .build();
        assertEquals(Optional.of("multipart/form-data;boundary=form-part-1"), request.header("Content-Type"));
        assertEquals("""
                --form-part-1
                Content-Disposition: form-data; name="title"

                Grüße
                --form-part-1
                Content-Disposition: form-data; name="list"; filename="a %22b%22.csv"
                Content-Type: text/csv

                form-part-0
                --form-part-1--
                """.replace("\n", "\r\n"), new String(request.body(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesFilesOfNoType() {
        var builder = MockRequest.post("/");
        assertThrows(IllegalArgumentException.class, () -> builder.file("a", "b", "csv\r\nX: y", "1"));
    }

    @Test
    void refusesHeadersThatCouldNotBeSent() {
        var builder = MockRequest.get("/");
        assertThrows(IllegalArgumentException.class, () -> builder.header("X", "a\r\nB: c"));
    }
}
