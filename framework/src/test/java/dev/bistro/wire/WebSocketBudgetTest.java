package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of all sessions of a server together, which the limits of single sessions don't bound. */
@Timeout(120)
class WebSocketBudgetTest {
    private static final int MOST = 5_000_000;
    private static final int SESSIONS = 12;

    private final BlockingQueue<WebSocketSession> sessions = new LinkedBlockingQueue<>();
    private final List<FrameClient> clients = new ArrayList<>();

    private EngineServer serve() throws IOException {
        var settings = new WebSocketSettings(
                1_000_000, 1_000_000, 1_000_000, Duration.ofMinutes(5), true, false, Integer.MAX_VALUE, 1);
        return EngineServer.builder()
                .maxBufferedBytes(MOST)
                .at("/", SocketEndpoints.endpoint(settings, session -> {
                    sessions.add(session);
                    return new SocketEndpoints.Echo();
                }))
                .start();
    }

    private FrameClient connect(EngineServer server) throws IOException {
        var client = new FrameClient(server.address(), "/");
        clients.add(client);
        return client;
    }

    private void assertNothingIsKept(EngineServer server) throws IOException {
        assertEquals(0, server.net().statistics().cutForMemory());
        for (FrameClient client : clients) {
            client.close();
        }
        Await.until(() -> server.net().statistics().open() == 0);
        assertEquals(0, server.net().statistics().bufferedBytes());
    }

    /** Clients that send most of a message, in a frame or in many, and stop. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageForWhichThereIsNoRoomClosesItsSession(boolean fragmented) throws Exception {
        try (var server = serve()) {
            byte[] head = {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x40, 0, 0, 0, 0}; // of a million bytes
            String fragments = "T~*100000" + " C~*100000".repeat(8) + " C~*99999";
            for (int i = 0; i < SESSIONS; i++) {
                FrameClient client = connect(server);
                if (fragmented) {
                    client.send(fragments);
                } else {
                    client.send(head).send(new byte[999_999]);
                }
            }
            Await.until(
                    () -> sessions.stream().filter(WebSocketSession::isOpen).count() <= (MOST - MOST / 8) / 999_999);
            int refused = 0;
            for (FrameClient client : clients) {
                client.raw().sendEnd();
                refused += client.readToEnd().equals("CLOSE=1013") ? 1 : 0;
            }
            assertEquals(SESSIONS - (MOST - MOST / 8) / 999_999, refused);
            assertNothingIsKept(server);
        }
    }
}
