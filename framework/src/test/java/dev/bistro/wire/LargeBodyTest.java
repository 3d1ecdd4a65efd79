package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 2 GiB through a heap of 64 MiB, in both directions. */
@Timeout(120)
class LargeBodyTest {
    private static final long BYTES = 2L * 1024 * 1024 * 1024;
    private static final int PIECE = 256 * 1024;

    private static ServerProcess process;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws IOException {
        process = ServerProcess.start(LargeBodyServer.class, "-Xmx64m");
        address = process.address();
    }

    @AfterAll
    static void stop() throws IOException {
        process.close();
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
            InputStream in = client.input();
            var piece = new byte[PIECE];
            long count = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                count += n;
            }
            assertEquals(BYTES, count);
        }
    }
}
