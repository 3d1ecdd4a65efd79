package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many requests with pending responses. */
@Timeout(120)
class PendingTest {
    private static final int COUNT = 10_000;

    @Test
    void waitsForManyResponsesWithoutAThread() throws IOException {
        List<SocketChannel> clients = new ArrayList<>(COUNT);
        try (var server = ServerProcess.start(PendingServer.class, "-Xmx128m")) {
            byte[] request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < COUNT; i++) {
                SocketChannel client = SocketChannel.open(server.address());
                clients.add(client);
                client.write(ByteBuffer.wrap(request));
            }
            int threads = Integer.parseInt(server.ask(String.valueOf(COUNT)));
            assertTrue(threads < ServerProcess.FEW, threads + " threads");
            server.ask("go");
            for (SocketChannel client : clients) {
                String response = readUntil("now", client);
                assertTrue(response.startsWith("HTTP/1.1 200 "), response);
            }
            assertEquals(COUNT, clients.size());
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static String readUntil(String end, SocketChannel client) throws IOException {
        var bytes = ByteBuffer.allocate(1024);
        String text = "";
        while (!text.endsWith(end) && client.read(bytes) >= 0) {
            text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        }
        return text;
    }
}
