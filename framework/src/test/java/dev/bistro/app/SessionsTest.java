package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamingBody;
import dev.bistro.session.Session;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.Sessions;
import dev.bistro.session.StoredSession;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of an application, from outside. */
@Timeout(60)
class SessionsTest {
    private static final String SECRET = "a secret of thirty-two bytes or so";
    private static final String OTHER = "another secret of 32 bytes or more";

    @Route("/")
    static final class Account {
        private final Sessions sessions;

        @Inject
        Account(Sessions sessions) {
            this.sessions = sessions;
        }

        @Get("/user")
        String user(Session session) {
            return session.user().orElse("nobody");
        }

        @Post("/login/{name}")
        String login(Session session, String name) {
            session.login(name);
            return "welcome";
        }

        @Post("/logout")
        Response<Void> logout(Session session) {
            session.end();
            return Response.seeOther("/user");
        }

        @Post("/lock/{name}")
        String lock(String name) {
            sessions.endAllOf(name);
            return "locked";
        }

        @Post("/count")
        int count(Session session) {
            int count = session.get("count", int.class).orElse(0) + 1;
            session.set("count", count);
            return count;
        }

        @Post("/large")
        String large(Session session) {
            session.set("large", "x".repeat(100_000));
            return "done";
        }

        @Post("/later")
        CompletionStage<String> later(Session session) {
            return CompletableFuture.supplyAsync(() -> {
                session.set("count", 10);
                return "later";
            });
        }

        @Post("/fails")
        String fails(Session session) {
            session.set("count", 20);
            throw new IllegalStateException("expected");
        }

        @Post("/refused")
        String refused(Session session) {
            session.set("count", 30);
            throw new ForbiddenException("no");
        }

        @Get("/stream")
        @Produces("text/plain")
        StreamingBody stream(Session session) {
            return output -> {
                output.write(session.user().orElse("nobody").getBytes(StandardCharsets.UTF_8));
                output.flush();
                try {
                    session.set("late", 1);
                } catch (IllegalStateException expected) {
                    output.write('!');
                }
            };
        }

        @Get("/plain")
        String plain() {
            return "plain";
        }

        @ExceptionHandler
        Response<String> tooLarge(SessionTooLargeException fault) {
            return Response.status(Status.CONTENT_TOO_LARGE).withBody(fault.name());
        }
    }

    @Filter("/admin/{path*}")
    static final class LoginRequired {
        Response<?> filter(Request request, Chain chain) {
            return Session.of(request).user().isPresent() ? chain.proceed() : Response.seeOther("/login");
        }
    }

    @Route("/admin")
    static final class Admin {
        @Get("/page")
        String page(Session session) {
            return "for " + session.user().orElseThrow();
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnOpen
        String open(Session session) {
            return session.user().orElse("nobody");
        }

        @OnMessage
        String message(String text) {
            return text;
        }
    }

    private static BistroBuilder app(Class<?>... more) {
        Class<?>[] classes = Stream.concat(
                        Stream.of(Account.class, LoginRequired.class, Admin.class, Socket.class), Stream.of(more))
                .toArray(Class<?>[]::new);
        return Bistro.app(SessionsTest.class).classes(classes).set("server.port", "0");
    }

    private static BistroBuilder withSecret() {
        return app().set("bistro.cookie-secrets", SECRET);
    }

    static Stream<BistroBuilder> places() {
        return Stream.of(
                withSecret(),
                app(),
                app().set("session.store", "memory"),
                app(MapStore.class),
                app(Stores.class),
                app().set("session.store", "database").set("database.url", TestDatabase.H2.newUrl()),
                withSecret().set("session.revocations", "database").set("database.url", TestDatabase.H2.newUrl()));
    }

    // ---- the way of a user

    @ParameterizedTest
    @MethodSource("places")
    void remembersAUserUntilTheLogout(BistroBuilder app) throws IOException {
        try (TestClient server = TestClient.start(app)) {
            TestClient ada = server.withCookies();
            TestClient eve = server.withCookies();
            assertEquals("nobody", ada.get("/user").send().text());
            assertEquals(Optional.empty(), ada.cookie("session"));
            ada.get("/admin/page").send().assertRedirect("/login");
            ada.post("/count").send().assertText("1");
            String before = ada.cookie("session").orElseThrow();
            ada.post("/login/ada").send().assertStatus(200);
            String cookie = ada.cookie("session").orElseThrow();
            assertFalse(before.equals(cookie));
            assertEquals("ada", ada.get("/user").send().text());
            assertEquals("2", ada.post("/count").send().text());
            assertEquals("for ada", ada.get("/admin/page").send().text());
            assertEquals("nobody", eve.get("/user").send().text());
            try (TestWebSocket socket = ada.webSocket("/ws")) {
                assertEquals("ada", socket.nextText());
            }
            TestResponse stream = ada.get("/stream").send();
            assertEquals("ada!", stream.text());
            ada.post("/logout").send().assertRedirect("/user");
            assertEquals(Optional.empty(), ada.cookie("session"));
            assertEquals(
                    "nobody",
                    server.get("/user").cookie("session", cookie).send().text());
            assertEquals(
                    "nobody",
                    server.get("/user").cookie("session", before).send().text());
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void endsAllSessionsOfAUser(BistroBuilder app) {
        try (TestClient server = TestClient.start(app)) {
            TestClient ada = server.withCookies();
            TestClient eve = server.withCookies();
            ada.post("/login/ada").send();
            eve.post("/login/eve").send();
            server.post("/lock/ada").send().assertStatus(200);
            assertEquals("nobody", ada.get("/user").send().text());
            assertEquals("eve", eve.get("/user").send().text());
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void aChangeCountsWhateverTheAnswerIs(BistroBuilder app) {
        try (TestClient server = TestClient.start(app)) {
            TestClient client = server.withCookies();
            client.post("/later").send().assertStatus(200);
            client.post("/count").send().assertText("11");
            client.post("/fails").send().assertStatus(500);
            client.post("/count").send().assertText("21");
            client.post("/refused").send().assertStatus(403);
            client.post("/count").send().assertText("31");
            client.post("/large").send().assertStatus(413).assertText("large");
            client.post("/count").send().assertText("32");
        }
    }

    // ---- the cookie

    private static String raw(Server server, String request, String... fields) throws IOException {
        return RawClient.exchange(server.address(), head(request, fields));
    }

    private static String head(String request, String... fields) {
        return request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n"
                + String.join("", fields) + "\r\n";
    }

    private static String rawTls(Server server, String request, String... fields) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {server.trustManager()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
            socket.getOutputStream().write(head(request, fields).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String cookie(String answer) {
        return answer.replaceAll("(?s).*\r\nSet-Cookie: ([^;]*);.*", "$1");
    }

    @Test
    void isAHiddenCookieOfThisHostOverHttp() throws IOException {
        try (Server server = withSecret().start()) {
            String login = raw(server, "POST /login/ada");
            assertTrue(
                    login.matches("(?s).*\r\nSet-Cookie: session=[\\w-]{60,300}; Path=/; HttpOnly; SameSite=Lax\r\n.*"),
                    login);
            assertTrue(login.contains("\r\nCache-Control: private, no-cache\r\n"), login);
            assertTrue(login.contains("\r\nVary: Cookie\r\n"), login);
            String user = raw(server, "GET /user", "Cookie: " + cookie(login) + "\r\n");
            assertTrue(user.endsWith("\r\n\r\nada"), user);
            assertFalse(user.contains("Set-Cookie"), user);
            assertTrue(user.contains("\r\nCache-Control: private, no-cache\r\n"), user);
            String plain = raw(server, "GET /plain", "Cookie: " + cookie(login) + "\r\n");
            assertFalse(plain.contains("Vary: Cookie") || plain.contains("Cache-Control"), plain);
            String renamed = cookie(login).replace("session=", "__Host-session=");
            assertTrue(raw(server, "GET /user", "Cookie: " + renamed + "\r\n").endsWith("nobody"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookie", "memory"})
    void hasThePrefixOfHostsOverTls(String store) throws Exception {
        try (Server server = app().set("server.tls.development", "true")
                .set("session.store", store)
                .start()) {
            String login = rawTls(server, "POST /login/ada");
            String form = "(?s).*\r\nSet-Cookie: __Host-session=[A-Za-z0-9_-]{43,300}; Path=/; Secure; HttpOnly;"
                    + " SameSite=Lax\r\n.*";
            assertTrue(login.matches(form), login);
            assertTrue(rawTls(server, "GET /user", "Cookie: " + cookie(login) + "\r\n")
                    .endsWith("ada"));
            String logout = rawTls(server, "POST /logout", "Cookie: " + cookie(login) + "\r\n");
            assertTrue(
                    logout.contains("\r\nSet-Cookie: __Host-session=; Path=/; Max-Age=0; Secure; HttpOnly;"
                            + " SameSite=Lax\r\n"),
                    logout);
            String unprefixed = cookie(rawTls(server, "POST /login/ada")).replace("__Host-", "");
            assertTrue(rawTls(server, "GET /user", "Cookie: " + unprefixed + "\r\n")
                    .endsWith("nobody"));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsNoSessionIsNeverAFault(BistroBuilder app) throws IOException {
        try (Server server = app.start()) {
            String good = cookie(raw(server, "POST /login/ada"));
            String value = good.substring("session=".length());
            for (String bad : List.of(
                    "session",
                    "session=",
                    "session=\"" + "\"",
                    "session=%00",
                    "session=\u00ff\u00fe",
                    "session=" + value.substring(1),
                    "session=" + value.substring(0, value.length() - 1),
                    "session=" + value + "=",
                    "session=" + value.toUpperCase(java.util.Locale.ROOT),
                    "session=" + "A".repeat(43),
                    "session=" + "A".repeat(8000),
                    "Session=" + value,
                    "session2=" + value)) {
                String answer = raw(server, "GET /user", "Cookie: " + bad + "\r\n");
                assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("nobody"), bad + ": " + answer);
                assertFalse(answer.contains("Set-Cookie"), answer);
                String found = raw(server, "GET /user", "Cookie: " + bad + "; a=b; " + good + "\r\n");
                assertTrue(found.endsWith("ada"), bad + ": " + found);
            }
        }
    }

    @Test
    void secretsAreRotated() throws IOException {
        String old;
        try (Server server = withSecret().start()) {
            old = cookie(raw(server, "POST /login/ada"));
        }
        String newer;
        try (Server server =
                app().set("bistro.cookie-secrets", OTHER + ", " + SECRET).start()) {
            assertTrue(raw(server, "GET /user", "Cookie: " + old + "\r\n").endsWith("ada"));
            newer = cookie(raw(server, "POST /login/ada"));
        }
        try (Server server = app().set("bistro.cookie-secrets", OTHER).start()) {
            assertTrue(raw(server, "GET /user", "Cookie: " + newer + "\r\n").endsWith("ada"));
            assertTrue(raw(server, "GET /user", "Cookie: " + old + "\r\n").endsWith("nobody"));
        }
        try (Server server = app().start()) {
            assertTrue(raw(server, "GET /user", "Cookie: " + newer + "\r\n").endsWith("nobody"));
        }
    }

    @Test
    void hasTheNameThatIsSet() {
        try (TestClient server = TestClient.start(app().set("session.cookie", "shop"))) {
            TestClient client = server.withCookies();
            client.post("/login/ada").send();
            assertTrue(client.cookie("shop").isPresent());
            assertEquals("ada", client.get("/user").send().text());
        }
    }

    // ---- the place

    /** As an application writes it. */
    @Singleton
    static final class MapStore implements SessionStore {
        private final Map<String, StoredSession> sessions = new ConcurrentHashMap<>();

        @Override
        public Optional<StoredSession> find(String id) {
            return Optional.ofNullable(sessions.get(id));
        }

        @Override
        public Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change) {
            return Optional.ofNullable(sessions.compute(
                    id,
                    (key, before) -> change.apply(Optional.ofNullable(before)).orElse(null)));
        }

        @Override
        public void removeAllOf(String user) {
            sessions.values().removeIf(session -> session.user().equals(Optional.of(user)));
        }
    }

    @Factory
    static final class Stores {
        @Bean
        SessionStore store() {
            return new MapStore();
        }
    }

    @Singleton
    static final class SharedRevocations implements SessionRevocations {
        final Map<String, Instant> revoked = new ConcurrentHashMap<>();

        @Override
        public void revoke(String subject, Instant at, Instant until) {
            assertTrue(at.isBefore(until));
            revoked.put(subject, at);
        }

        @Override
        public Optional<Instant> revokedAt(String subject) {
            return Optional.ofNullable(revoked.get(subject));
        }
    }

    @Factory
    static final class MoreRevocations {
        @Bean
        SessionRevocations revocations() {
            return new SharedRevocations();
        }
    }

    @Test
    void theStoreOfTheApplicationNeverSeesTheId() throws IOException {
        try (Server server = app(MapStore.class).start()) {
            String cookie = cookie(raw(server, "POST /login/ada"));
            Map<String, StoredSession> stored = server.get(MapStore.class).sessions;
            assertEquals(1, stored.size());
            assertFalse(cookie.contains(stored.keySet().iterator().next()));
            assertEquals(Optional.of("ada"), stored.values().iterator().next().user());
            raw(server, "POST /logout", "Cookie: " + cookie + "\r\n");
            assertEquals(Map.of(), stored);
        }
    }

    @Test
    void revocationsOfTheApplicationAreAsked() throws IOException {
        try (Server server = app(SharedRevocations.class).start()) {
            String cookie = cookie(raw(server, "POST /login/ada"));
            Map<String, Instant> revoked = server.get(SharedRevocations.class).revoked;
            assertTrue(raw(server, "GET /user", "Cookie: " + cookie + "\r\n").endsWith("ada"));
            raw(server, "POST /lock/ada");
            assertEquals(1, revoked.size());
            assertTrue(raw(server, "GET /user", "Cookie: " + cookie + "\r\n").endsWith("nobody"));
            revoked.clear();
            assertTrue(raw(server, "GET /user", "Cookie: " + cookie + "\r\n").endsWith("ada"));
            raw(server, "POST /logout", "Cookie: " + cookie + "\r\n");
            assertTrue(raw(server, "GET /user", "Cookie: " + cookie + "\r\n").endsWith("nobody"));
        }
    }

    private static void assertFault(String name, BistroBuilder app) {
        var fault = assertThrows(StartupException.class, app::startInProcess);
        var problems = new Problems();
        fault.problems().forEach(problems::add);
        Golden.assertGolden(name, problems);
    }

    @Test
    void twoPlacesAreAFault() {
        assertFault("two-session-stores", app(MapStore.class, Stores.class));
        assertFault("two-session-stores-setting", app(Stores.class).set("session.store", "cookie"));
        assertFault("two-session-revocations", app(SharedRevocations.class, MoreRevocations.class));
        assertFault("useless-session-revocations", app(SharedRevocations.class, Stores.class));
        assertFault(
                "useless-session-revocations-memory", app(MoreRevocations.class).set("session.store", "memory"));
        assertFault(
                "two-session-revocations-setting", app(SharedRevocations.class).set("session.revocations", "memory"));
        assertFault("useless-session-revocations-setting", app(Stores.class).set("session.revocations", "memory"));
    }

    @Test
    void settingsHaveBounds() {
        assertFault(
                "rejected-session-settings",
                app().set("session.cookie", "__Host-x; a")
                        .set("session.idle-timeout", "2h")
                        .set("session.max-age", "1h")
                        .set("session.max-sessions", "0")
                        .set("session.max-memory", "1KiB"));
    }
}
