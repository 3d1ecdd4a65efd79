package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.testing.TestClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an upload that doesn't come to its end: nothing. On real sockets. */
class BrokenUploadTest {
    @TempDir
    Path root;

    private Server server;
    private Quota quota;

    @BeforeEach
    void start() {
        server = Sample.writable(root)
                .set("files.max-file-size", "1000000")
                .set("files.quota", "2000000")
                .start();
        quota = server.get(Quota.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect(String path, String framing) throws IOException {
        var socket = new Socket(server.address().getAddress(), server.port());
        socket.setSoTimeout(60_000);
        send(
                socket,
                "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                        + Sample.AUTHORIZATION + "\r\n" + framing + "\r\n\r\n");
        return socket;
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(root)) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the folder is as expected. */
    private void await(Predicate<List<Path>> expected) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (!expected.test(files())) {
                Thread.sleep(1);
            }
        });
    }

    @Test
    void removesWhatAClientLeavesThatGoesAway() throws Exception {
        TestClient other = TestClient.of(server);
        Socket client = connect("/a.txt", "Content-Length: 1000");
        send(client, "x".repeat(500));
        await(files -> files.size() == 1 && files.get(0).toFile().length() == 500);
        Path temporary = files().get(0);
        assertEquals(500, quota.used());
        other.get("/").accept("text/plain").send().assertText("");
        other.get("/" + temporary.getFileName()).send().assertProblem(404);
        other.get("/a.txt").send().assertProblem(404);
        client.setSoLinger(true, 0); // as if its process were killed
        client.close();
        await(List::isEmpty);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (quota.used() > 0) {
                Thread.sleep(1);
            }
        });
    }

    @Test
    void keepsTheOldFileUntilTheNewOneIsComplete() throws Exception {
        Path file = Files.writeString(root.resolve("a.txt"), "old");
        try (Socket client = connect("/a.txt", "Content-Length: 6")) {
            send(client, "new ");
            await(files -> files.size() == 2);
            assertEquals("old", Files.readString(file));
            send(client, "it");
            assertTrue(answer(client).startsWith("HTTP/1.1 204 "));
            assertEquals("new it", Files.readString(file));
            assertEquals(List.of(file), files());
        }
    }

    @Test
    void ofTwoWhoMakeTheSameFileOneComesTooLate() throws Exception {
        String framing = "If-None-Match: *\r\nContent-Length: 4";
        try (Socket one = connect("/a.txt", framing);
                Socket other = connect("/a.txt", framing)) {
            send(one, "on");
            send(other, "ot");
            await(files -> files.size() == 2);
            send(one, "e!");
            assertTrue(answer(one).startsWith("HTTP/1.1 201 "));
            send(other, "h!");
            assertTrue(answer(other).startsWith("HTTP/1.1 412 "));
            assertEquals(List.of(root.resolve("a.txt")), files());
            assertEquals("one!", Files.readString(root.resolve("a.txt")));
            assertEquals(4, quota.used());
        }
    }

    @Test
    void countsWhatComesInChunks() throws Exception {
        try (Socket client = connect("/a.txt", "Transfer-Encoding: chunked")) {
            String chunk = "40000\r\n" + "x".repeat(0x40000) + "\r\n";
            for (int i = 0; i < 3; i++) {
                send(client, chunk);
            }
            await(files -> files.size() == 1 && files.get(0).toFile().length() == 3 * 0x40000);
            send(client, "40000\r\n" + "x".repeat(0x35000)); // one byte too many is among them
            assertTrue(answer(client).startsWith("HTTP/1.1 413 "));
            assertEquals(List.of(), files());
            assertEquals(0, quota.used());
        }
    }

    @Test
    void twoUploadsCannotPassTheQuotaTogether() throws Exception {
        Files.write(root.resolve("old"), new byte[1_500_000]);
        server.close();
        start();
        String framing = "Transfer-Encoding: chunked";
        try (Socket one = connect("/one", framing);
                Socket other = connect("/other", framing)) {
            String chunk = "4e200\r\n" + "x".repeat(320_000) + "\r\n";
            send(one, chunk);
            await(files -> files.stream().anyMatch(file -> file.toFile().length() == 320_000));
            send(other, chunk);
            assertTrue(answer(other).startsWith("HTTP/1.1 413 "));
            send(one, "0\r\n\r\n");
            assertTrue(answer(one).startsWith("HTTP/1.1 201 "));
            assertEquals(1_820_000, quota.used());
        }
    }

    @Test
    void removesAtTheStartWhatWasLeft() throws Exception {
        Path folder = Files.createDirectories(root.resolve("a/b"));
        Path leftover = Files.writeString(folder.resolve(".bistro-upload-5.part"), "left over");
        Path other = Files.writeString(folder.resolve(".part"), "other");
        server.close();
        start();
        assertTrue(Files.notExists(leftover));
        assertTrue(Files.exists(other));
        assertEquals(5, quota.used());
    }

    private static String answer(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
