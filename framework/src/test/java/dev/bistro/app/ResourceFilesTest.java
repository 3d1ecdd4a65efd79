package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.file.FileResponse;
import dev.bistro.file.ResourceFolder;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of the class path as answers, over a socket: from directories, from jars, and from jars that list no
 * directories.
 */
@Timeout(60)
class ResourceFilesTest {
    private static final String DATE = "Tue, 15 Nov 1994 08:12:31 GMT";
    private static final String LARGE = "0123456789".repeat(20_000);

    @TempDir
    static Path temporary;

    private static Server server;

    /** Stands in the class path that is meant. */
    static final class Owner {}

    @Route("/{kind}")
    static final class Folders {
        private final Map<String, ResourceFolder> folders;

        Folders() throws IOException {
            folders = Map.of(
                    "directory", ResourceFolder.of(ownerIn(directory()), "/public"),
                    "jar", ResourceFolder.of(ownerIn(jar("jar.jar", true)), "/public"),
                    "bare", ResourceFolder.of(ownerIn(jar("bare.jar", false)), "public/"));
        }

        @Get("/{path*}")
        FileResponse file(String kind, String path) {
            return folders.get(kind).file(path).precompressed();
        }
    }

    private static Map<String, String> files() {
        return new TreeMap<>(Map.of(
                "public/a.txt", "0123456789",
                "public/empty.bin", "",
                "public/large.bin", LARGE,
                "public/folder/b c.html", "<p>",
                "public/app.js", "plain",
                "public/app.js.gz", "gzipped",
                "public/.hidden", "secret",
                "secret.txt", "secret"));
    }

    private static Path directory() throws IOException {
        Path root = Files.createDirectory(temporary.resolve("classes"));
        for (var file : files().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            Files.setLastModifiedTime(path, FileTime.from(Instant.parse("1994-11-15T08:12:31Z")));
        }
        Files.createSymbolicLink(root.resolve("public/link.txt"), root.resolve("secret.txt"));
        Path owner = root.resolve(ownerFile());
        Files.createDirectories(owner.getParent());
        Files.write(owner, ownerBytes());
        return root;
    }

    private static Path jar(String name, boolean directories) throws IOException {
        Path jar = temporary.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                var entries = new JarOutputStream(out, new Manifest())) {
            if (directories) {
                entries.putNextEntry(new ZipEntry("public/"));
                entries.putNextEntry(new ZipEntry("public/folder/"));
            }
            for (var file : files().entrySet()) {
                put(entries, file.getKey(), file.getValue().getBytes(StandardCharsets.US_ASCII));
            }
            put(entries, ownerFile(), ownerBytes());
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("1994-11-15T08:12:31Z")));
        return jar;
    }

    /** Small ones aren't compressed. */
    private static void put(JarOutputStream entries, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        if (bytes.length < 100) {
            var crc = new CRC32();
            crc.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        entries.putNextEntry(entry);
        entries.write(bytes);
    }

    private static String ownerFile() {
        return Owner.class.getName().replace('.', '/') + ".class";
    }

    private static byte[] ownerBytes() throws IOException {
        try (InputStream in = Owner.class.getResourceAsStream("/" + ownerFile())) {
            return in.readAllBytes();
        }
    }

    private static Class<?> ownerIn(Path classPath) throws IOException {
        try {
            return new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null).loadClass(Owner.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @BeforeAll
    static void start() {
        server = Bistro.app(ResourceFilesTest.class)
                .classes(Folders.class)
                .set("server.compression", "false")
                .port(0)
                .start();
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

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private static String header(String response, String name) {
        int start = response.indexOf("\r\n" + name + ": ");
        assertTrue(start >= 0, name + " in " + response);
        return response.substring(start + name.length() + 4, response.indexOf("\r\n", start + 2));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "jar", "bare"})
    void describesAFile(String kind) throws IOException {
        String response = send("GET", "/" + kind + "/a.txt");
        assertStatus(200, response);
        assertEquals("text/plain;charset=utf-8", header(response, "Content-Type"));
        assertEquals("10", header(response, "Content-Length"));
        assertEquals(DATE, header(response, "Last-Modified"));
        assertEquals("bytes", header(response, "Accept-Ranges"));
        assertTrue(header(response, "ETag").matches("\"[!-~]+\""), response);
        assertEquals("0123456789", body(response));
        assertEquals("<p>", body(send("GET", "/" + kind + "/folder/b%20c.html")));
        assertEquals("0", header(send("GET", "/" + kind + "/empty.bin"), "Content-Length"));
        assertEquals(LARGE, body(send("GET", "/" + kind + "/large.bin")));
        String head = send("HEAD", "/" + kind + "/large.bin");
        assertEquals("200000", header(head, "Content-Length"));
        assertEquals("", body(head));
        String gzip = send("GET", "/" + kind + "/app.js", "Accept-Encoding: gzip");
        assertEquals("gzipped", body(gzip));
        assertEquals("gzip", header(gzip, "Content-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "jar", "bare"})
    void answersConditionsAndRanges(String kind) throws IOException {
        String path = "/" + kind + "/large.bin";
        String tag = header(send("HEAD", path), "ETag");
        assertStatus(304, send("GET", path, "If-None-Match: " + tag));
        assertStatus(304, send("GET", path, "If-Modified-Since: " + DATE));
        assertStatus(412, send("GET", path, "If-Match: \"x\""));
        assertStatus(416, send("GET", path, "Range: bytes=200000-"));
        assertEquals(LARGE.substring(99_995), body(send("GET", path, "Range: bytes=99995-", "If-Range: " + tag)));
        assertEquals(LARGE, body(send("GET", path, "Range: bytes=99995-", "If-Range: \"x\"")));
        String several = send("GET", path, "Range: bytes=150000-150004,3-5,-2");
        assertStatus(206, several);
        for (String part :
                new String[] {"150000-150004/200000\r\n\r\n01234", "3-5/200000\r\n\r\n345", "/200000\r\n\r\n89"}) {
            assertTrue(several.contains(part + "\r\n--"), several);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "jar", "bare"})
    void findsNoFolderAndNothingHiddenOrOutside(String kind) throws IOException {
        for (String path :
                new String[] {"", "folder", "folder/", "missing", ".hidden", "link.txt", "A.TXT", "a.txt/x"}) {
            assertStatus(404, send("GET", "/" + kind + "/" + path));
        }
        for (String path : new String[] {
            "../secret.txt", "%2e%2e/secret.txt", "folder/..%2f..%2fsecret.txt", "..%5csecret.txt", "%00"
        }) {
            assertStatus(403, send("GET", "/" + kind + "/" + path));
        }
    }

    @Test
    void hasTheSameTagInEachBuild() throws IOException {
        assertEquals(header(send("HEAD", "/jar/a.txt"), "ETag"), header(send("HEAD", "/bare/a.txt"), "ETag"));
    }

    @Test
    void isMissingWhereThereIsNone() throws IOException {
        assertThrows(IOException.class, () -> ResourceFolder.of(Owner.class, "/no-such-folder"));
        assertThrows(IOException.class, () -> ResourceFolder.of(ownerIn(temporary.resolve("jar.jar")), "/publ"));
        assertThrows(IllegalArgumentException.class, () -> ResourceFolder.of(Owner.class, "/"));
        assertThrows(IllegalArgumentException.class, () -> ResourceFolder.of(Owner.class, ""));
    }
}
