package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.session.Session;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates by user see every kind of login, and logins that fail are slowed down, through the whole server. */
@Timeout(60)
class UserRatesTest {
    private static final AtomicInteger ASKED = new AtomicInteger();

    @TempDir
    static Path directory;

    @Blocking
    static final class Passwords implements Authenticator {
        private final Authenticator basic = Authenticator.basic("Shop", (name, password) -> {
            ASKED.incrementAndGet();
            return password.equals("secret") ? Optional.of(Login.of(name)) : Optional.empty();
        });

        @Override
        public Optional<Login> authenticate(Request request) {
            assertFalse(Thread.currentThread().getName().startsWith("bistro-worker-"), "on an event loop");
            return basic.authenticate(request);
        }

        @Override
        public String challenge() {
            return basic.challenge();
        }

        @Override
        public Optional<String> claimedName(Request request) {
            return basic.claimedName(request);
        }
    }

    @Filter
    @Priority(Priority.AUTHENTICATION)
    static final class Recognises {
        Response<?> filter(Request request, Chain chain) {
            request.header("X-User").ifPresent(name -> request.setPrincipal(() -> name));
            return chain.proceed();
        }
    }

    @Route("/login")
    static final class Logins {
        @Post("/{name}")
        String login(Session session, String name) {
            session.login(name);
            return "welcome";
        }
    }

    @Route("/methods")
    static final class OnMethods {
        @Get("/open")
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        String open() {
            return "";
        }

        @Get("/loop")
        @NonBlocking
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        String onTheLoop() {
            return "";
        }

        @Post("/body")
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        @RolesAllowed(RolesAllowed.ANY_LOGIN)
        String body(@Body String text) {
            return text;
        }

        @Post("/open-body")
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        String openBody(@Body String text) {
            return text;
        }

        @Get("/closed")
        @RateLimit(value = "2/h", by = RateLimit.By.USER)
        @RolesAllowed(RolesAllowed.ANY_LOGIN)
        String closed() {
            return "";
        }

        @Get("/free")
        String free() {
            return "";
        }

        @Get("/optional")
        @NonBlocking
        String optional(Optional<Login> login) {
            return login.map(one -> one.principal().getName()).orElse("nobody");
        }

        @Get("/any")
        @RolesAllowed(RolesAllowed.ANY_LOGIN)
        String any(Login login) {
            return login.principal().getName();
        }
    }

    @Route("/class")
    @RateLimit(value = "2/h", by = RateLimit.By.USER)
    static final class OnClass {
        @Get("/one")
        String one() {
            return "";
        }

        @Get("/two")
        String two() {
            return "";
        }
    }

    @Route("/closed-class")
    @RateLimit(value = "2/h", by = RateLimit.By.USER)
    @RolesAllowed(RolesAllowed.ANY_LOGIN)
    static final class OnClosedClass {
        @Get("/one")
        String one() {
            return "";
        }
    }

    @WebSocket("/socket")
    @RateLimit(value = "2/h", by = RateLimit.By.USER)
    static final class OnSocket {
        @OnMessage
        void message(String text) {}
    }

    private static BistroBuilder app() {
        return Bistro.app(UserRatesTest.class)
                .classes(
                        Passwords.class,
                        Recognises.class,
                        Logins.class,
                        OnMethods.class,
                        OnClass.class,
                        OnClosedClass.class,
                        OnSocket.class);
    }

    // ---- who × where

    /** Each kind of login, two users of each where these come from outside. */
    private static Map<String, TestClient> clients(TestClient server, TestAuthority authority) {
        var all = new LinkedHashMap<String, TestClient>();
        all.put("nobody", server);
        all.put("ada by password", server.basic("ada", "secret"));
        all.put("bob by password", server.basic("bob", "secret"));
        all.put("fay by filter", server.withHeader("X-User", "fay"));
        all.put("guy by filter", server.withHeader("X-User", "guy"));
        for (String name : List.of("sue", "tom")) {
            TestClient browser = server.withCookies();
            browser.post("/login/" + name).send().assertStatus(200);
            all.put(name + " by session", browser);
        }
        for (String name : List.of("eve", "zoe")) {
            all.put(
                    name + " by certificate",
                    server.withCertificate(authority.client(name).keyStore(), TestCertificate.PASSWORD));
        }
        return all;
    }

    private static int status(TestClient by, String target) {
        TestRequest request = target.contains("body") ? by.post(target).text("text/plain", "x") : by.get(target);
        if (!target.equals("/socket")) {
            return request.send().status().code();
        }
        request.header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        try (var stream = request.stream()) {
            return stream.status().code();
        }
    }

    @Test
    void eachUserHasItsOwnQuotaHoweverItLogsIn() {
        TestAuthority authority = TestAuthority.create(directory);
        try (TestClient server = TestClient.of(app().set("server.tls.development", "true")
                .set("server.tls.client-auth", "want")
                .set("server.tls.client-ca", authority.own().file().toString())
                .startInProcess())) {
            Map<String, TestClient> clients = clients(server, authority);
            for (String target : List.of(
                    "/methods/open",
                    "/methods/loop",
                    "/methods/closed",
                    "/methods/body",
                    "/methods/open-body",
                    "/closed-class/one",
                    "/socket")) {
                boolean isClosed = target.matches(".*(closed|/body).*");
                int success = target.equals("/socket") ? 101 : 200;
                for (int round = 1; round <= 3; round++) {
                    var expected = new LinkedHashMap<String, Integer>();
                    var actual = new LinkedHashMap<String, Integer>();
                    for (Map.Entry<String, TestClient> client : clients.entrySet()) {
                        boolean isRefused = isClosed && client.getKey().equals("nobody");
                        expected.put(client.getKey(), round == 3 ? 429 : isRefused ? 401 : success);
                        actual.put(client.getKey(), status(client.getValue(), target));
                    }
                    assertEquals(expected, actual, target + ", round " + round);
                }
            }
            for (Map.Entry<String, TestClient> client : clients.entrySet()) {
                assertEquals(
                        List.of(200, 200, 429),
                        List.of(
                                status(client.getValue(), "/class/one"),
                                status(client.getValue(), "/class/two"),
                                status(client.getValue(), "/class/one")),
                        client.getKey());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/methods/closed", "/methods/open", "/methods/body", "/closed-class/one"})
    void whoOnlyClaimsANameUsesUpNothingOfIts(String target) {
        try (TestClient server = TestClient.start(app().set("security.login.max-failures", "0"))) {
            for (TestClient claiming : List.of(
                    server.basic("ada", "wrong"),
                    server.basic("ada", ""),
                    server.withHeader("Cookie", "session=ada"))) {
                status(claiming, target);
            }
            assertEquals(429, status(server.basic("ada", "wrong"), target));
            TestClient ada = server.basic("ada", "secret");
            assertEquals(
                    List.of(200, 200, 429), List.of(status(ada, target), status(ada, target), status(ada, target)));
        }
    }

    // ---- before the body

    private static String head(String target, String fields) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
                + "Expect: 100-continue\r\n" + fields + "\r\n";
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    @Test
    void itIsDecidedBeforeTheBodyIsRead() throws IOException {
        try (Server server = app().port(0).set("server.host", "127.0.0.1").start();
                TestClient client = TestClient.of(server)) {
            TestClient browser = client.withCookies();
            browser.post("/login/sue").send();
            var credentials = List.of(
                    basic("ada:secret"),
                    "X-User: fay\r\n",
                    "Cookie: session=" + browser.cookie("session").orElseThrow() + "\r\n");
            for (String fields : credentials) {
                for (int i = 0; i < 2; i++) {
                    try (RawClient raw = new RawClient(server.address()).send(head("/methods/body", fields))) {
                        assertTrue(raw.readHead().startsWith("HTTP/1.1 100 "));
                        assertTrue(raw.send("hello").readResponse().endsWith("hello"));
                    }
                }
                try (RawClient raw = new RawClient(server.address()).send(head("/methods/body", fields))) {
                    assertTrue(raw.readResponse().startsWith("HTTP/1.1 429 "), fields);
                }
            }
            try (RawClient raw = new RawClient(server.address()).send(head("/methods/body", ""))) {
                assertTrue(raw.readResponse().startsWith("HTTP/1.1 401 "));
            }
        }
    }

    // ---- logins that fail

    @Test
    void failedLoginsAreRefusedAtOnceWithoutAThreadThatWaits() throws IOException {
        try (Server server = app().port(0)
                .set("server.host", "127.0.0.1")
                .set("security.login.failure-window", "1h")
                .start()) {
            var clients = new ArrayList<RawClient>();
            ASKED.set(0);
            try {
                for (int i = 0; i < 200; i++) {
                    clients.add(new RawClient(server.address()));
                }
                int refused = 0;
                for (RawClient client : clients) {
                    String answer = client.send(
                                    "GET /methods/any HTTP/1.1\r\nHost: a\r\n" + basic("ada:guess") + "\r\n")
                            .readResponse();
                    refused += answer.startsWith("HTTP/1.1 429 ") ? 1 : 0;
                    assertTrue(answer.contains("WWW-Authenticate") || answer.contains("\r\nRetry-After: "), answer);
                }
                assertEquals(190, refused);
                assertEquals(10, ASKED.get(), "the password isn't even looked at");
                assertEquals(List.of(), waitingInLogins());
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
            try (RawClient other = new RawClient(server.address())) {
                String free = "GET /methods/free HTTP/1.1\r\nHost: a\r\n" + basic("ada:guess") + "\r\n";
                assertTrue(other.send(free).readResponse().startsWith("HTTP/1.1 200 "));
            }
        }
    }

    /** Threads that are in the code of logins, which nobody asks now. */
    private static List<String> waitingInLogins() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.bistro.access.")))
                .map(thread -> thread.getKey().getName())
                .toList();
    }

    // ---- on which thread

    @ParameterizedTest
    @ValueSource(strings = {"/methods/optional", "/methods/loop", "/methods/any"})
    void anAuthenticatorThatWaitsIsNeverOnAnEventLoop(String target) throws IOException {
        try (Server server = app().port(0).set("server.host", "127.0.0.1").start();
                RawClient client = new RawClient(server.address())) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + basic("ada:secret") + "\r\n";
            assertTrue(client.send(request).readResponse().startsWith("HTTP/1.1 200 "));
        }
    }
}
