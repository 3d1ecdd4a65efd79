package dev.bistro.testing;

import dev.bistro.BistroBuilder;
import dev.bistro.ClientConnection;
import dev.bistro.Server;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

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
 * <p>Immutable, apart from the server. Each request has a connection of its own. An assertion that fails throws an
 * {@link AssertionError} that shows the request and the whole response.
 */
public final class TestClient implements AutoCloseable {
    /** The system property for the way to the server: {@code process} (the default) or {@code socket}. */
    public static final String MODE = "bistro.test.mode";

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Server server;
    private final Headers headers;
    private final Duration deadline;

    private TestClient(Server server, Headers headers, Duration deadline) {
        this.server = server;
        this.headers = headers;
        this.deadline = deadline;
    }

    /**
     * Starts an application and returns a client of it; {@link #close} stops the application.
     *
     * @throws dev.bistro.startup.StartupException with everything that is wrong with the application
     */
    public static TestClient start(BistroBuilder application) {
        return new TestClient(
                isOverSocket() ? application.port(0).start() : application.startInProcess(), Headers.empty(), DEADLINE);
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
        return new TestClient(server, Headers.empty(), DEADLINE);
    }

    /**
     * A client of the same server that adds this header field to each request without one of that name:
     * {@code withHeader("Accept", "text/html")}.
     */
    public TestClient withHeader(String name, String value) {
        return new TestClient(server, headers.with(name, value), deadline);
    }

    /** A client that waits so long for the end of a response. */
    TestClient withDeadline(Duration ofAnAnswer) {
        return new TestClient(server, headers, ofAnAnswer);
    }

    /** How long a response may take as a whole, if it isn't read as a stream. */
    Duration deadline() {
        return deadline;
    }

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
        return new TestRequest(this, method, target);
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

    Headers headers() {
        return headers;
    }

    Json json() {
        return Json.of(server);
    }

    String host() {
        return "localhost";
    }

    ClientConnection connect() {
        try {
            return server.connect();
        } catch (IOException e) {
            throw new UncheckedIOException("The server can't be reached", e);
        }
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.close();
    }
}
