package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.StaticFiles.Cache;
import dev.bistro.app.files.FilesOnly;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are declared on the application class, over a socket. */
@Timeout(60)
class StaticFilesTest {
    private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    @StaticFiles(
            path = "/assets",
            from = "classpath:/static/site",
            cache = {@Cache(files = "docs/*", value = "max-age=60"), @Cache(files = "*.css", value = "no-store")})
    @StaticFiles(from = "src/test/resources/static/site", fallback = "index.html", cacheControl = "max-age=5")
    private static final class Site {}

    @Route("/")
    static final class Controller {
        @Get("/assets/docs/{name}")
        String docs(String name) {
            return "controller " + name;
        }

        @Get("/api/{id}")
        String api(String id) {
            return "api " + id;
        }
    }

    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(Site.class).classes(Controller.class).port(0).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String send(String method, String path, String... headers) throws IOException {
        String lines = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + lines + "\r\n");
    }

    private static String get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private static void assertHeader(String line, String response) {
        assertTrue(response.contains("\r\n" + line + "\r\n"), response);
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/style.css, text/css;charset=utf-8, p{}",
        "/assets/index.html, text/html;charset=utf-8, <h1>home</h1>",
        "/assets/, text/html;charset=utf-8, <h1>home</h1>",
        "/, text/html;charset=utf-8, <h1>home</h1>",
        "/docs/, text/html;charset=utf-8, <h1>docs</h1>",
        "/docs/a.txt, text/plain;charset=utf-8, x",
        "/assets/docs/a.txt, text/plain;charset=utf-8, controller a.txt",
        "/api/7, text/plain;charset=utf-8, api 7",
    })
    void answersWithTheFileUnlessAControllerDoes(String path, String type, String content) throws IOException {
        String response = get(path);
        assertStatus(200, response);
        assertHeader("Content-Type: " + type, response);
        assertEquals(content, body(response));
    }

    @Test
    void answersConditionsRangesAndHead() throws IOException {
        String response = get("/assets/style.css");
        int start = response.indexOf("\r\nETag: ") + 8;
        String tag = response.substring(start, response.indexOf("\r\n", start));
        assertStatus(304, get("/assets/style.css", "If-None-Match: " + tag));
        assertStatus(412, get("/assets/style.css", "If-Match: \"x\""));
        assertEquals("{}", body(get("/assets/style.css", "Range: bytes=1-")));
        assertStatus(416, get("/assets/style.css", "Range: bytes=3-"));
        String head = send("HEAD", "/assets/style.css");
        assertHeader("Content-Length: 3", head);
        assertEquals("", body(head));
        String post = send("POST", "/assets/style.css", "Content-Length: 0");
        assertStatus(405, post);
        assertHeader("Allow: GET, HEAD, OPTIONS", post);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /assets/app.3f9a1c2b.js | public, max-age=31536000, immutable
            /assets/style.css       | no-store
            /assets/docs/           | max-age=60
            /assets/                | no-cache
            /style.css              | max-age=5
            """)
    void saysHowLongCachesKeepAFile(String path, String value) throws IOException {
        assertHeader("Cache-Control: " + value, get(path));
    }

    @Test
    void sendsTheCompressedFileBesideIt() throws IOException {
        String gzip = get("/assets/app.3f9a1c2b.js", "Accept-Encoding: gzip");
        assertEquals("gzipped", body(gzip));
        assertHeader("Content-Encoding: gzip", gzip);
        assertHeader("Content-Type: text/javascript;charset=utf-8", gzip);
        assertHeader("Vary: Accept-Encoding", gzip);
        assertHeader("Cache-Control: public, max-age=31536000, immutable", gzip);
        assertEquals("plain", body(get("/assets/app.3f9a1c2b.js")));
    }

    @ParameterizedTest
    @CsvSource({
        "/assets, /assets/",
        "/docs, /docs/",
        "/docs?a=b&c, /docs/?a=b&c",
        "/d%6Fcs, /d%6Fcs/",
    })
    void redirectsAFolderToItsSlash(String path, String location) throws IOException {
        String response = get(path);
        assertStatus(301, response);
        assertHeader("Location: " + location, response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/missing.css",
                "/assets/empty",
                "/assets/empty/",
                "/assets/style.css/",
                "/assets/.secret/config",
                "/.secret/config",
                "/missing",
                "//docs//",
                "//docs",
                "///docs?a=b&c",
                "//docs/a.txt",
                "/docs%2Fa.txt",
            })
    void findsNothingElse(String path) throws IOException {
        assertStatus(404, get(path));
        assertStatus(404, get(path, "Accept: application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..%2f..%2fpublic-api.txt", "/assets/..%5cx", "/assets/%00", "/assets/a/%2e%2e/style.css"})
    void refusesPathsThatLeadUpwards(String path) throws IOException {
        assertStatus(403, get(path));
        assertStatus(403, get(path, HTML));
    }

    @Test
    void sendsTheFallbackToThoseWhoPreferHtml() throws IOException {
        String response = get("/some/where", HTML);
        assertStatus(200, response);
        assertEquals("<h1>home</h1>", body(response));
        assertHeader("Cache-Control: max-age=5", response);
        assertHeader("Vary: Accept", response);
        assertHeader("Vary: Accept-Encoding", response);
        assertStatus(200, send("HEAD", "/some/where", HTML));
        assertStatus(200, get("/.secret/config", "Accept: text/html"));
        assertStatus(404, get("/some/where", "Accept: */*"));
        assertStatus(404, get("/some/where", "Accept: image/avif,image/webp,*/*;q=0.8"));
        assertStatus(404, get("/assets/some/where", HTML));
        assertStatus(405, send("POST", "/some/where", HTML, "Content-Length: 0"));
    }

    @Test
    void showAmongTheRoutes() {
        assertEquals(
                List.of(
                        "/assets @StaticFiles(from = \"classpath:/static/site\") of StaticFilesTest.Site",
                        "/assets/{path*} @StaticFiles(from = \"classpath:/static/site\") of StaticFilesTest.Site",
                        "/{path*} @StaticFiles(from = \"src/test/resources/static/site\") of StaticFilesTest.Site"),
                server.routes().stream()
                        .filter(route -> route.handler().startsWith("@"))
                        .map(route -> route.path() + " " + route.handler())
                        .toList());
    }

    @Test
    void mayBeAllThatAnApplicationIs() throws IOException {
        try (Server alone = Bistro.app(FilesOnly.class).port(0).start()) {
            String response = RawClient.exchange(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), alone.port()),
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertEquals("<h1>home</h1>", body(response));
        }
    }

    @StaticFiles(from = "no/such/directory")
    private static final class Broken {}

    @Route("/{path*}")
    static final class TakesAll {
        @Get
        String all(String path) {
            return path;
        }
    }

    @Test
    void failsToStartWithoutItsFolderOrItsRoute() {
        var missing = assertThrows(
                StartupException.class,
                () -> Bistro.app(Broken.class).classes(Controller.class).port(0).start());
        assertTrue(missing.getMessage().contains("[missing-static-files]"), missing.getMessage());
        var twice = assertThrows(
                StartupException.class,
                () -> Bistro.app(Site.class).classes(TakesAll.class).port(0).start());
        assertTrue(twice.getMessage().contains("[duplicate-route]"), twice.getMessage());
        assertTrue(
                twice.getMessage()
                        .contains("at @StaticFiles(from = \"src/test/resources/static/site\") of StaticFilesTest.Site"),
                twice.getMessage());
        assertFalse(twice.getMessage().contains("missing"), twice.getMessage());
    }
}
