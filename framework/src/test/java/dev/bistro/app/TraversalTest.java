package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.file.FileResponse;
import dev.bistro.file.ResourceFolder;
import dev.bistro.file.SafePath;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that lead out of a root, as bytes on a socket, to each kind of folder; and strange ones that stay inside. */
@Timeout(120)
class TraversalTest {
    private static final String SECRET = "outside, and secret";
    private static final List<String> ROUTES = List.of("/path/", "/file/", "/hidden/", "/resource/", "/static/");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    @TempDir
    static Path parent;

    private static Path root;
    private static Server server;

    /** The class path has the same tree but for its links. */
    @StaticFiles(path = "/static", from = "classpath:/traversal/root")
    private static final class Application {}

    @Route("/")
    static final class Folders {
        private final SafePath files;
        private final ResourceFolder resources;

        Folders() throws IOException {
            files = SafePath.of(root);
            resources = ResourceFolder.of(TraversalTest.class, "/traversal/root");
        }

        @Get("/path/{path*}")
        Path path(String path) {
            return files.resolve(path);
        }

        @Get("/file/{path*}")
        FileResponse file(String path) {
            return files.file(path);
        }

        @Get("/hidden/{path*}")
        FileResponse hidden(String path) {
            return files.withHiddenFiles().file(path);
        }

        @Get("/resource/{path*}")
        FileResponse resource(String path) {
            return resources.file(path);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        root = Files.createDirectory(parent.resolve("root")).toRealPath();
        Files.createDirectories(root.resolve("a/b"));
        Files.createDirectories(root.resolve("a/.hidden"));
        Files.createDirectories(parent.resolve("root-beside"));
        Files.createDirectories(parent.resolve("a"));
        for (String place : List.of("inside.txt", "a/inside.txt", "a/b/inside.txt")) {
            Files.writeString(root.resolve(place), "inside");
        }
        for (String place : List.of("outside.txt", "root-beside/outside.txt", "a/outside.txt")) {
            Files.writeString(parent.resolve(place), SECRET);
        }
        link("in", root.resolve("a"));
        link("out", parent);
        link("up", Path.of(".."));
        link("a/b/up", Path.of("../../.."));
        link("link-outside.txt", Path.of("../outside.txt"));
        link("link-missing.txt", Path.of("../missing.txt"));
        link("loop", Path.of("loop"));
        link("ping", Path.of("pong"));
        link("pong", Path.of("ping"));
        link("dangling", parent.resolve("nowhere"));
        link("shown", root.resolve("a/.hidden"));
        server = Bistro.app(Application.class).classes(Folders.class).port(0).start();
    }

    private static void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), target);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> spellings() throws IOException {
        try (InputStream table = TraversalTest.class.getResourceAsStream("/traversal.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        }
    }

    @Test
    void areMany() throws IOException {
        assertTrue(spellings().distinct().count() >= 80);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void leadNowhereAndTellNothing(String line) throws IOException {
        String status = line.substring(0, 3);
        String spelling = BYTE.matcher(line.substring(4)
                        .replace("<LONG>", "x".repeat(300))
                        .replace("<ROOT>", URLEncoder.encode(root.toString(), StandardCharsets.UTF_8)))
                .replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)));
        for (String route : ROUTES) {
            String there = get(route + spelling.replace("@", "outside.txt"));
            String missing = get(route + spelling.replace("@", "missing.txt"));
            assertTrue(there.startsWith("HTTP/1.1 " + status + " "), route + ": " + there);
            assertFalse(there.contains(SECRET), route);
            assertEquals(
                    withoutTheMoment(missing), withoutTheMoment(there).replace("outside.txt", "missing.txt"), route);
        }
    }

    /** The response without its date, the number of its request, and its length, which goes with that number's. */
    private static String withoutTheMoment(String response) {
        return response.replaceAll("\r\n(Date|Content-Length|X-Request-Id): [^\r]*", "")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    private static String get(String target) throws IOException {
        return RawClient.exchange(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.txt",
                "a+b.txt",
                "100%.txt",
                "%2e%2e.txt",
                "%00.txt",
                "%2f.txt",
                "%.txt",
                "%zz",
                "#.txt",
                "?.txt",
                "what?&=.txt",
                "x:y.txt",
                "C:",
                "a.txt::$DATA",
                "größe.txt",
                "e\u0301.txt",
                "日本語.txt",
                "🙂.txt",
                "a..b.txt",
                "a...",
                "a.",
                "a ",
                " a",
                "-rf",
                "~",
                "~root",
                "a;b.txt",
                "a;",
                "a&b",
                "'",
                "\"",
                "<script>.txt",
                "[x].txt",
                "{x}.txt",
                "a,b",
                "a=b",
                "@",
                "$x",
                "!x",
                "(x)",
                "*",
                "a|b",
                "^",
                "`",
                "con",
                "nul.txt",
                "com1",
                "a:b:c",
                "\u202etxt.exe",
                "\u200b",
                "．．",
                "‥",
            })
    void leadToFilesWithStrangeNames(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("strange"));
        Files.writeString(folder.resolve(name), "content of " + name);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        for (String route : List.of("/path/", "/file/", "/hidden/")) {
            String response = get(route + "strange/" + encoded);
            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
            assertTrue(
                    response.endsWith(new String(
                            ("content of " + name).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)),
                    response);
            for (String path : List.of("/strange/" + encoded, "strange//" + encoded, "strange%2f" + encoded)) {
                String other = get(route + path);
                assertTrue(other.startsWith("HTTP/1.1 404 "), other);
            }
        }
    }

    @Test
    void leadThroughLinksThatStayInside() throws IOException {
        assertTrue(get("/file/in/b/inside.txt").endsWith("inside"));
        assertTrue(get("/file/in/inside.txt").endsWith("inside"));
        String longName = "n".repeat(250);
        Path deep = Files.createDirectories(root.resolve("d/".repeat(100)));
        Files.writeString(deep.resolve(longName), "deep");
        assertTrue(get("/path/" + "d/".repeat(100) + longName).endsWith("deep"));
        Files.writeString(root.resolve("a/.hidden/x.txt"), "hidden");
        assertTrue(get("/hidden/a/.hidden/x.txt").endsWith("hidden"));
        assertTrue(get("/file/a/.hidden/x.txt").startsWith("HTTP/1.1 404 "));
    }
}
