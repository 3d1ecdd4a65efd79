package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate at its edges; the Autobahn suite's sections 12 and 13 are in {@link WebSocketSizesTest}. */
@Timeout(120)
class WebSocketCompressionTest {
    private static final int MAX = 256 * 1024;
    private static final int MESSAGES = 10;

    private static EngineServer server;

    private static WebSocketSettings settings(boolean takeover) {
        return new WebSocketSettings(MAX, MAX, 4 * MAX, Duration.ofSeconds(30), List.of(), true, takeover, 64, 1);
    }

    @BeforeAll
    static void start() throws IOException {
        server = EngineServer.builder()
                .at("/forgets", SocketEndpoints.endpoint(settings(false), s -> new SocketEndpoints.Echo()))
                .at("/keeps", SocketEndpoints.endpoint(settings(true), s -> new SocketEndpoints.Echo()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PackingClient client(String path) throws IOException {
        return new PackingClient(server.address(), path, "permessage-deflate");
    }

    /** Large and small ones on one connection; the suite has one for each size. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/forgets => permessage-deflate; client_max_window_bits",
                "/keeps => permessage-deflate; server_max_window_bits=9, permessage-deflate; client_max_window_bits=9",
                "/keeps => permessage-deflate; server_max_window_bits=15; client_max_window_bits=15",
                "/keeps => permessage-deflate; server_no_context_takeover; server_max_window_bits=9, permessage-deflate; server_no_context_takeover",
            })
    void echoesAllSizes(String path, String offer) throws IOException {
        byte[] data = PackedData.JSON.bytes();
        int at = 0;
        try (var client = new PackingClient(server.address(), path, offer)) {
            for (int size : new int[] {0, 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 64, 0}) {
                for (int i = 0; i < MESSAGES; i++) {
                    byte[] message = PackedData.part(data, at, size);
                    at += size;
                    client.send(1, message, Integer.MAX_VALUE);
                    assertArrayEquals(message, client.read().payload(), size + " bytes");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keeps", "/forgets"})
    void echoesFragmentsAndWhatCanNotBePacked(String path) throws IOException {
        var random = new Random(12);
        try (PackingClient client = client(path)) {
            for (int size : new int[] {1, 100, 1_000, 100_000}) {
                byte[] message = new byte[size];
                random.nextBytes(message);
                client.send(2, message, 256);
                assertArrayEquals(message, client.read().payload());
            }
        }
    }

    @Test
    void sendsSmallMessagesAsTheyAre() throws IOException {
        try (PackingClient client = client("/forgets")) {
            client.frames().send("T*63 T:plain");
            assertEquals("T*63", client.frames().read());
            assertEquals("T:plain", client.frames().read());
            client.frames().send("T*64");
            assertTrue(client.frames().read().startsWith("T+4<"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 7692, section 7.2.3: Hello, compressed in each way
        "f248cdc9c90700",
        "000500faff48656c6c6f00",
        "f348cdc9c9070000",
        "f248050000" + "00ffffcac9c90700",
    })
    void unpacksTheExamplesOfTheRfc(String hex) throws IOException {
        try (PackingClient client = client("/keeps")) {
            client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex(hex)));
            assertEquals("T:Hello", client.frames().read());
        }
    }

    @Test
    void unpacksWithWhatCameBefore() throws IOException { // RFC 7692, section 7.2.3.2
        try (PackingClient client = client("/keeps")) {
            client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex("f248cdc9c90700")));
            client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex("f200110000")));
            assertEquals("T:Hello", client.frames().read());
            assertEquals("T:Hello", client.frames().read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keeps", "/forgets"})
    void stopsUnpackingAtTheLimit(String path) throws IOException {
        byte[] bomb = new byte[64 * 1024 * 1024];
        try (PackingClient client = client(path)) {
            byte[] packed = client.packed(bomb);
            assertTrue(packed.length < MAX);
            client.frames().send(FrameText.masked(0xC2, packed));
            assertEquals("CLOSE=1009", client.frames().readToEnd());
        }
        try (PackingClient client = client(path)) {
            byte[] largest = new byte[MAX];
            client.send(2, largest, Integer.MAX_VALUE);
            assertArrayEquals(largest, client.read().payload());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/keeps, ff, 1007", // no such block
        "/forgets, ff, 1007",
        "/forgets, f200110000, 1007", // refers to what came before
        "/forgets, 010200fdffc32800, 1007", // text that isn't UTF-8
        "/forgets, 010100feffc300, 1007", // ends within a character
    })
    void closesForWhatCanNotBeUnpacked(String path, String hex, int code) throws IOException {
        try (PackingClient client = client(path)) {
            client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex(hex)));
            assertEquals("CLOSE=" + code, client.frames().readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"T+2:x", "PING+4:x", "T~+4:x C+4:y", "T+6:x"})
    void allowsNoOtherReservedBit(String frames) throws IOException {
        try (PackingClient client = client("/keeps")) {
            assertEquals(
                    "CLOSE=1002",
                    client.frames().send(frames.replace("~+4", "+4~")).readToEnd());
        }
    }

    @Test
    void endsAMessageThatBeginsAnewTooOften() throws IOException {
        byte[] ends = HexFormat.of().parseHex("0300".repeat(1_000));
        try (PackingClient client = client("/forgets")) {
            client.frames().send(FrameText.masked(0xC1, ends));
            assertEquals("T", client.frames().read());
        }
    }
}
