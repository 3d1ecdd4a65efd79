package dev.bistro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.RouteInfo;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.DenyAll;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Head;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.StreamingBody;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestRequest;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call: logins and roles by annotation and parameter, inherited and not, for each kind of route. */
@Timeout(60)
class AccessTableTest {
    record User(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    record Machine(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Factory
    static final class Logins {
        @Bean
        Authenticator people() {
            return Authenticator.basic("Shop", (name, password) -> switch (name + ":" + password) {
                case "ada:secret" -> Optional.of(Login.of(new User("ada"), "admin"));
                case "bob:secret" -> Optional.of(Login.of(new User("bob"), "reader"));
                default -> Optional.empty();
            });
        }

        @Bean
        Authenticator robots() {
            return Authenticator.bearer(token ->
                    token.equals("robot") ? Optional.of(Login.of(new Machine("m"), "admin")) : Optional.empty());
        }
    }

    // ---- by annotation, on methods and classes

    @Route("/open")
    static final class Open {
        @Get
        String open() {
            return "";
        }

        @Get("/role")
        @RolesAllowed("admin")
        String role() {
            return "";
        }

        @Get("/roles")
        @RolesAllowed({"editor", "reader"})
        String roles() {
            return "";
        }

        @Get("/any")
        @RolesAllowed(RolesAllowed.ANY_LOGIN)
        String any() {
            return "";
        }

        @Get("/denied")
        @DenyAll
        String denied() {
            return "";
        }

        @Get("/permitted")
        @PermitAll
        String permitted() {
            return "";
        }

        @Get("/jakarta-role")
        @jakarta.annotation.security.RolesAllowed("admin")
        String jakartaRole() {
            return "";
        }

        @Get("/jakarta-denied")
        @jakarta.annotation.security.DenyAll
        String jakartaDenied() {
            return "";
        }
    }

    @Route("/closed")
    @RolesAllowed("admin")
    static class Closed {
        @Get
        String closed() {
            return "";
        }

        @Get("/reader")
        @RolesAllowed("reader")
        String reader() {
            return "";
        }

        @Get("/permitted")
        @PermitAll
        String permitted() {
            return "";
        }

        @Get("/jakarta-permitted")
        @jakarta.annotation.security.PermitAll
        String jakartaPermitted() {
            return "";
        }
    }

    @Route("/denied")
    @DenyAll
    static final class Denied {
        @Get
        String denied() {
            return "";
        }

        @Get("/reader")
        @RolesAllowed("reader")
        String reader() {
            return "";
        }
    }

    @Route("/permitted")
    @PermitAll
    static final class Permitted {
        @Get
        String permitted() {
            return "";
        }

        @Get("/admin")
        @RolesAllowed("admin")
        String admin() {
            return "";
        }

        @Get("/user")
        String user(User user) {
            return "";
        }
    }

    // ---- inherited, generic, by annotations of one's own

    @RolesAllowed("admin")
    @Retention(RetentionPolicy.RUNTIME)
    @interface AdminsOnly {}

    @AdminsOnly
    @Retention(RetentionPolicy.RUNTIME)
    @interface Sensitive {}

    @AdminsOnly
    interface Guarded {}

    interface Crud<T> {
        @RolesAllowed("admin")
        String remove(T key);

        @RolesAllowed("reader")
        @Get("/default")
        default String byDefault() {
            return "";
        }
    }

    @RolesAllowed("reader")
    abstract static class Base<T> {
        @RolesAllowed("admin")
        String change(T key) {
            return "";
        }

        @Get("/inherited")
        String inherited() {
            return "";
        }

        @Get("/inherited-admin")
        @RolesAllowed("admin")
        String inheritedAdmin() {
            return "";
        }
    }

    @Route("/below")
    static final class Below extends Base<String> implements Crud<String> {
        @Get("/change")
        @Override
        String change(String key) {
            return "";
        }

        @Get("/remove")
        @Override
        public String remove(String key) {
            return "";
        }

        @Get("/own")
        String own() {
            return "";
        }

        @Get("/opened")
        @PermitAll
        String opened() {
            return "";
        }
    }

    @Route("/by-interface")
    static final class ByInterface implements Guarded {
        @Get
        String guarded() {
            return "";
        }
    }

    @Route("/reopened")
    @PermitAll
    static final class Reopened extends Base<Integer> implements Guarded {
        @Get
        String reopened() {
            return "";
        }

        @Get("/change")
        @Override
        String change(Integer key) {
            return "";
        }
    }

    @Route("/meta")
    static final class Meta {
        @Get
        @AdminsOnly
        String direct() {
            return "";
        }

        @Get("/twice")
        @Sensitive
        String twice() {
            return "";
        }
    }

    // ---- by parameters

    record Who(User user, Optional<String> note) {}

    abstract static class Typed<P> {
        @Get("/generic")
        String generic(P who) {
            return "";
        }

        @Get("/generic-optional")
        String genericOptional(Optional<P> who) {
            return "";
        }
    }

    @Route("/by")
    static final class ByParameter extends Typed<User> {
        @Get("/user")
        String user(User user) {
            return user.name;
        }

        @Get("/optional")
        String optional(Optional<User> user) {
            return user.map(User::name).orElse("nobody");
        }

        @Get("/login")
        String login(Login login) {
            return login.toString();
        }

        @Get("/optional-login")
        String optionalLogin(Optional<Login> login) {
            return "";
        }

        @Get("/principal")
        String principal(Principal principal) {
            return principal.getName();
        }

        @Get("/record")
        String record(@BeanParam Who who) {
            return "";
        }

        @Get("/request")
        String request(Request request) {
            return request.principal().map(Principal::getName).orElse("nobody");
        }

        @Get("/admin")
        @RolesAllowed("admin")
        String admin(User user) {
            return "";
        }

        @Get("/machine")
        String machine(Machine machine) {
            return "";
        }
    }

    // ---- kinds of routes

    @Route("/kinds")
    @RolesAllowed("admin")
    static final class Kinds {
        @Get("/later")
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("");
        }

        @Get("/stream")
        StreamingBody stream() {
            return output -> output.write(1);
        }

        @Head("/head")
        void head() {}

        @Post("/form")
        @Consumes("application/x-www-form-urlencoded")
        String form(@FormParam String name) {
            return "";
        }

        @Post("/typed")
        @Consumes("text/plain")
        String text(Request request) {
            return "";
        }

        @Post("/typed")
        @Consumes("text/csv")
        String csv(Request request) {
            return "";
        }

        @Get("/shown")
        @Produces("text/html")
        @PermitAll
        String page() {
            return "<p>";
        }

        @Get("/shown")
        @Produces("text/csv")
        String table() {
            return "a";
        }
    }

    @WebSocket("/socket")
    @RolesAllowed("admin")
    static final class Socket {
        @OnMessage
        void message(String text) {}
    }

    @WebSocket("/socket-of-user")
    static final class SocketOfUser {
        @OnMessage
        void message(String text, User user) {}
    }

    @WebSocket("/socket-of-anybody")
    static final class SocketOfAnybody {
        @OnMessage
        void message(String text, Optional<User> user) {}
    }

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    @RolesAllowed("admin")
    static final class ClosedFiles {}

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    static final class OpenFiles {}

    @StaticFiles(path = "/files", from = "classpath:/static/site")
    @PermitAll
    static final class PermittedFiles {}

    private static TestClient client;
    private static TestClient closed;

    private static BistroBuilder app(Class<?> application) {
        return Bistro.app(application)
                .set("security.login.max-failures", "0") // the table has more
                .classes(
                        Logins.class,
                        Open.class,
                        Closed.class,
                        Denied.class,
                        Permitted.class,
                        Below.class,
                        ByInterface.class,
                        Reopened.class,
                        Meta.class,
                        ByParameter.class,
                        Kinds.class,
                        Socket.class,
                        SocketOfUser.class,
                        SocketOfAnybody.class);
    }

    @BeforeAll
    static void start() {
        client = TestClient.start(app(ClosedFiles.class));
        closed = TestClient.start(app(OpenFiles.class).set("security.default", "deny"));
    }

    @AfterAll
    static void stop() {
        client.close();
        closed.close();
    }

    private static int status(TestClient by, String target) {
        String[] words = target.split(" ");
        TestRequest request = words.length > 1 ? by.request(Method.of(words[0]), words[1]) : by.get(words[0]);
        if (target.contains("/socket")) {
            request.header("Connection", "Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Version", "13")
                    .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        }
        if (target.contains("/form")) {
            request.form("name", "x");
        } else if (target.contains("/typed")) {
            request.text(words.length > 2 ? words[2] : "text/plain", "x");
        } else if (target.contains("/shown")) {
            request.accept(words[2]);
        }
        return target.contains("/socket")
                ? handshake(request)
                : request.send().status().code();
    }

    /** A handshake that is accepted has no end that send() could wait for. */
    private static int handshake(TestRequest request) {
        try (var stream = request.stream()) {
            return stream.status().code();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // target                    nobody wrong bob ada robot
        "/open,                      200, 200, 200, 200, 200",
        "/open/role,                 401, 401, 403, 200, 200",
        "/open/roles,                401, 401, 200, 403, 403",
        "/open/any,                  401, 401, 200, 200, 200",
        "/open/denied,               403, 403, 403, 403, 403",
        "/open/permitted,            200, 200, 200, 200, 200",
        "/open/jakarta-role,         401, 401, 403, 200, 200",
        "/open/jakarta-denied,       403, 403, 403, 403, 403",
        "/closed,                    401, 401, 403, 200, 200",
        "/closed/reader,             401, 401, 200, 403, 403",
        "/closed/permitted,          200, 200, 200, 200, 200",
        "/closed/jakarta-permitted,  200, 200, 200, 200, 200",
        "/denied,                    403, 403, 403, 403, 403",
        "/denied/reader,             401, 401, 200, 403, 403",
        "/permitted,                 200, 200, 200, 200, 200",
        "/permitted/admin,           401, 401, 403, 200, 200",
        "/permitted/user,            401, 401, 200, 200, 403",
        "/below/change?key=1,        401, 401, 403, 200, 200",
        "/below/remove?key=1,        401, 401, 403, 200, 200",
        "/below/own,                 401, 401, 200, 403, 403",
        "/below/opened,              200, 200, 200, 200, 200",
        "/below/default,             401, 401, 200, 403, 403",
        "/below/inherited,           401, 401, 200, 403, 403",
        "/below/inherited-admin,     401, 401, 403, 200, 200",
        "/by-interface,              401, 401, 403, 200, 200",
        "/reopened,                  200, 200, 200, 200, 200",
        "/reopened/change?key=1,     401, 401, 403, 200, 200",
        "/reopened/inherited,        200, 200, 200, 200, 200",
        "/reopened/inherited-admin,  401, 401, 403, 200, 200",
        "/meta,                      401, 401, 403, 200, 200",
        "/meta/twice,                401, 401, 403, 200, 200",
        "/by/user,                   401, 401, 200, 200, 403",
        "/by/optional,               200, 200, 200, 200, 200",
        "/by/login,                  401, 401, 200, 200, 200",
        "/by/optional-login,         200, 200, 200, 200, 200",
        "/by/principal,              401, 401, 200, 200, 200",
        "/by/record,                 401, 401, 200, 200, 403",
        "/by/request,                200, 200, 200, 200, 200",
        "/by/admin,                  401, 401, 403, 200, 403",
        "/by/machine,                401, 401, 403, 403, 200",
        "/by/generic,                401, 401, 200, 200, 403",
        "/by/generic-optional,       200, 200, 200, 200, 200",
        "/kinds/later,               401, 401, 403, 200, 200",
        "/kinds/stream,              401, 401, 403, 200, 200",
        "HEAD /kinds/later,          401, 401, 403, 200, 200",
        "HEAD /kinds/head,           401, 401, 403, 204, 204",
        "OPTIONS /kinds/later,       204, 204, 204, 204, 204",
        "POST /kinds/later,          405, 405, 405, 405, 405",
        "POST /kinds/form,           401, 401, 403, 200, 200",
        "POST /kinds/typed text/csv, 401, 401, 403, 200, 200",
        "POST /kinds/typed image/png, 401, 401, 403, 415, 415",
        "GET /kinds/shown text/html, 200, 200, 200, 200, 200",
        "GET /kinds/shown text/csv,  401, 401, 403, 200, 200",
        "GET /kinds/shown image/png, 406, 406, 406, 406, 406",
        "/socket,                    401, 401, 403, 101, 101",
        "/socket-of-user,            401, 401, 101, 101, 403",
        "/socket-of-anybody,         101, 101, 101, 101, 101",
        "/files/index.html,          401, 401, 403, 200, 200",
        "/files/nothing,             401, 401, 403, 404, 404",
        "/nothing,                   404, 404, 404, 404, 404",
    })
    void answers(String target, int nobody, int wrong, int bob, int ada, int robot) {
        List<Integer> statuses = List.of(
                status(client, target),
                status(client.bearer("forged"), target),
                status(client.basic("bob", "secret"), target),
                status(client.basic("ada", "secret"), target),
                status(client.bearer("robot"), target));
        assertEquals(List.of(nobody, wrong, bob, ada, robot), statuses);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/open,                200? login",
        "/open/permitted,      open",
        "/open/denied,         nobody",
        "/by/optional,         200? login",
        "/by/request,          200? login",
        "/below/opened,        open",
        "/socket-of-anybody,   101? login",
        "/files/index.html,    200? login",
        "/nothing,             404",
        "OPTIONS /open,        204",
        "POST /open,           405",
    })
    void needsALoginByDefaultIfItIsToldSo(String target, String expected) {
        int anonymous = status(closed, target);
        int known = status(closed.basic("bob", "secret"), target);
        switch (expected) {
            case "open" -> assertEquals(List.of(200, 200), List.of(anonymous, known));
            case "nobody" -> assertEquals(List.of(403, 403), List.of(anonymous, known));
            case "200? login", "101? login" ->
                assertEquals(List.of(401, Integer.parseInt(expected.substring(0, 3))), List.of(anonymous, known));
            default ->
                assertEquals(
                        List.of(Integer.parseInt(expected), Integer.parseInt(expected)), List.of(anonymous, known));
        }
    }

    @Test
    void filesThatAreForEverybodyStayOpenByDefaultDeny() {
        try (TestClient files = TestClient.start(app(PermittedFiles.class).set("security.default", "deny"))) {
            assertEquals(200, status(files, "/files/index.html"));
        }
    }

    @Test
    void theListOfRoutesSaysWhoMayCallEach() {
        var access = client.server().routes().stream()
                .collect(Collectors.toMap(
                        route -> route.method() + " " + route.path(), RouteInfo::access, (a, b) -> a + ", " + b));
        assertEquals("anybody", access.get("GET /open"));
        assertEquals("admin", access.get("GET /open/role"));
        assertEquals("editor or reader", access.get("GET /open/roles"));
        assertEquals("any login", access.get("GET /by/user"));
        assertEquals("nobody", access.get("GET /denied"));
        assertEquals("admin", access.get("GET /socket"));
        assertEquals("admin", access.get("GET /files/{path*}"));
    }

    @Test
    void theChallengesOfAllAuthenticatorsAreSent() {
        var answer = client.get("/by/user").send().assertProblem(401);
        assertEquals(
                List.of("Basic realm=\"Shop\", charset=\"UTF-8\"", "Bearer"),
                answer.headers().all("WWW-Authenticate"));
        answer = client.bearer("forged").get("/by/user").send().assertProblem(401, "The token isn't valid");
        assertEquals(List.of("Bearer error=\"invalid_token\""), answer.headers().all("WWW-Authenticate"));
    }
}
