package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.file.FileResponse;
import dev.bistro.file.SafePath;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.testing.MockRequest;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file has one address, and is sent only to requests that passed the filters of that address, whatever else leads to
 * the file: links, index files, fallbacks.
 */
@Timeout(60)
class FileAddressesTest {
    private static final String ROOT = "target/file-addresses";
    private static final String HTML = "Accept: text/html\r\n";

    @StaticFiles(from = ROOT, path = "/static")
    @StaticFiles(from = ROOT, path = "/app", fallback = "guarded.html")
    @StaticFiles(from = ROOT, path = "/open", fallback = "open.txt")
    private static final class Application {}

    @Route("/")
    static final class Controller {
        private final SafePath files;

        Controller() throws IOException {
            files = SafePath.of(Path.of(ROOT));
        }

        @Get("/files/{path*}")
        FileResponse file(String path) {
            return files.file(path);
        }

        @Get("/one/{name}")
        FileResponse one(String name) {
            return files.file("docs/" + name + ".txt");
        }

        @Get("/photos/{id}")
        FileResponse photo(String id) {
            return files.file(id.equals("a/b") ? "docs/a.txt" : "none");
        }

        @Get("/products/{id}")
        String product(String id) {
            return "product " + id;
        }

        @Get("/pages/{path*}")
        String page(String path) {
            return "page " + path;
        }
    }

    @Filter({
        "/static/private/{path*}",
        "/static/index/index.html",
        "/app/guarded.html",
        "/files/private/{path*}",
        "/static/größe/{path*}"
    })
    static final class Guard {
        Response<?> filter(Request request, Chain chain) {
            return request.header("X-Key").isPresent() ? chain.proceed() : Response.status(Status.UNAUTHORIZED);
        }
    }

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        Path root = Path.of(ROOT);
        if (Files.exists(root)) {
            try (Stream<Path> before = Files.walk(root)) {
                for (Path path : before.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        for (String file : List.of(
                "private/x.txt",
                "index/index.html",
                "guarded.html",
                "docs/a.txt",
                "docs/index.html",
                "docs/sub/index.html",
                "open.txt",
                "größe/x.txt")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "content of " + file);
        }
        Files.writeString(root.resolve("docs/a.txt.gz"), "compressed");
        Files.createSymbolicLink(root.resolve("shown"), Path.of("private"));
        Files.createSymbolicLink(root.resolve("shown.txt"), Path.of("private/x.txt"));
        Files.createSymbolicLink(root.resolve("linked"), Path.of("docs"));
        Files.createSymbolicLink(root.resolve("big"), Path.of("größe"));
        server = Bistro.app(Application.class)
                .classes(Controller.class, Guard.class)
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String send(Server to, String method, String target, String headers) throws IOException {
        return RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port()),
                method + " " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static String get(String target, String headers) throws IOException {
        return send(server, "GET", target, headers);
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/shown/x.txt",
                "/static/shown.txt",
                "/static/big/x.txt",
                "/static/index/",
                "/static/index",
                "/files/shown/x.txt",
                "/files/shown.txt",
                "/app/some/page",
                "/app/",
            })
    void keepsWhatAFilterStandsBeforeFromWhoComesByAnotherPath(String path) throws IOException {
        String answer = get(path, HTML);
        assertStatus(404, answer);
        assertFalse(answer.contains("content of"), answer);
        assertStatus(404, send(server, "HEAD", path, HTML));
    }

    @ParameterizedTest
    @CsvSource({
        "/static/private/x.txt, content of private/x.txt",
        "/static/index/index.html, content of index/index.html",
        "/app/guarded.html, content of guarded.html",
        "/files/private/x.txt, content of private/x.txt",
    })
    void givesItToWhoComesByItsOwn(String path, String content) throws IOException {
        assertStatus(401, get(path, ""));
        assertTrue(get(path, "X-Key: 1\r\n").endsWith(content));
    }

    @ParameterizedTest
    @CsvSource({
        "/static/linked/a.txt, content of docs/a.txt",
        "/static/linked/, content of docs/index.html",
        "/static/docs/, content of docs/index.html",
        "/files/linked/a.txt, content of docs/a.txt",
        "/open/some/page, content of open.txt",
        "/open/some%2Fpage, content of open.txt",
        "/one/a, content of docs/a.txt",
        "/photos/a%2Fb, content of docs/a.txt",
        "/products/a%2Fb, product a/b",
        "/products/a%5Cb, product a\\b",
        "/pages/a%2Fb, page a/b",
        "/pages//a, page /a",
    })
    void leavesTheRestAsItIs(String path, String content) throws IOException {
        String answer = get(path, HTML);
        assertStatus(200, answer);
        assertTrue(answer.endsWith(content), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static//docs/a.txt",
                "/static/docs//a.txt",
                "/static/docs/a.txt/",
                "/static/docs%2Fa.txt",
                "/static/%2Fdocs/a.txt",
                "/static/docs%2F",
                "/static/docs%2Fsub",
                "/static//docs",
                "/static/docs//",
                "/static/DOCS/a.txt",
                "/files//docs/a.txt",
                "/files/docs//a.txt",
                "/files/docs/a.txt/",
                "/files/docs%2Fa.txt",
                "/files/linked%2Fa.txt",
                "/one/sub%2Fa",
                "/one/%2Fa",
            })
    void hasNoOtherSpellingOfAnAddress(String path) throws IOException {
        assertStatus(404, get(path, ""));
        assertStatus(404, send(server, "HEAD", path, ""));
    }

    @Test
    void sendsTheCompressedFileForTheOneThatWasAskedFor() throws IOException {
        assertTrue(get("/static/docs/a.txt", "Accept-Encoding: gzip\r\n").endsWith("compressed"));
        assertFalse(get("/static/docs%2Fa.txt", "Accept-Encoding: gzip\r\n").contains("compressed"));
    }

    @Test
    void readsAMockedRequestAsOneOverASocket() throws IOException {
        var controller = new Controller();
        Request request = MockRequest.get("/files/docs/a.txt")
                .pathParam("path", "docs/a.txt")
                .build();
        assertEquals(200, controller.file("docs/a.txt").answer(request).status().code());
    }

    @Test
    void sendsClientsToTheMergedPathIfThatIsWanted() throws IOException {
        try (Server lenient = Bistro.app(Application.class)
                .classes(Controller.class, Guard.class)
                .set("bistro.merge-slashes", "true")
                .port(0)
                .start()) {
            String answer = send(lenient, "GET", "//static///docs//a.txt?q=//", "");
            assertStatus(308, answer);
            assertTrue(answer.contains("\r\nLocation: /static/docs/a.txt?q=//\r\n"), answer);
            assertStatus(308, send(lenient, "POST", "/pages//a", "Content-Length: 0\r\n"));
            assertTrue(send(lenient, "GET", "//evil.example/", "").contains("\r\nLocation: /evil.example/\r\n"));
            assertStatus(401, send(lenient, "GET", "/static/private/x.txt", ""));
            assertStatus(404, send(lenient, "GET", "/static/private%2Fx.txt", ""));
            assertStatus(200, send(lenient, "GET", "/static/docs/a.txt", ""));
        }
    }
}
