package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.ClientConnection;
import dev.bistro.Server;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.file.FileResponse;
import dev.bistro.file.ResourceFolder;
import dev.bistro.file.SafePath;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every spelling of a guarded path, as bytes on a socket, to each kind of place behind each kind of filter: without a
 * key, no spelling gets what is guarded.
 */
@Timeout(300)
class PathSpellingsTest {
    private static final String SECRET = "the crown jewels";
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final String KEY = "X-Key: 1\r\n";
    private static final String HANDSHAKE =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                    + "dGhlIHNhbXBsZSBub25jZQ==\r\n";

    /** Where files and values are asked for by all that follows. */
    private static final List<String> WHOLE =
            List.of("", "/dir", "/cp", "/file", "/path", "/res", "/naive", "/literal");

    /** Where one segment is a name. */
    private static final List<String> ONE = List.of("/one", "/onepath", "/oneres", "/naiveone", "/naiveregex");

    private static final List<String> SOCKETS = List.of("/ws", "/wsone", "/wsliteral");

    // ---- the places

    @StaticFiles(from = "src/test/resources/paths/site")
    @StaticFiles(path = "/dir", from = "src/test/resources/paths/site")
    @StaticFiles(path = "/cp", from = "classpath:/paths/site")
    private static final class Application {}

    @Route("/")
    static final class Folders {
        private final SafePath files;
        private final ResourceFolder resources;

        Folders() throws IOException {
            files = SafePath.of(Path.of("src/test/resources/paths/site"));
            resources = ResourceFolder.of(PathSpellingsTest.class, "/paths/site");
        }

        @Get("/file/{path*}")
        FileResponse file(String path) {
            return files.file(path);
        }

        @Get("/path/{path*}")
        Path path(String path) {
            return files.resolve(path);
        }

        @Get("/res/{path*}")
        FileResponse resource(String path) {
            return resources.file(path);
        }

        @Get("/one/{name}")
        FileResponse one(String name) {
            return files.file(name);
        }

        @Get("/onepath/{name}")
        Path onePath(String name) {
            return files.resolve(name);
        }

        @Get("/oneres/{name}")
        FileResponse oneResource(String name) {
            return resources.file(name);
        }
    }

    /** Reads its values as a file system would, and cares for nothing. */
    @Route("/")
    static final class Naive {
        @Get("/naive/{path*}")
        String rest(String path) {
            return lookUp(path);
        }

        @Get("/naiveone/{name}")
        String one(String name) {
            return lookUp(name);
        }

        @Get("/naiveregex/{name:.+}")
        String regex(String name) {
            return lookUp(name);
        }

        static String lookUp(String value) {
            if (value.indexOf('\0') >= 0 || value.endsWith("/")) {
                return "open"; // a slash at the end counts
            }
            String path = Path.of("/" + value.replace('\\', '/')).normalize().toString();
            return path.equals("/private/secret.txt") ? SECRET : "open";
        }
    }

    @Route("/literal/private")
    static final class Literal {
        @Get("/secret.txt")
        String secret() {
            return SECRET;
        }
    }

    @WebSocket("/ws/{path*}")
    static final class RestSocket {
        @OnOpen
        void open(WebSocketSession session, String path) throws IOException {
            session.send(Naive.lookUp(path));
        }

        @OnMessage
        void message(String text) {}
    }

    @WebSocket("/wsone/{name}")
    static final class OneSocket {
        @OnOpen
        void open(WebSocketSession session, String name) throws IOException {
            session.send(Naive.lookUp(name));
        }

        @OnMessage
        void message(String text) {}
    }

    @WebSocket("/wsliteral/private/secret.txt")
    static final class LiteralSocket {
        @OnOpen
        void open(WebSocketSession session) throws IOException {
            session.send(SECRET);
        }

        @OnMessage
        void message(String text) {}
    }

    // ---- the filters

    private static Response<?> guarded(Request request, Chain chain) {
        return request.header("X-Key").isPresent() ? chain.proceed() : Response.status(Status.UNAUTHORIZED);
    }

    @Filter({
        "/private/{path*}",
        "/dir/private/{path*}",
        "/cp/private/{path*}",
        "/file/private/{path*}",
        "/path/private/{path*}",
        "/res/private/{path*}",
        "/naive/private/{path*}",
        "/literal/private/{path*}",
        "/one/private/{path*}",
        "/onepath/private/{path*}",
        "/oneres/private/{path*}",
        "/naiveone/private/{path*}",
        "/naiveregex/private/{path*}",
        "/ws/private/{path*}",
        "/wsone/private/{path*}",
        "/wsliteral/private/{path*}",
    })
    static final class PrefixGuard {
        Response<?> filter(Request request, Chain chain) {
            return guarded(request, chain);
        }
    }

    @Filter({
        "/private/secret.txt",
        "/dir/private/secret.txt",
        "/cp/private/secret.txt",
        "/file/private/secret.txt",
        "/path/private/secret.txt",
        "/res/private/secret.txt",
        "/naive/private/secret.txt",
        "/literal/private/secret.txt",
        "/one/private/secret.txt",
        "/onepath/private/secret.txt",
        "/oneres/private/secret.txt",
        "/naiveone/private/secret.txt",
        "/naiveregex/private/secret.txt",
        "/ws/private/secret.txt",
        "/wsone/private/secret.txt",
        "/wsliteral/private/secret.txt",
        "/{place}/private/index.html",
        "/private/index.html",
        "/{place}/private/",
        "/private/",
    })
    static final class LiteralGuard {
        Response<?> filter(Request request, Chain chain) {
            return guarded(request, chain);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Guarded {}

    @Filter(annotatedWith = Guarded.class)
    static final class AnnotationGuard {
        Response<?> filter(Request request, Chain chain) {
            return guarded(request, chain);
        }
    }

    /** Stands in front of the others, and is guarded; what is behind it has no other guard. */
    @Route("/")
    @Guarded
    static final class InFront {
        @Get("/private/{path*}")
        String root(String path) {
            return SECRET;
        }

        @Get("/dir/private/{path*}")
        String dir(String path) {
            return SECRET;
        }

        @Get("/cp/private/{path*}")
        String cp(String path) {
            return SECRET;
        }

        @Get("/file/private/{path*}")
        String file(String path) {
            return SECRET;
        }

        @Get("/path/private/{path*}")
        String path(String path) {
            return SECRET;
        }

        @Get("/res/private/{path*}")
        String res(String path) {
            return SECRET;
        }

        @Get("/naive/private/{path*}")
        String naive(String path) {
            return SECRET;
        }

        @Get("/literal/private/{path*}")
        String literal(String path) {
            return SECRET;
        }

        @Get("/one/private/{path*}")
        String one(String path) {
            return SECRET;
        }

        @Get("/onepath/private/{path*}")
        String onepath(String path) {
            return SECRET;
        }

        @Get("/oneres/private/{path*}")
        String oneres(String path) {
            return SECRET;
        }

        @Get("/naiveone/private/{path*}")
        String naiveone(String path) {
            return SECRET;
        }

        @Get("/naiveregex/private/{path*}")
        String naiveregex(String path) {
            return SECRET;
        }
    }

    private enum Guard {
        PREFIX(PrefixGuard.class),
        LITERAL(LiteralGuard.class),
        ANNOTATION(AnnotationGuard.class, InFront.class);

        private final List<Class<?>> classes;

        Guard(Class<?>... classes) {
            this.classes = List.of(classes);
        }

        BistroBuilder application() {
            var all = new ArrayList<Class<?>>(List.of(Folders.class, Naive.class));
            all.addAll(classes);
            if (this != ANNOTATION) {
                all.addAll(List.of(Literal.class, RestSocket.class, OneSocket.class, LiteralSocket.class));
            }
            return Bistro.app(Application.class).classes(all.toArray(Class<?>[]::new));
        }
    }

    private static final Map<Guard, Server> SERVERS = new EnumMap<>(Guard.class);
    private static final Map<Guard, Server> IN_PROCESS = new EnumMap<>(Guard.class);

    @BeforeAll
    static void start() {
        for (Guard guard : Guard.values()) {
            SERVERS.put(guard, guard.application().port(0).start());
            IN_PROCESS.put(guard, guard.application().startInProcess());
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
        IN_PROCESS.values().forEach(Server::close);
    }

    // ---- asking

    static Stream<String> spellings() throws IOException {
        try (InputStream table = PathSpellingsTest.class.getResourceAsStream("/paths/spellings.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        }
    }

    private static String at(String place, String spelling) {
        return BYTE.matcher(spelling.replace("<B>", place))
                .replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)));
    }

    private static String request(String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }

    private static String send(Guard guard, String method, String target, String headers) throws IOException {
        return RawClient.exchange(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), SERVERS.get(guard).port()),
                request(method, target, headers + "Connection: close\r\n"));
    }

    /** The answers to a GET and all other methods of a path, on one connection. */
    private static String sendAll(Guard guard, String target) throws IOException {
        return RawClient.exchange(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), SERVERS.get(guard).port()),
                request("GET", target, "")
                        + request("HEAD", target, "")
                        + request("POST", target, "Content-Length: 0\r\n")
                        + request("OPTIONS", target, "Connection: close\r\n"));
    }

    private static List<Integer> statuses(String answers) {
        return STATUS.matcher(answers)
                .results()
                .map(line -> Integer.parseInt(line.group(1)))
                .toList();
    }

    private static String sendInProcess(Guard guard, String target) throws IOException {
        try (ClientConnection connection = IN_PROCESS.get(guard).connect()) {
            byte[] bytes = request("GET", target, "Connection: close\r\n").getBytes(StandardCharsets.ISO_8859_1);
            connection.output().write(bytes);
            connection.output().flush();
            return new String(connection.input().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The answer to a handshake, and the first message if it was agreed to. */
    private static String open(Guard guard, String target, String headers) throws IOException {
        try (var client = new RawClient(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), SERVERS.get(guard).port()))) {
            client.send(request("GET", target, headers + HANDSHAKE));
            String head = client.readHead();
            return head.startsWith("HTTP/1.1 101 ")
                    ? head + client.read(client.read(2).charAt(1))
                    : head;
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }

    private static void assertRefused(String answer, String what) {
        assertFalse(answer.contains(SECRET), () -> what + " came past the filter: " + answer);
        assertTrue(status(answer) < 500, () -> what + ": " + answer);
    }

    // ---- what has to be

    @Test
    void areMany() throws IOException {
        assertTrue(spellings().distinct().count() >= 120);
    }

    @ParameterizedTest
    @EnumSource(Guard.class)
    void haveOneThatLeadsThereWithAKey(Guard guard) throws IOException {
        String spelling = "<B>/private/secret.txt";
        for (String place : WHOLE) {
            String target = at(place, spelling);
            assertEquals(401, status(send(guard, "GET", target, "")), target);
            assertTrue(send(guard, "GET", target, KEY).endsWith(SECRET), target);
        }
        for (String place : ONE) {
            assertTrue(send(guard, "GET", place + "/open.txt", "").endsWith("open"), place);
        }
        for (String place : guard == Guard.ANNOTATION ? List.<String>of() : List.of("/ws", "/wsliteral")) {
            assertEquals(401, status(open(guard, at(place, spelling), "")), place);
            assertTrue(open(guard, at(place, spelling), KEY).endsWith(SECRET), place);
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void leadNobodyPastAFilter(String spelling) throws IOException {
        for (Guard guard : Guard.values()) {
            for (List<String> places : List.of(WHOLE, ONE)) {
                for (String place : places) {
                    String target = at(place, spelling);
                    String what = guard + " " + target;
                    String answers = sendAll(guard, target);
                    assertFalse(answers.contains(SECRET), () -> what + " came past the filter: " + answers);
                    List<Integer> all = statuses(answers);
                    assertTrue(all.stream().allMatch(status -> status < 500), () -> what + ": " + answers);
                    boolean isRequest = all.size() > 1; // after bytes that are none the connection ends
                    assertEquals(isRequest ? all.get(0) : 400, isRequest ? all.get(1) : all.get(0), what);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void openNoWebSocketPastAFilter(String spelling) throws IOException {
        for (Guard guard : List.of(Guard.PREFIX, Guard.LITERAL)) {
            for (String place : SOCKETS) {
                String target = at(place, spelling);
                assertRefused(open(guard, target, ""), guard + " " + target);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void areReadTheSameInProcessAsOverASocket(String spelling) throws IOException {
        for (String place : List.of("", "/dir", "/file", "/one", "/naive")) {
            String target = at(place, spelling);
            assertEquals(
                    withoutTheMoment(send(Guard.PREFIX, "GET", target, "")),
                    withoutTheMoment(sendInProcess(Guard.PREFIX, target)),
                    target);
        }
    }

    /** The response without its date, the number of its request, and its length, which goes with that number's. */
    private static String withoutTheMoment(String response) {
        return response.replaceAll("\r\n(Date|Content-Length|X-Request-Id): [^\r]*", "")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }
}
