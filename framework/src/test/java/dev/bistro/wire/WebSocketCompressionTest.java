package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.websocket.protocol.Message;
import dev.bistro.websocket.protocol.Replies;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
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
        return new WebSocketSettings(MAX, MAX, 4 * MAX, Duration.ofSeconds(30), true, takeover, 64, 1);
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

    /** Large and small messages on one connection; the suite has a connection for each size. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/forgets => permessage-deflate; client_max_window_bits",
                "/keeps => permessage-deflate; server_max_window_bits=9, permessage-deflate; client_max_window_bits=9",
                "/keeps => permessage-deflate; server_max_window_bits=12; client_max_window_bits=9",
                "/keeps => permessage-deflate; server_max_window_bits=15; client_max_window_bits=15",
                "/keeps => permessage-deflate; server_no_context_takeover; "
                        + "server_max_window_bits=9, permessage-deflate; server_no_context_takeover",
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

    /** Random bytes that repeat at distances of all sizes are referred to only within the window. */
    @ParameterizedTest
    @CsvSource({
        "/keeps, 9", "/keeps, 10", "/keeps, 11", "/keeps, 12", "/keeps, 13", "/keeps, 14", "/keeps, 15",
        "/forgets, 9", "/forgets, 10", "/forgets, 11", "/forgets, 12", "/forgets, 13", "/forgets, 14", "/forgets, 15"
    })
    void neverRefersBackFurtherThanTheClientsWindow(String path, int bits) throws IOException {
        var random = new Random(bits);
        String offer = "permessage-deflate; server_max_window_bits=" + bits;
        try (var client = new PackingClient(server.address(), path, offer)) {
            assertTrue(client.frames().head().contains("; server_max_window_bits=" + bits + "\r\n"));
            for (int distance = 256; distance <= 30_000; distance = 2 * distance - 10) {
                byte[] unit = new byte[distance];
                random.nextBytes(unit);
                byte[] message = new byte[100_000];
                for (int i = 0; i < message.length; i++) {
                    message[i] = unit[i % distance];
                }
                client.send(2, message, Integer.MAX_VALUE);
                var packed = client.frames().readFrame();
                assertArrayEquals(message, client.unpacked(packed.payload()), distance + " bytes");
                int largest = DeflateDistances.largest(withTail(packed.payload()));
                assertTrue(largest <= 1 << bits, "refers back by " + largest);
                assertTrue(distance > (1 << bits) / 4 || packed.payload().length < 60_000, "It isn't packed");
            }
        }
    }

    private static byte[] withTail(byte[] payload) {
        byte[] data = Arrays.copyOf(payload, payload.length + 4);
        data[payload.length + 2] = (byte) 0xFF;
        data[payload.length + 3] = (byte) 0xFF;
        return data;
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

    /** RFC 7692, section 7.2.3.5: back references beyond a final block are valid, also to a message before. */
    @ParameterizedTest
    @CsvSource({
        "/keeps, f348cdc9c9070000, f200110000, T:Hello T:Hello",
        "/keeps, f348cdc9c90700, f200110000, T:Hello T:Hello", // without the empty block behind the last one
        "/keeps, f248cdc9c90700, f348cdc9c90700 f200110000, T:Hello T:HelloHello",
        "/forgets, f348cdc9c9070000, f348cdc9c90700 f200110000, T:Hello T:HelloHello",
    })
    void refersBackBeyondAFinalBlock(String path, String first, String second, String expected) throws IOException {
        try (PackingClient client = client(path)) {
            client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex(first)));
            client.frames().send(FrameText.masked(0xC1, HexFormat.of().parseHex(second.replace(" ", ""))));
            assertEquals(
                    expected, client.frames().read() + " " + client.frames().read());
        }
    }

    /** Another client of the same loop is served while a message of 64 KiB becomes one of many MiB. */
    @Test
    void othersAreServedWhileAMessageIsUnpacked() throws Exception {
        int size = 96 * 1024 * 1024;
        var settings = new WebSocketSettings(size, size, 4 * MAX, Duration.ofSeconds(30), true, false, 64, 1);
        var unpacked = new CompletableFuture<Void>();
        var echoesBefore = new AtomicInteger();
        var other = new SocketEndpoints.Echo() {
            @Override
            public CompletionStage<?> onMessage(Message message, Replies replies) {
                echoesBefore.addAndGet(unpacked.isDone() ? 0 : 1);
                return super.onMessage(message, replies);
            }
        };
        var large = new SocketEndpoints.Echo() {
            @Override
            public CompletionStage<?> onMessage(Message message, Replies replies) {
                unpacked.complete(null);
                return null;
            }
        };
        try (var busy = EngineServer.builder()
                        .at("/large", SocketEndpoints.endpoint(settings, s -> large))
                        .at("/other", SocketEndpoints.endpoint(settings, s -> other))
                        .start();
                var sender = new PackingClient(busy.address(), "/large", "permessage-deflate");
                var client = new FrameClient(busy.address(), "/other")) {
            sender.send(2, new byte[size], Integer.MAX_VALUE);
            while (!unpacked.isDone()) {
                assertEquals("T:x", client.send("T:x").read());
            }
            assertTrue(echoesBefore.get() > 1, "Only " + echoesBefore + " before the message was there");
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
