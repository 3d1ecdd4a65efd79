package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 2 GiB through a heap of 64 MiB, in both directions. */
@Timeout(120)
class LargeBodyTest {
    private static final long BYTES = 2L * 1024 * 1024 * 1024;
    private static final int PIECE = 256 * 1024;

    private static Process process;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), LargeBodyServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(lines.readLine()));
    }

    @AfterAll
    static void stop() throws Exception {
        process.getOutputStream().close();
        assertEquals(0, process.waitFor());
    }

    @Test
    void takes2GiB() throws IOException {
        try (var client = new RawClient(address)) {
            client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: " + BYTES + "\r\n\r\n");
            var piece = new byte[PIECE];
            for (long sent = 0; sent < BYTES; sent += PIECE) {
                client.socket().getOutputStream().write(piece);
            }
            assertTrue(client.readResponse().endsWith("\r\n\r\n" + BYTES));
        }
    }

    @Test
    void gives2GiB() throws IOException {
        try (var client = new RawClient(address)) {
            client.send("GET /make?bytes=" + BYTES + " HTTP/1.0\r\n\r\n").readHead();
            InputStream in = client.socket().getInputStream();
            var piece = new byte[PIECE];
            long count = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                count += n;
            }
            assertEquals(BYTES, count);
        }
    }
}
