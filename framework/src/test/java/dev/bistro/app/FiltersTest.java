package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.RouteInfo;
import dev.bistro.Server;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Chain;
import dev.bistro.http.Cookie;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of a whole application, over sockets: what they see, and the effects of what they do. */
@Timeout(120)
class FiltersTest {
    private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    private static final class Site {}

    /** Sees all, and says so in each answer. */
    @Filter
    @Priority(Priority.OBSERVATION)
    static final class Log {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed(response -> {
                String thrown = request.thrown()
                        .map(fault -> fault.getClass().getSimpleName())
                        .orElse("-");
                SEEN.add(request.method() + " " + request.path() + " → "
                        + response.status().code() + " " + thrown);
                return response.withHeader("X-Seen", "by Log");
            });
        }
    }

    record User(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Filter
    @Priority(Priority.AUTHENTICATION)
    static final class Names {
        private final Greeting greeting;

        @Inject
        Names(Greeting greeting) {
            this.greeting = greeting;
        }

        Response<?> filter(Chain chain, Request request) {
            request.header("X-Name").ifPresent(name -> request.setPrincipal(new User(greeting.to(name))));
            return chain.proceed();
        }
    }

    interface Greeting {
        String to(String name);
    }

    static final class Plain implements Greeting {
        @Override
        public String to(String name) {
            return name;
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface RequiresLogin {}

    @Filter(annotatedWith = RequiresLogin.class)
    @Priority(Priority.AUTHORIZATION)
    static final class Login {
        Response<?> filter(Request request, Chain chain) {
            if (request.principal().isEmpty()) {
                throw new HttpException(
                        Status.UNAUTHORIZED,
                        "Who are you?",
                        Headers.of("WWW-Authenticate", "Basic realm=\"x\""),
                        List.of());
            }
            return chain.proceed();
        }
    }

    record Closed(String until) {}

    /** Does what its header says. */
    @Filter({"/shop/{path*}", "/events"})
    static final class Doing {
        Response<?> filter(Request request, Chain chain) throws Exception {
            return switch (request.header("X-Do").orElse("")) {
                case "answer" -> Response.ok(new Closed("noon")).withStatus(Status.of(503));
                case "text" -> Response.ok("filtered").withHeader("X-Own", "1");
                case "fail" -> throw new IOException("secret of a filter");
                case "teapot" -> throw new Teapot();
                case "fail later" ->
                    chain.proceed(response -> {
                        throw new Teapot();
                    });
                case "null" -> null;
                case "change" ->
                    chain.proceed()
                            .withHeader("X-Changed", "1")
                            .plusHeader("Vary", "X-Do")
                            .withCookie(Cookie.of("a", "b"))
                            .withStatus(Status.ACCEPTED);
                case "replace" -> chain.proceed().withBody(new Closed("noon"));
                case "rewrite" -> chain.proceed(response -> response.withBody(upperCase(response)));
                case "forget" -> {
                    chain.proceed();
                    yield Response.ok("another");
                }
                case "forget and fail" -> {
                    chain.proceed();
                    throw new Teapot();
                }
                case "twice" -> {
                    chain.proceed();
                    yield chain.proceed();
                }
                case "look" -> Response.ok("was " + chain.proceed().status());
                case "read" -> {
                    SEEN.add("read " + new String(request.body(), StandardCharsets.UTF_8));
                    yield chain.proceed();
                }
                case "later" -> Response.ok(CompletableFuture.completedFuture("later by itself"));
                default -> chain.proceed();
            };
        }

        private static String upperCase(Response<?> response) {
            BytesPayload body = (BytesPayload) response.body().orElseThrow();
            return new String(body.bytes(), StandardCharsets.UTF_8).toUpperCase(java.util.Locale.ROOT);
        }
    }

    static final class Teapot extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Answers {
        @ExceptionHandler
        @dev.bistro.annotation.Status(418)
        String teapot(Teapot fault) {
            return "short and stout";
        }
    }

    record Item(String name) {}

    record Versioned(@ETag long version) {}

    @Route("/shop")
    static final class Shop {
        @Get("/text")
        String text() {
            return "text";
        }

        @Get("/page")
        @Produces("text/html")
        String page() {
            return "<p>page";
        }

        @Get("/none")
        Optional<String> none() {
            return Optional.empty();
        }

        @Get("/number")
        int number(int n) {
            return n;
        }

        @Get("/fails")
        String fails() {
            throw new IllegalStateException("secret");
        }

        @Get("/teapot")
        String teapot() {
            throw new Teapot();
        }

        @Get("/own")
        String own() {
            throw new ArithmeticException();
        }

        @ExceptionHandler
        @dev.bistro.annotation.Status(409)
        String arithmetic(ArithmeticException fault) {
            return "own";
        }

        @Get("/version")
        Versioned version() {
            return new Versioned(7);
        }

        @Get("/hash")
        @ETag
        String hash() {
            return "hash";
        }

        @Get("/either")
        @Produces({"text/plain", "text/html"})
        String either() {
            return "either";
        }

        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @Get("/later/fails")
        CompletionStage<String> laterFails() {
            return CompletableFuture.supplyAsync(() -> {
                throw new NotFoundException("not there");
            });
        }

        @Get("/later/never")
        CompletionStage<String> never() {
            return new CompletableFuture<>();
        }

        @Get("/stream")
        Stream<String> stream() {
            return Stream.of("a", "b").onClose(() -> SEEN.add("stream closed"));
        }

        @Post("/items")
        Item add(Item item) {
            return item;
        }

        @Put("/upload")
        int upload(InputStream content) throws IOException {
            return content.readAllBytes().length;
        }

        @Post("/whole")
        int whole(@Body String content) {
            return content.length();
        }

        @Get("/me")
        @RequiresLogin
        String me(Principal principal) {
            return principal.getName();
        }
    }

    @Route("/")
    static final class Pages {
        private final Feed<String> feed = Feed.create();

        @Get("/{name}")
        String page(String name) {
            return "page " + name;
        }

        @Get("/events")
        Feed<String> events() {
            return feed;
        }

        @Post("/events")
        void publish(@Body String text) {
            feed.publish(text);
        }
    }

    @WebSocket("/socket")
    @RequiresLogin
    static final class Socket {
        @OnMessage
        String message(String text, Principal principal) {
            return principal.getName() + ": " + text;
        }
    }

    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(Site.class)
                .classes(
                        Shop.class,
                        Pages.class,
                        Socket.class,
                        Log.class,
                        Names.class,
                        Login.class,
                        Doing.class,
                        Answers.class,
                        Plain.class)
                .port(0)
                .set("server.pending-timeout", "2s")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    /** {@code send("GET", "/shop/text", "Accept: text/html")}. */
    private static String send(String method, String path, String... headers) throws IOException {
        String lines = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return RawClient.exchange(
                address(), method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + lines + "\r\n");
    }

    private static String status(String answer) {
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static void assertSeen(String expected) throws InterruptedException {
        assertEquals(expected, SEEN.poll(60, TimeUnit.SECONDS));
    }

    private static void assertNothingSeen() {
        assertEquals(null, SEEN.poll());
    }

    // ---- what a filter of all requests sees

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "GET     | /shop/text         |                                | 200 -",
                "HEAD    | /shop/text         |                                | 200 -",
                "GET     | /shop/none         |                                | 404 NotFoundException",
                "GET     | /shop/number?n=1   |                                | 200 -",
                "GET     | /shop/number?n=x   |                                | 400 BadRequestException",
                "GET     | /shop/fails        |                                | 500 IllegalStateException",
                "GET     | /shop/teapot       |                                | 418 Teapot",
                "GET     | /shop/own          |                                | 409 ArithmeticException",
                "GET     | /shop/version      |                                | 200 -",
                "GET     | /shop/version      | If-None-Match: \"7\"           | 304 -",
                "GET     | /shop/version      | If-Match: \"8\"                | 412 PreconditionFailedException",
                "GET     | /shop/either       | Accept: image/png              | 406 NotAcceptableException",
                "POST    | /shop/items        | Content-Type: text/csv         | 415 UnsupportedMediaTypeException",
                "GET     | /shop/later        |                                | 200 -",
                "GET     | /shop/later/fails  |                                | 404 NotFoundException",
                "GET     | /shop/stream       |                                | 200 -",
                "GET     | /shop/me           |                                | 401 HttpException",
                "GET     | /shop/me           | X-Name: Ann                    | 200 -",
                "GET     | /shop/text         | X-Do: answer                   | 503 -",
                "GET     | /shop/text         | X-Do: fail                     | 500 IOException",
                "GET     | /shop/text         | X-Do: teapot                   | 418 Teapot",
                "GET     | /nowhere/at/all    |                                | 404 RouteNotFoundException",
                "GET     | /%FF               |                                | 400 BadRequestException",
                "DELETE  | /shop/text         |                                | 405 HttpException",
                "OPTIONS | /shop/text         |                                | 204 -",
                "OPTIONS | *                  |                                | 204 -",
                "GET     | /files/style.css   |                                | 200 -",
                "GET     | /files/style.css   | Range: bytes=0-0               | 206 -",
                "GET     | /files/none.css    |                                | 404 NotFoundException",
                "GET     | /socket            |                                | 401 HttpException",
                "GET     | /socket            | X-Name: Ann                    | 426 HttpException",
            })
    void seesTheAnswerThatIsSent(String method, String target, String header, String expected) throws Exception {
        String answer = send(method, target, header == null ? new String[0] : new String[] {header});
        String path = target.replaceFirst("\\?.*", "");
        assertSeen(method + " " + path + " → " + expected);
        assertEquals(expected.substring(0, 3), status(answer), answer);
        assertTrue(answer.contains("\r\nX-Seen: by Log\r\n"), answer);
        assertFalse(answer.contains("secret"), answer);
    }

    @Test
    void seesTheHandshakeOfAWebSocketAndGivesItThePrincipal() throws Exception {
        try (var client = new RawClient(address())) {
            client.send(
                    "GET /socket HTTP/1.1\r\nHost: a\r\nX-Name: Ann\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 101 ") && head.contains("\r\nX-Seen: by Log\r\n"), head);
            assertSeen("GET /socket → 101 -");
            client.send("\u0081\u0082\0\0\0\0Hi");
            assertEquals("\u0081\u0007Ann: Hi", client.read(9));
        }
    }

    @Test
    void seesTheBeginningOfEvents() throws Exception {
        try (var client = new RawClient(address())) {
            client.send("GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nX-Do: change\r\n\r\n");
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 202 ") && head.contains("\r\nX-Seen: by Log\r\n"), head);
            assertSeen("GET /events → 202 -");
        }
    }

    @Test
    void seesALongPollWhenItIsAnswered() throws Exception {
        try (var client = new RawClient(address())) {
            client.send("GET /events?since=latest&wait=60 HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n"
                    + "Connection: close\r\nX-Do: change\r\n\r\n");
            send("POST", "/events", "Content-Type: text/plain", "Content-Length: 4\r\n\r\nnews");
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 202 ") && answer.contains("\r\nX-Changed: 1\r\n"), answer);
        }
    }

    // ---- what comes of what a filter does

    @Test
    void answersItself() throws Exception {
        String json = send("GET", "/shop/text", "X-Do: answer");
        assertTrue(
                json.contains("\r\nContent-Type: application/json\r\n")
                        && body(json).equals("{\"until\":\"noon\"}"),
                json);
        String text = send("GET", "/shop/text", "X-Do: text");
        assertTrue(
                text.startsWith("HTTP/1.1 200 ")
                        && text.contains("\r\nX-Own: 1\r\n")
                        && body(text).equals("filtered"),
                text);
        assertEquals("later by itself", body(send("GET", "/shop/text", "X-Do: later")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/text", "/shop/later", "/shop/teapot", "/shop/later/fails", "/shop/stream"})
    void changesTheAnswer(String path) throws Exception {
        String answer = send("GET", path, "X-Do: change");
        assertTrue(answer.startsWith("HTTP/1.1 202 "), answer);
        assertTrue(answer.contains("\r\nX-Changed: 1\r\n"), answer);
        assertTrue(answer.contains("\r\nSet-Cookie: a=b"), answer);
        assertTrue(answer.contains("X-Do"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/page", "/shop/later", "/shop/hash"})
    void putsAnotherBodyInItsPlaceWithoutWhatDescribedTheOther(String path) throws Exception {
        String answer = send("GET", path, "X-Do: replace");
        assertEquals("{\"until\":\"noon\"}", body(answer));
        assertTrue(answer.contains("\r\nContent-Type: application/json\r\n"), answer);
        assertFalse(answer.contains("text/") || answer.contains("\r\nETag"), answer);
    }

    @Test
    void letsGoOfTheBodyThatItDoesNotSend() throws Exception {
        assertEquals("{\"until\":\"noon\"}", body(send("GET", "/shop/stream", "X-Do: replace")));
        assertSeen("stream closed");
        assertSeen("GET /shop/stream → 200 -");
        assertEquals("another", body(send("GET", "/shop/stream", "X-Do: forget")));
        assertSeen("stream closed");
        assertSeen("GET /shop/stream → 200 -");
        assertEquals("418", status(send("GET", "/shop/stream", "X-Do: forget and fail")));
        assertSeen("stream closed");
    }

    @Test
    void keepsTheMediaTypeOfATextThatItRewrites() throws Exception {
        String answer = send("GET", "/shop/page", "X-Do: rewrite");
        assertEquals("<P>PAGE", body(answer));
        assertTrue(answer.contains("\r\nContent-Type: text/html"), answer);
        assertEquals("LATER", body(send("GET", "/shop/later", "X-Do: rewrite")));
    }

    @ParameterizedTest
    @CsvSource({
        "fail later,/shop/text,418",
        "fail later,/shop/later,418",
        "null,/shop/text,500",
        "twice,/shop/text,500",
        "look,/shop/later,500",
        "look,/shop/text,200",
        "forget,/shop/later/never,200"
    })
    void answersForWhatAFilterDoesWrong(String what, String path, String expected) throws Exception {
        String answer = send("GET", path, "X-Do: " + what);
        assertEquals(expected, status(answer), answer);
        assertTrue(answer.contains("\r\nX-Seen: by Log\r\n"), answer);
    }

    @Test
    void isToldWhenNobodyWaitsAnyMore() throws Exception {
        assertEquals("503", status(send("GET", "/shop/later/never")));
        assertSeen("GET /shop/later/never → 503 CancellationException");
        assertNothingSeen();
    }

    @Test
    void readsTheBodyAndLeavesItToTheMethod() throws Exception {
        String length = "Content-Length: 5\r\n\r\nhello";
        assertEquals("5", body(send("POST", "/shop/whole", "X-Do: read", "Content-Type: text/plain", length)));
        assertSeen("read hello");
        assertSeen("POST /shop/whole → 200 -");
        assertEquals("5", body(send("PUT", "/shop/upload", "X-Do: read", length)));
        assertSeen("read hello");
        String chunked = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        SEEN.clear();
        assertEquals("5", body(send("PUT", "/shop/upload", "X-Do: read", chunked)));
        assertSeen("read hello");
    }

    @Test
    void turnsAnUploadDownBeforeItIsSent() throws Exception {
        try (var client = new RawClient(address())) {
            client.send("PUT /shop/upload HTTP/1.1\r\nHost: a\r\nX-Do: teapot\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 1000000\r\n\r\n");
            String answer = client.readResponse();
            assertTrue(answer.startsWith("HTTP/1.1 418 "), answer);
        }
    }

    // ---- which requests it is for

    @Test
    void isForThePathsOfARouteThatMatch() throws Exception {
        assertEquals("filtered", body(send("GET", "/shop", "X-Do: text")));
        assertEquals("page shopping", body(send("GET", "/shopping", "X-Do: text")));
        assertEquals("filtered", body(send("GET", "/%73hop", "X-Do: text")));
        assertEquals("filtered", body(send("GET", "/shop/", "X-Do: text")));
        assertEquals("filtered", body(send("GET", "/shop/no/where", "X-Do: text")));
        assertEquals("filtered", body(send("DELETE", "/shop/text", "X-Do: text")));
        assertEquals("404", status(send("GET", "/other/no/where", "X-Do: text")));
    }

    @Test
    void tellsWhichRoutesItHas() {
        List<String> lines = server.routes().stream()
                .filter(route -> List.of("/shop/me", "/{name}", "/files/{file*}", "/events")
                        .contains(route.path()))
                .map(route -> route.method() + " " + route.path() + " " + route.filters())
                .toList();
        assertEquals(
                List.of(
                        "GET /events [FiltersTest.Log, FiltersTest.Names, FiltersTest.Doing]",
                        "POST /events [FiltersTest.Log, FiltersTest.Names, FiltersTest.Doing]",
                        "GET /shop/me [FiltersTest.Log, FiltersTest.Names, FiltersTest.Login, FiltersTest.Doing]",
                        "GET /{name} [FiltersTest.Log, FiltersTest.Names, FiltersTest.Doing (/shop/{path*}, /events)]"),
                lines.stream().filter(line -> !line.contains("/files")).toList());
    }

    // ---- injection

    @Test
    void isInjectedAndItsCollaboratorsCanBeReplaced() throws Exception {
        assertEquals("Ann", body(send("GET", "/shop/me", "X-Name: Ann")));
        Greeting loud = name -> name + "!";
        try (Server other = Bistro.app(Site.class)
                .classes(Shop.class, Names.class, Login.class)
                .with(Greeting.class, loud)
                .port(0)
                .start()) {
            String answer = RawClient.exchange(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), other.port()),
                    "GET /shop/me HTTP/1.1\r\nHost: a\r\nX-Name: Ann\r\nConnection: close\r\n\r\n");
            assertEquals("Ann!", body(answer));
        }
    }

    @Test
    void needsWhatItIsInjectedWith() {
        var fault = assertThrows(
                StartupException.class,
                () -> Bistro.app(Site.class)
                        .classes(Shop.class, Names.class)
                        .port(0)
                        .start());
        assertEquals(
                List.of("nothing-provides"),
                fault.problems().stream().map(problem -> problem.id()).toList(),
                fault.getMessage());
    }

    @Test
    void aFilterIsAPlainObject() {
        var thrown = assertThrows(
                HttpException.class,
                () -> new Login().filter(dev.bistro.testing.MockRequest.get("/").build(), () -> Response.ok("in")));
        assertEquals(401, thrown.status().code());
        Request ann = dev.bistro.testing.MockRequest.get("/").build();
        ann.setPrincipal(new User("Ann"));
        assertEquals(
                Optional.of("in"),
                new Login().filter(ann, () -> Response.ok("in")).body());
        ann.setThrown(new BadRequestException("bad"));
        assertEquals(
                Optional.of("by Log"),
                new Log().filter(ann, () -> Response.ok("in")).headers().first("X-Seen"));
        assertEquals("GET / → 200 BadRequestException", SEEN.poll());
    }

    @Test
    void anApplicationMayHaveRoutesWithoutFilters() {
        try (Server other = Bistro.app(Site.class).classes(Shop.class).port(0).start()) {
            assertTrue(other.routes().stream().map(RouteInfo::filters).allMatch(List::isEmpty));
        }
    }
}
