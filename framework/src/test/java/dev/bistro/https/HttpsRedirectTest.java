package dev.bistro.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests over plain HTTP are sent to: authorities, ports, prefixes, targets and methods. */
class HttpsRedirectTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PROPFIND");

    private static final List<String> TARGETS =
            List.of("/", "//evil.example", "/a%20b//c/../d;x=1", "/cart?", "/cart?id=7&to=//x@y/?");

    @Route("/cart")
    static final class Cart {
        @Get
        String show() {
            return "cart";
        }

        @Post
        String add(@Body String item) {
            return item;
        }
    }

    private static final Application SHOP = shop();

    private static Application shop() {
        var problems = new Problems();
        Dispatcher shop = new DispatcherFactory(StandardCodecs.create(), problems)
                .create(List.of(Cart.class), type -> new Cart());
        problems.throwIfAny();
        return shop;
    }

    private static Response<Payload> send(MockRequest.Builder builder, int port) {
        var application = new HttpsRedirect(SHOP, () -> port);
        ServerRequest request = ServerRequests.of(builder);
        Target target = application.find(request);
        assertTrue(application.targets().contains(target));
        return target.answer(request);
    }

    private static String location(Response<Payload> response) {
        return response.status().code() + " "
                + response.headers().first("Location").orElse("-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop.example        | https://shop.example
            shop.example:80     | https://shop.example
            shop.example:8080   | https://shop.example
            shop.example:       | https://shop.example
            Shop.Example        | https://Shop.Example
            localhost           | https://localhost
            my_host             | https://my_host
            xn--bcher-kva.example | https://xn--bcher-kva.example
            203.0.113.9:8080    | https://203.0.113.9
            [2001:db8::1]       | https://[2001:db8::1]
            [2001:db8::1]:8080  | https://[2001:db8::1]
            [::ffff:1.2.3.4]:80 | https://[::ffff:1.2.3.4]
            """)
    void goesOnAtTheSameHostWhateverThePortAndPathAndMethod(String authority, String host) {
        for (int port : List.of(443, 8443, 1, 65_535)) {
            for (String prefix : List.of("", "/shop")) {
                for (String target : TARGETS) {
                    for (String method : METHODS) {
                        Response<Payload> response = send(
                                MockRequest.of(Method.of(method), target)
                                        .header("Host", authority)
                                        .pathPrefix(prefix),
                                port);
                        String expected = host + (port == 443 ? "" : ":" + port) + prefix + target;
                        assertEquals("308 " + expected, location(response), method);
                        assertTrue(response.body().isEmpty());
                    }
                }
            }
        }
    }

    /** What would lead the client to another host, end the header field, or isn't a host that browsers know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "user@evil.example",
                "shop.example@evil.example",
                "shop.example:80@evil.example",
                "shop.example/evil",
                "shop.example\\evil",
                "shop.example?evil",
                "shop.example#evil",
                "shop.example:x",
                "shop.example:80:80",
                "shop example",
                "shop%2eexample",
                "bücher.example",
                "[::1",
                "::1",
                "[]",
                "[v1.a]",
                "[::1]evil",
                "shop.example,evil.example"
            })
    void withoutAHostOrWithAMalformedOneItIsABadRequest(String authority) {
        for (String method : METHODS) {
            Response<Payload> response =
                    send(MockRequest.of(Method.of(method), "/cart").host(authority), 8443);
            assertEquals("400 -", location(response), method);
        }
        assertEquals("400 -", location(send(MockRequest.get("/cart"), 8443)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@evil.example/", ".evil.example", "evil", "/a b", "/ä", "/a\r\nSet-Cookie: a=b", "/a\0", "/a#b"
            })
    void whatIsNoPathIsntTakenIntoTheAddress(String target) {
        assertEquals("400 -", location(send(MockRequest.get(target).header("Host", "shop.example"), 8443)));
        assertEquals(
                "400 -", location(send(MockRequest.get("/").pathPrefix(target).header("Host", "shop.example"), 8443)));
    }

    @Test
    void theServerAsAWholeHasAnAddressWithoutAPath() {
        assertEquals(
                "308 https://shop.example:8443",
                location(send(
                        MockRequest.of(Method.OPTIONS, "*")
                                .header("Host", "shop.example")
                                .pathPrefix("/shop"),
                        8443)));
    }

    @Test
    void aHandshakeOfAWebSocketIsRedirectedToo() {
        Response<Payload> response = send(
                MockRequest.get("/ws")
                        .header("Host", "shop.example")
                        .header("Connection", "Upgrade")
                        .header("Upgrade", "websocket"),
                443);
        assertEquals("308 https://shop.example/ws", location(response));
    }

    @Test
    void whatIsSecureIsAnswered() {
        Response<Payload> response =
                send(MockRequest.get("/cart").scheme("https").header("Host", "shop.example"), 8443);
        assertEquals("200 -", location(response));
    }

    @Test
    void thePortIsAskedForWithEachRedirect() {
        int[] port = {0};
        var application = new HttpsRedirect(SHOP, () -> port[0]);
        port[0] = 9443;
        ServerRequest request = ServerRequests.of(MockRequest.get("/").header("Host", "a"));
        assertEquals("308 https://a:9443/", location(application.find(request).answer(request)));
    }

    @Test
    void isNothingThatTheApplicationRefused() {
        Headers headers = new HttpsRedirect(SHOP, () -> 443)
                .refuse(Optional.empty(), Status.BAD_REQUEST, "No request.")
                .headers();
        assertFalse(headers.contains("Location"));
    }
}
