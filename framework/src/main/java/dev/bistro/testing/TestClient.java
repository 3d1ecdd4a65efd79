package dev.bistro.testing;

import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.access.TestLogins;
import dev.bistro.auth.Login;
import dev.bistro.http.Method;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A client of an application under test. By default no socket is opened: client and application pass bytes within the
 * process, and everything else is as in production, from the parser of requests to the writer of responses. With
 * {@code -Dbistro.test.mode=socket}, the same tests use a socket on a free port.
 *
 * <pre>{@code
 * try (TestClient client = TestClient.start(Bistro.app(ShopApplication.class).with(Catalog.class, catalog))) {
 *     client.get("/api/products/8").send().assertProblem(404, "Product not found");
 *     client.post("/api/products").json(tea).send().assertStatus(201).assertJson("/name", "Tea");
 * }
 * }</pre>
 *
 * <p>Immutable, apart from the server and the cookies: a method that says something about all requests, such as
 * {@link #bearer}, returns another client of the same server. Each request has a connection of its own. An assertion
 * that fails throws an {@link AssertionError} that shows the request and the whole response.
 *
 * <p>If {@link Server#uri} is an address of {@code https}, the client speaks TLS, and trusts exactly the certificates
 * that the server shows. Then a server that closes a connection without a {@code close_notify} fails the test, since
 * the response may be truncated.
 */
public final class TestClient implements AutoCloseable {
    /** The system property for the way to the server: {@code process} (the default) or {@code socket}. */
    public static final String MODE = "bistro.test.mode";

    private final Server server;
    private final ClientSetup setup;
    private final Optional<TestLogins> logins;

    private TestClient(Server server, ClientSetup setup, Optional<TestLogins> logins) {
        this.server = server;
        this.setup = setup;
        this.logins = logins;
    }

    private TestClient with(ClientSetup other) {
        return new TestClient(server, other, logins);
    }

    /**
     * Starts an application and returns a client of it; {@link #close} stops the application.
     *
     * @throws dev.bistro.startup.StartupException with everything that is wrong with the application
     */
    public static TestClient start(BistroBuilder application) {
        var logins = new TestLogins();
        application.with(TestLogins.class, logins);
        TestClient client = of(isOverSocket() ? application.port(0).start() : application.startInProcess());
        return new TestClient(client.server, client.setup, Optional.of(logins));
    }

    private static boolean isOverSocket() {
        String mode = System.getProperty(MODE, "process");
        return switch (mode) {
            case "socket" -> true;
            case "process" -> false;
            default -> throw new IllegalArgumentException("-D" + MODE + "=" + mode + ": there are process and socket");
        };
    }

    /** A client of a server that is running already. */
    public static TestClient of(Server server) {
        boolean isTls = server.uri().getScheme().equals("https");
        Optional<ClientTls> tls = isTls ? Optional.of(ClientTls.trusting(server.trustManager())) : Optional.empty();
        return of(server, Connector.to(server), tls);
    }

    /** A client whose connections are opened in another way. */
    static TestClient of(Server server, Connector connector, Optional<ClientTls> tls) {
        return new TestClient(server, ClientSetup.of(connector, () -> Json.of(server), tls), Optional.empty());
    }

    // ---- other clients of the same server

    /**
     * A client of the same server that adds this header field to each request without one of that name:
     * {@code withHeader("Accept", "text/html")}.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character
     */
    public TestClient withHeader(String name, String value) {
        return with(setup.withHeader(name, value));
    }

    /**
     * A client with a bearer token: {@code bearer("abc")} sends {@code Authorization: Bearer abc}.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
     */
    public TestClient bearer(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    /**
     * A client with a user's name and password: {@code basic("ada", "secret")} sends
     * {@code Authorization: Basic YWRhOnNlY3JldA==}.
     *
     * @throws IllegalArgumentException if the name has a colon
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2">RFC 7617, section 2</a>
     */
    public TestClient basic(String user, String password) {
        if (user.contains(":")) {
            throw new IllegalArgumentException("A user's name has no colon in Basic authentication: " + user);
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /**
     * A client that has logged in without a password: {@code client.as("ada", "admin")}. The application takes the
     * login before it asks its authenticators, and only because the test has started it: any other server knows no such
     * logins.
     *
     * @param roles what {@code @RolesAllowed} asks for
     * @throws IllegalStateException if the server wasn't started by {@link #start} or {@code @BistroTest}
     */
    public TestClient as(String name, String... roles) {
        return as(Login.of(name, roles));
    }

    /**
     * The same with a principal of the application's own, which handlers take as a parameter:
     * {@code client.as(new User("ada"), "admin")}.
     *
     * @throws IllegalStateException if the server wasn't started by {@link #start} or {@code @BistroTest}
     */
    public TestClient as(Principal principal, String... roles) {
        return as(Login.of(principal, roles));
    }

    private TestClient as(Login login) {
        TestLogins known = logins.orElseThrow(() -> new IllegalStateException(
                "Only a server that TestClient.start(…) or @BistroTest has started knows logins of tests"));
        return withHeader("Authorization", known.add(login));
    }

    /**
     * A client that keeps cookies, none at first, and sends them back as a browser does: by host, path, scheme and
     * expiry. The clients that are made of this one share its cookies; for another user, call it once more.
     *
     * <pre>{@code
     * TestClient ada = client.withCookies();
     * ada.post("/login").form("user", "Ada").form("password", "secret").send();
     * ada.get("/account").send().assertStatus(200);
     * ada.cookie("session");          // Optional[8f2c…]
     * }</pre>
     *
     * <p>Without TLS, no {@code Secure} cookie is kept. All requests count as of the same site.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5">RFC 6265bis, section
     *     5</a>
     */
    public TestClient withCookies() {
        return with(setup.withCookies(new CookieJar(InstantSource.system())));
    }

    /**
     * The value of a cookie that this client keeps; of several with this name, that of the longest path.
     *
     * @throws IllegalStateException if it isn't one of {@link #withCookies}
     */
    public Optional<String> cookie(String name) {
        return setup.cookies()
                .orElseThrow(() -> new IllegalStateException("This client keeps no cookies: call withCookies() first"))
                .value(name);
    }

    /**
     * A client that holds each response against the application's OpenAPI document: its status, its media type, its
     * header fields, and its body, where that is JSON, lines of JSON or events. A response that the document doesn't
     * have is an {@link AssertionError} that says where and what it is, and shows the exchange.
     *
     * <pre>{@code
     * TestClient checked = client.withOpenApi();
     * checked.get("/api/products/2").send();
     * // AssertionError: The response isn't as the OpenAPI document says:
     * //   GET /api/products/{id} with 200 application/json: /price is "3.50", and should be a number
     * }</pre>
     *
     * <p>Paths and methods that the document doesn't have aren't held against it; of a {@linkplain TestRequest#stream
     * stream} the head is. Errors may always be problems (RFC 9457), or pages for browsers, as Bistro writes them.
     *
     * @throws RuntimeException what an {@code OpenApiCustomizer} of the application throws
     */
    public TestClient withOpenApi() {
        return with(setup.withDocumented(DocumentedAnswers.of(server)));
    }

    /** A client that holds each response against a document in this way. */
    TestClient withOpenApi(DocumentedAnswers documented) {
        return with(setup.withDocumented(documented));
    }

    /** A client that waits so long for the end of a response. */
    TestClient withDeadline(Duration ofAnAnswer) {
        return with(setup.withDeadline(ofAnAnswer));
    }

    // ---- TLS

    /**
     * A client that speaks TLS, as all do of a server that speaks nothing else: {@code client.https().get("/")}. Within
     * the process, client and server shake hands as over a socket, and what they send afterwards isn't encrypted.
     *
     * @throws IllegalStateException if the server speaks no TLS
     */
    public TestClient https() {
        return with(tls());
    }

    /**
     * A client that speaks TLS and shows this certificate if it is asked for one, whichever authority the server
     * trusts.
     *
     * <pre>{@code
     * KeyStore store = KeyStore.getInstance(new File("ada.p12"), "secret".toCharArray());
     * client.withCertificate(store, "secret").get("/account").send().assertStatus(200);
     * }</pre>
     *
     * @param store the first private key of it is used, with its certificates
     * @param password of the key
     * @throws IllegalArgumentException if the store has no private key, or another password
     * @throws IllegalStateException if the server speaks no TLS
     */
    public TestClient withCertificate(KeyStore store, String password) {
        return with(tls().withCertificate(store, password));
    }

    /**
     * A client that speaks TLS and asks for a server of this name: in the handshake (SNI, RFC 6066, section 3), where
     * it verifies that the certificate is for that name, and as the {@code Host} of requests without one.
     *
     * @throws IllegalArgumentException if it is no host name
     * @throws IllegalStateException if the server speaks no TLS
     */
    public TestClient withServerName(String name) {
        return with(tls().withServerName(name));
    }

    /**
     * A client that speaks only these versions of TLS: {@code withTlsVersions("TLSv1.2")}.
     *
     * @throws IllegalArgumentException if it names none, or one that the JDK doesn't know
     * @throws IllegalStateException if the server speaks no TLS
     */
    public TestClient withTlsVersions(String... versions) {
        return with(tls().withVersions(List.of(versions)));
    }

    /**
     * For other clients in a test, such as {@link java.net.http.HttpClient}: trusts whom this client trusts, and shows
     * the certificate that it shows.
     *
     * @throws IllegalStateException if the server speaks no TLS
     */
    public SSLContext sslContext() {
        return tls().context();
    }

    private ClientTls tls() {
        return setup.tls().orElseGet(() -> ClientTls.trusting(server.trustManager()));
    }

    private TestClient with(ClientTls tls) {
        return with(setup.withTls(tls));
    }

    // ---- requests

    /** The server. */
    public Server server() {
        return server;
    }

    /** A GET of a path, which may have a query string: {@code get("/api/products?limit=5")}. */
    public TestRequest get(String target) {
        return request(Method.GET, target);
    }

    /** A HEAD of a path. */
    public TestRequest head(String target) {
        return request(Method.HEAD, target);
    }

    /** A POST to a path. */
    public TestRequest post(String target) {
        return request(Method.POST, target);
    }

    /** A PUT to a path. */
    public TestRequest put(String target) {
        return request(Method.PUT, target);
    }

    /** A PATCH of a path. */
    public TestRequest patch(String target) {
        return request(Method.PATCH, target);
    }

    /** A DELETE of a path. */
    public TestRequest delete(String target) {
        return request(Method.DELETE, target);
    }

    /** An OPTIONS of a path. */
    public TestRequest options(String target) {
        return request(Method.OPTIONS, target);
    }

    /** A request with any method: {@code request(Method.of("PROPFIND"), "/")}. */
    public TestRequest request(Method method, String target) {
        return new TestRequest(setup, method, target);
    }

    /**
     * Opens a WebSocket: {@code webSocket("/ws/lobby")}. The header fields of {@link #withHeader} are sent with the
     * opening request.
     *
     * @throws AssertionError if the server refuses it
     */
    public TestWebSocket webSocket(String target) {
        return get(target).webSocket();
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.close();
    }
}
