package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Head;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.session.Session;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void cameByAProxy() {
        var proxy = new InetSocketAddress("10.0.0.5", 1);
        Request request = MockRequest.get("/cart")
                .remoteAddress(new InetSocketAddress("203.0.113.9", 0))
                .peerAddress(proxy)
                .scheme("https")
                .host("shop.example")
                .pathPrefix("/shop")
                .build();
        assertEquals("/203.0.113.9:0", request.remoteAddress().toString());
        assertEquals(proxy, request.peerAddress());
        assertEquals("https", request.scheme());
        assertTrue(request.isSecure());
        assertEquals(Optional.of("shop.example"), request.authority());
        assertEquals(Optional.of("shop.example"), request.host());
        assertEquals(443, request.port());
        assertEquals("/shop", request.pathPrefix());
        Request other = MockRequest.get("/").host("shop.example").port(8443).build();
        assertEquals(Optional.of("shop.example:8443"), other.authority());
        assertEquals(8443, other.port());
        assertThrows(IllegalArgumentException.class, () -> MockRequest.get("/").scheme("HTTPS"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example, 80",
        "shop.example:8080, shop.example, 8080",
        "shop.example:, shop.example, 80",
        "shop.example:0, shop.example, 80",
        "shop.example:00081, shop.example, 81",
        "shop.example:65536, shop.example, 80",
        "shop.example:99999999999, shop.example, 80",
        "[::1], [::1], 80",
        "[::1]:8080, [::1], 8080",
    })
    void readsHostAndPortOfTheAuthority(String header, String host, int port) {
        Request request = MockRequest.get("/").header("Host", header).build();
        assertEquals(Optional.of(host), request.host());
        assertEquals(port, request.port());
    }

    @Test
    void hasNothingThatNobodySaid() {
        Request request = MockRequest.get("/").build();
        assertEquals(Optional.empty(), request.query());
        assertEquals(0, request.headers().size());
        assertEquals(0, request.body().length);
        assertEquals(Optional.empty(), request.contentType());
        assertEquals(Optional.empty(), request.principal());
        assertEquals(Optional.empty(), request.host());
        assertEquals(80, request.port());
        assertEquals("http", request.scheme());
        assertEquals("", request.pathPrefix());
        assertEquals(request.remoteAddress(), request.peerAddress());
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

    // ---- its route

    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {
        String value();
    }

    @Route("/points")
    @Marked("class")
    static final class Points {
        @Get("/{id}")
        @Put("/all")
        @Marked("method")
        String find(int id) {
            return "";
        }

        @Post
        void add(Point point) {}

        @Post("/many")
        void add(List<Point> points) {}

        @Head("/own")
        void own() {}

        void helper() {}
    }

    @WebSocket("/chat/{room}")
    @Marked("socket")
    static final class Chat {}

    private static String route(MockRequest.Builder request) {
        MatchedRoute route = request.build().route().orElseThrow();
        return route.method() + " " + route.template() + " "
                + route.annotation(Marked.class).map(Marked::value).orElse("");
    }

    @Test
    void hasTheRouteOfAMethod() {
        assertEquals(Optional.empty(), MockRequest.get("/points/1").build().route());
        assertEquals(
                "GET /points/{id} method", route(MockRequest.get("/points/1").route(Points.class, "find")));
        assertEquals(
                "PUT /points/all method", route(MockRequest.put("/points/all").route(Points.class, "find")));
        assertEquals(
                "GET /points/{id} method",
                route(MockRequest.of(Method.HEAD, "/points/1").route(Points.class, "find")));
        assertEquals(
                "HEAD /points/own class",
                route(MockRequest.of(Method.HEAD, "/points/own").route(Points.class, "own")));
        assertEquals(
                "POST /points/many class",
                route(MockRequest.post("/points/many").route(Points.class, "add", List.class)));
        assertEquals("GET /chat/{room} socket", route(MockRequest.get("/chat/a").route(Chat.class)));
    }

    @Test
    void aRouteThatIsntThereIsAFaultOfTheTest() {
        var post = MockRequest.post("/points");
        assertEquals(
                "There is no MockRequestTest.Points.find that answers POST",
                fault(() -> post.route(Points.class, "find")));
        assertEquals(
                "There is no MockRequestTest.Points.none that answers POST",
                fault(() -> post.route(Points.class, "none")));
        assertEquals(
                "There is no MockRequestTest.Points.helper that answers POST",
                fault(() -> post.route(Points.class, "helper")));
        assertEquals(
                "There are several MockRequestTest.Points.add that answer POST: give the types of the parameters too",
                fault(() -> post.route(Points.class, "add")));
        assertEquals("MockRequestTest.Chat has no @Route", fault(() -> post.route(Chat.class, "find")));
        assertEquals("MockRequestTest.Points has no @WebSocket", fault(() -> post.route(Points.class)));
    }

    private static String fault(Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }

    @Test
    void hasASessionOfItsOwn() {
        MockRequest request = MockRequest.get("/").build();
        Session session = Session.of(request);
        assertEquals(Optional.empty(), session.user());
        session.set("items", List.of("pen"));
        session.login("ada");
        assertEquals(Optional.of("ada"), Session.of(request).user());
        assertEquals(List.of("pen"), Session.of(request).getList("items", String.class));
        assertEquals(Optional.empty(), Session.of(MockRequest.get("/").build()).user());
    }
}
