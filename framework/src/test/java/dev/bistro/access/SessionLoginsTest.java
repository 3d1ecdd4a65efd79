package dev.bistro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.RouteInfo;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.feed.Feed;
import dev.bistro.http.Accept;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.UnauthorizedException;
import dev.bistro.session.Session;
import dev.bistro.session.SessionStore;
import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.Sessions;
import dev.bistro.session.StoredSession;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import dev.bistro.testing.TestResponse;
import dev.bistro.testing.TestWebSocket;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A login of a session is the login of the browser's requests: on each kind of route, wherever sessions are. */
@Timeout(60)
class SessionLoginsTest {
    record User(String name, Set<String> roles) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Route("/")
    static final class Account {
        @Inject
        Sessions sessions;

        @PermitAll
        @Post("/login/{name}")
        String login(Session session, Request request, String name, List<String> role) {
            String before = who(request);
            session.login(name, role);
            return before + " " + who(request);
        }

        @PermitAll
        @Post("/later/{name}")
        CompletionStage<String> later(Session session, String name) {
            return CompletableFuture.supplyAsync(() -> {
                session.login(name, "admin");
                return "done";
            });
        }

        @PermitAll
        @Post("/logout")
        String logout(Session session, Request request) {
            String before = who(request);
            session.end();
            return before + " " + who(request);
        }

        @PermitAll
        @Post("/lock/{name}")
        void lock(String name) {
            sessions.endAllOf(name);
        }

        @PermitAll
        @Post("/renew")
        void renew(Session session) {
            session.renew();
        }

        @PermitAll
        @Get("/who")
        String whoAmI(Request request) {
            return who(request);
        }

        @PermitAll
        @ExceptionHandler
        Response<String> tooLarge(SessionTooLargeException fault) {
            return Response.status(dev.bistro.http.Status.CONTENT_TOO_LARGE).withBody(fault.name());
        }
    }

    private static String who(Request request) {
        return Login.find(request)
                .map(login -> login.principal().getName() + login.roles())
                .orElse("nobody");
    }

    @Route("/kinds")
    @RolesAllowed("admin")
    static final class Kinds {
        @Get("/text")
        @NonBlocking
        String text() {
            return "";
        }

        @Get("/login")
        String login(Login login) {
            return login.principal().getName();
        }

        @Get("/principal")
        String principal(Principal who) {
            return who.getName();
        }

        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("");
        }

        @Get("/stream")
        StreamingBody stream(Request request) {
            return output -> output.write(who(request).getBytes(StandardCharsets.UTF_8));
        }

        @Get("/feed")
        Feed<String> feed() {
            return Feed.create();
        }

        @Post("/form")
        @Consumes("application/x-www-form-urlencoded")
        String form(@FormParam String name) {
            return "";
        }

        @Get("/any")
        @RolesAllowed(RolesAllowed.ANY_LOGIN)
        String any() {
            return "";
        }

        @Get("/open")
        @PermitAll
        String open(Optional<Login> login) {
            return "";
        }
    }

    @Route("/unsaid")
    static final class Unsaid {
        @Get
        String unsaid() {
            return "";
        }
    }

    @WebSocket("/socket")
    @RolesAllowed("admin")
    static final class Socket {
        @OnMessage
        String message(String text, Login login) {
            return login.principal().getName() + text;
        }
    }

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    @RolesAllowed("admin")
    static final class ClosedFiles {}

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class OpenFiles {}

    @Singleton
    static final class MapStore implements SessionStore {
        private final Map<String, StoredSession> all = new ConcurrentHashMap<>();

        @Override
        public Optional<StoredSession> find(String id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change) {
            return Optional.ofNullable(all.compute(
                    id, (key, now) -> change.apply(Optional.ofNullable(now)).orElse(null)));
        }

        @Override
        public void removeAllOf(String user) {
            all.values().removeIf(session -> session.user().equals(Optional.of(user)));
        }
    }

    private static BistroBuilder app(Class<?>... more) {
        return of(ClosedFiles.class, more);
    }

    private static BistroBuilder of(Class<?> application, Class<?>... more) {
        Class<?>[] classes = Stream.concat(
                        Stream.of(Account.class, Kinds.class, Unsaid.class, Socket.class), Stream.of(more))
                .toArray(Class<?>[]::new);
        return Bistro.app(application).classes(classes);
    }

    static Stream<BistroBuilder> places() {
        return Stream.of(
                app().set("bistro.cookie-secrets", "a secret of thirty-two bytes or so"),
                app(),
                app().set("session.store", "memory"),
                app(MapStore.class),
                of(OpenFiles.class).set("security.default", "deny"));
    }

    private static TestClient loggedIn(TestClient server, String name, String... roles) {
        TestClient client = server.withCookies();
        TestRequest login = client.post("/login/" + name);
        for (String role : roles) {
            login.query("role", role);
        }
        login.send().assertStatus(200);
        return client;
    }

    private static int status(TestClient by, String target) {
        return switch (target) {
            case "/socket" -> handshake(by.get(target));
            case "/kinds/form" ->
                by.post(target).form("name", "x").send().status().code();
            default -> by.get(target).send().status().code();
        };
    }

    private static int handshake(TestRequest request) {
        request.header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        try (var stream = request.stream()) {
            return stream.status().code();
        }
    }

    // ---- where it counts

    private static final List<String> FOR_ADMINS = List.of(
            "/kinds/text",
            "/kinds/login",
            "/kinds/principal",
            "/kinds/later",
            "/kinds/stream",
            "/kinds/feed",
            "/kinds/form",
            "/socket");

    @ParameterizedTest
    @MethodSource("places")
    void itCountsOnEachKindOfRoute(BistroBuilder app) {
        try (TestClient server = TestClient.start(app)) {
            TestClient admin = loggedIn(server, "ada", "admin", "editor");
            TestClient reader = loggedIn(server, "bob", "reader");
            TestClient plain = loggedIn(server, "eve");
            for (String target : FOR_ADMINS) {
                int success = target.equals("/socket") ? 101 : 200;
                assertEquals(List.of(success, 403, 403, 401), statuses(target, admin, reader, plain, server), target);
            }
            assertEquals(List.of(200, 200, 200, 401), statuses("/kinds/any", admin, reader, plain, server));
            assertEquals(List.of(200, 200, 200, 200), statuses("/kinds/open", admin, reader, plain, server));
            boolean denies = status(server, "/unsaid") == 401;
            assertEquals(
                    denies ? List.of(200, 200, 200, 401) : List.of(200, 403, 403, 401),
                    statuses("/files/index.html", admin, reader, plain, server));
            assertEquals(List.of(200, 200, 200), statuses("/unsaid", admin, reader, plain));
            assertEquals("ada[admin, editor]", admin.get("/who").send().text());
            assertEquals("ada[admin, editor]", admin.get("/kinds/stream").send().text());
        }
    }

    private static List<Integer> statuses(String target, TestClient... clients) {
        return Stream.of(clients).map(client -> status(client, target)).toList();
    }

    @Test
    void aSocketHasTheLoginOfItsHandshake() {
        try (TestClient server = TestClient.start(app())) {
            TestClient ada = loggedIn(server, "ada", "admin");
            try (TestWebSocket socket = ada.webSocket("/socket")) {
                socket.send("1");
                assertEquals("ada1", socket.nextText());
                ada.post("/logout").send();
                socket.send("2");
                assertEquals("ada2", socket.nextText());
            }
            assertEquals(401, status(ada, "/socket"));
        }
    }

    // ---- from login to logout

    @ParameterizedTest
    @MethodSource("places")
    void itBeginsAndEndsWithinTheRequest(BistroBuilder app) {
        try (TestClient server = TestClient.start(app)) {
            TestClient client = server.withCookies();
            client.post("/login/ada?role=admin").send().assertText("nobody ada[admin]");
            client.post("/login/ada?role=reader").send().assertText("ada[admin] ada[reader]");
            client.post("/login/bob").send().assertText("ada[reader] bob[]");
            client.post("/logout").send().assertText("bob[] nobody");
            client.get("/who").send().assertText("nobody");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void aCopyOfTheCookieIsNoLoginAfterItsEnd(BistroBuilder app) {
        try (TestClient server = TestClient.start(app)) {
            for (String end : List.of("/logout", "/lock/ada", "/renew", "/login/eve")) {
                TestClient ada = loggedIn(server, "ada", "admin");
                String copied = ada.cookie("session").orElseThrow();
                assertEquals(200, status(ada, "/kinds/text"));
                ada.post(end).send();
                assertNotEquals(Optional.of(copied), end.equals("/lock/ada") ? "" : ada.cookie("session"));
                server.get("/kinds/text").cookie("session", copied).send().assertStatus(401);
                assertEquals(
                        end.equals("/renew") ? 200 : end.equals("/login/eve") ? 403 : 401,
                        status(ada, "/kinds/text"),
                        end);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void itMayBeginOnAnotherThread(BistroBuilder app) {
        try (TestClient server = TestClient.start(app)) {
            TestClient client = server.withCookies();
            client.post("/later/ada").send().assertStatus(200);
            client.get("/who").send().assertText("ada[admin]");
        }
    }

    @Test
    void rolesAndNamesAreTexts() {
        try (TestClient server = TestClient.start(app())) {
            for (String name : List.of("M%C3%BCller", "a%2Fb", "%E2%82%AC", "x".repeat(500))) {
                TestClient client = loggedIn(server, name, "a role", "r\u00f6le", "a role", "");
                String expected = URLDecoder.decode(name, StandardCharsets.UTF_8) + "[, a role, r\u00f6le]";
                client.get("/who").send().assertText(expected);
            }
            TestClient client = loggedIn(server, "ada", "admin");
            client.post("/login/" + "x".repeat(4_000)).send().assertStatus(413);
            client.post("/login/ada").query("role", "x".repeat(4_000)).send().assertStatus(413);
            client.get("/who").send().assertText("ada[admin]");
        }
    }

    // ---- what a client without a login hears

    @Test
    void theChallengeNamesSessions() {
        try (TestClient server = TestClient.start(app())) {
            server.get("/kinds/text")
                    .send()
                    .assertProblem(401, "This is only for those who say who they are")
                    .assertHeader("WWW-Authenticate", "Session")
                    .assertHeader("Vary", "Accept, Cookie");
            server.get("/kinds/text").cookie("session", "forged").send().assertStatus(401);
            assertEquals(
                    List.of("anybody"),
                    server.server().routes().stream()
                            .filter(route -> route.path().equals("/who"))
                            .map(RouteInfo::access)
                            .toList());
        }
    }

    static final class LoginPage {
        @ExceptionHandler
        Response<?> show(UnauthorizedException fault, Request request) {
            if (!Accept.of(request).prefersHtml()) {
                throw fault;
            }
            return Response.seeOther("/login.html");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kinds/text", "/files/index.html", "/kinds/feed", "/unsaid"})
    void aHandlerLeadsPeopleToALoginPage(String target) {
        try (TestClient server =
                TestClient.start(of(OpenFiles.class, LoginPage.class).set("security.default", "deny"))) {
            server.get(target).accept("text/html").send().assertRedirect("/login.html");
            server.get(target).accept("application/json").send().assertProblem(401);
            assertEquals(401, handshake(server.get("/socket")));
        }
    }

    // ---- beside others

    @Factory
    static final class Passwords {
        @Bean
        Authenticator people() {
            return Authenticator.basic(
                    "Shop",
                    (name, password) ->
                            password.equals("secret") ? Optional.of(Login.of(name, "basic")) : Optional.empty());
        }
    }

    @Filter
    @Priority(Priority.AUTHENTICATION)
    static final class Recognises {
        Response<?> filter(Request request, Chain chain) {
            request.header("User").ifPresent(name -> Login.set(request, Login.of(name, "filter")));
            return chain.proceed();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource({
        // test  filter basic        session, expected
        "    -,  -,     -,           -,       nobody",
        "    -,  -,     -,           ada,     ada[session]",
        "    -,  -,     bob:secret,  -,       bob[basic]",
        "    -,  -,     bob:secret,  ada,     bob[basic]",
        "    -,  -,     bob:wrong,   ada,     ada[session]",
        "    -,  -,     bob:wrong,   -,       nobody",
        "    -,  fil,   -,           -,       fil[filter]",
        "    -,  fil,   -,           ada,     fil[filter]",
        "    -,  fil,   bob:secret,  ada,     fil[filter]",
        "    tes, -,    -,           -,       tes[test]",
        "    tes, -,    -,           ada,     tes[test]",
        "    tes, fil,  -,           ada,     fil[filter]",
    })
    void theOrderIsAsDocumented(String test, String filter, String basic, String session, String expected) {
        try (TestClient server = TestClient.start(app(Passwords.class, Recognises.class))) {
            TestClient client = session.equals("-") ? server : loggedIn(server, session, "session");
            if (!test.equals("-")) {
                client = client.as(test, "test");
            }
            if (!basic.equals("-")) {
                client = client.basic(basic.split(":")[0], basic.split(":")[1]);
            }
            TestRequest request = client.get("/who");
            (filter.equals("-") ? request : request.header("User", filter))
                    .send()
                    .assertText(expected);
        }
    }

    @Test
    void allWaysToLogInAreChallenges() {
        try (TestClient server = TestClient.start(app(Passwords.class))) {
            assertEquals(
                    List.of("Basic realm=\"Shop\", charset=\"UTF-8\"", "Session"),
                    server.get("/kinds/text").send().assertStatus(401).headers().all("WWW-Authenticate"));
        }
    }

    @Test
    void whoHasASessionCannotGuessPasswordsWithoutEnd() {
        try (TestClient server = TestClient.start(app(Passwords.class).set("security.login.max-failures", "3"))) {
            TestClient eve = loggedIn(server, "eve");
            for (int i = 0; i < 3; i++) {
                eve.basic("ada", "guess" + i).get("/who").send().assertText("eve[]");
            }
            eve.basic("ada", "secret").get("/who").send().assertText("eve[]");
            server.basic("ada", "secret").get("/kinds/any").send().assertStatus(429);
        }
    }

    // ---- a principal and roles of the application's own

    @Singleton
    static final class Users {
        final Map<String, User> byName = new ConcurrentHashMap<>();
    }

    @Factory
    static final class Lookup {
        @Bean
        Authenticator browsers(Users users) {
            return Authenticator.session(
                    name -> Optional.ofNullable(users.byName.get(name)).map(user -> Login.of(user, user.roles())));
        }
    }

    @Route("/own")
    static final class Own {
        @Get
        String own(User user) {
            return user.name;
        }
    }

    @Test
    void theUserIsLookedUpForEachRequest() {
        var users = new Users();
        try (TestClient server = TestClient.start(app(Lookup.class, Own.class).with(Users.class, users))) {
            TestClient ada = loggedIn(server, "ada", "admin");
            ada.get("/own").send().assertStatus(401);
            users.byName.put("ada", new User("ada", Set.of()));
            ada.get("/own").send().assertText("ada");
            ada.get("/kinds/text").send().assertStatus(403);
            users.byName.put("ada", new User("ada", Set.of("admin")));
            ada.get("/kinds/text").send().assertStatus(200);
            users.byName.clear();
            ada.get("/kinds/text").send().assertStatus(401).assertHeader("WWW-Authenticate", "Session");
        }
    }

    @Test
    void withoutALookupThePrincipalIsANameAlone() {
        try (TestClient server = TestClient.start(app(Own.class))) {
            loggedIn(server, "ada").get("/own").send().assertProblem(403, "This is only for another kind of login.");
        }
    }

    static final class ByHand implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            return Session.of(request).user().filter("ada"::equals).map(Login::of);
        }

        @Override
        public String challenge() {
            return "session realm=\"Shop\"";
        }
    }

    @Test
    void oneOfTheApplicationsForSessionsTakesThePlaceOfOurs() {
        try (TestClient server = TestClient.start(app(ByHand.class))) {
            loggedIn(server, "ada", "admin").get("/who").send().assertText("ada[]");
            loggedIn(server, "bob", "admin").get("/who").send().assertText("nobody");
            server.get("/kinds/any").send().assertHeader("WWW-Authenticate", "session realm=\"Shop\"");
        }
    }

    static final class RemembersBrowsers implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            return request.cookies().first("remember").map(name -> {
                Session.of(request).login(name, "admin");
                assertEquals(Optional.empty(), request.principal());
                return Login.of(name, "admin");
            });
        }

        @Override
        public String challenge() {
            return "Remember";
        }
    }

    @Test
    void anAuthenticatorMayBeginASession() {
        try (TestClient server = TestClient.start(app(RemembersBrowsers.class))) {
            TestClient client = server.withCookies();
            client.get("/kinds/login").cookie("remember", "ada").send().assertText("ada");
            client.get("/who").send().assertText("ada[admin]");
        }
    }

    // ---- an application without sessions, or of which nobody knows

    @Route("/")
    static final class Hidden {
        @Post("/login/{name}")
        String login(Request request, String name) {
            Session.of(request).login(name, "admin");
            return "welcome";
        }

        @Get("/admin")
        @RolesAllowed("admin")
        String admin() {
            return "";
        }

        @Get("/maybe")
        String maybe(Optional<Login> login) {
            return login.isPresent() ? "somebody" : "nobody";
        }
    }

    @Test
    void aSessionThatNoParameterTellsOfCountsToo() {
        try (TestClient server = TestClient.start(Bistro.app(Hidden.class).classes(Hidden.class, Passwords.class))) {
            TestClient ada = loggedIn(server, "ada");
            ada.get("/admin").send().assertStatus(200);
            TestResponse anonymous = server.get("/maybe").send().assertText("nobody");
            assertEquals(Optional.empty(), anonymous.header("Vary"));
            assertEquals(
                    List.of("Basic realm=\"Shop\", charset=\"UTF-8\""),
                    server.get("/admin").send().headers().all("WWW-Authenticate"));
        }
    }

    @Test
    void withoutAWayToLogInNothingStarts() {
        StartupException fault = assertThrows(
                StartupException.class,
                () -> TestClient.start(Bistro.app(Hidden.class).classes(Hidden.class)));
        assertEquals(true, fault.getMessage().contains("[nobody-can-log-in]"), fault.getMessage());
    }
}
