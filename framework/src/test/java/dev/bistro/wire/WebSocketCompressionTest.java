package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate, with the sizes and offers of the Autobahn suite's sections 12 and 13. */
@Timeout(120)
class WebSocketCompressionTest {
    private static final int MAX = 256 * 1024;
    private static final int MESSAGES = 50;

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

    /** A client that packs what it sends. */
    private static final class Packing implements AutoCloseable {
        private final FrameClient client;
        private final boolean clientForgets;
        private final boolean serverForgets;
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);

        Packing(String path, String offer) throws IOException {
            client = new FrameClient(server.address(), path, "Sec-WebSocket-Extensions: " + offer + "\r\n");
            clientForgets = client.head().contains("client_no_context_takeover");
            serverForgets = client.head().contains("server_no_context_takeover");
            assertTrue(client.head().contains("permessage-deflate"), client.head());
        }

        byte[] packed(byte[] message) {
            if (message.length == 0) {
                return new byte[1]; // RFC 7692, section 7.2.3.6
            }
            if (clientForgets) {
                deflater.reset();
            }
            deflater.setInput(message);
            byte[] buffer = new byte[2 * message.length + 100];
            int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(buffer, length - 4);
        }

        byte[] unpacked(byte[] payload) {
            if (serverForgets) {
                inflater.reset();
            }
            byte[] input = Arrays.copyOf(payload, payload.length + 4);
            input[payload.length + 2] = (byte) 0xFF;
            input[payload.length + 3] = (byte) 0xFF;
            inflater.setInput(input);
            var message = new ByteArrayOutputStream();
            byte[] buffer = new byte[64 * 1024];
            try {
                for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
                    message.write(buffer, 0, n);
                }
            } catch (DataFormatException e) {
                throw new AssertionError(e);
            }
            return message.toByteArray();
        }

        /** Sends a message in frames of so many bytes at the most. */
        void send(int opcode, byte[] message, int frameBytes) throws IOException {
            byte[] payload = packed(message);
            int at = 0;
            do {
                int end = Math.min(payload.length, at + frameBytes);
                int first = (at == 0 ? 0x40 | opcode : 0) | (end == payload.length ? 0x80 : 0);
                client.send(FrameText.masked(first, Arrays.copyOfRange(payload, at, end)));
                at = end;
            } while (at < payload.length);
        }

        /** Reads a message, which is packed if it is large enough. */
        byte[] read() throws IOException {
            byte[] start = bytes(2);
            int length = start[1] & 0xFF;
            if (length >= 126) {
                byte[] more = bytes(length == 126 ? 2 : 8);
                length = 0;
                for (byte b : more) {
                    length = length << 8 | b & 0xFF;
                }
            }
            byte[] payload = bytes(length);
            return (start[0] & 0x40) == 0 ? payload : unpacked(payload);
        }

        private byte[] bytes(int count) throws IOException {
            return client.raw().read(count).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            deflater.end();
            inflater.end();
            client.close();
        }
    }

    /** Something like JSON: parts repeat, numbers don't. */
    private static byte[] text(int length, Random random) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append("{\"id\":").append(random.nextInt(100_000)).append(",\"name\":\"something\"},");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "13.1 => /keeps => permessage-deflate",
                "13.2 => /keeps => permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "13.3 => /keeps => permessage-deflate; server_max_window_bits=9, permessage-deflate; client_max_window_bits=9",
                "13.4 => /keeps => permessage-deflate; server_max_window_bits=15; client_max_window_bits=15",
                "13.5 => /keeps => permessage-deflate; server_no_context_takeover; server_max_window_bits=9, permessage-deflate; server_no_context_takeover",
                "13.6 => /keeps => permessage-deflate; client_no_context_takeover; server_max_window_bits=15",
                "13.7 => /forgets => permessage-deflate; client_max_window_bits",
            })
    void echoesEachSize(String number, String path, String offer) throws IOException {
        var random = new Random(number.hashCode());
        try (var client = new Packing(path, offer)) {
            for (int size : new int[] {0, 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072}) {
                int count = size > 8192 ? 3 : MESSAGES;
                for (int i = 0; i < count; i++) {
                    byte[] message = text(size, random);
                    client.send(1, message, Integer.MAX_VALUE);
                    assertArrayEquals(message, client.read(), number + ", " + size + " bytes");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keeps", "/forgets"})
    void echoesFragmentsAndWhatCanNotBePacked(String path) throws IOException { // 12.3 and 12.4
        var random = new Random(12);
        try (var client = new Packing(path, "permessage-deflate")) {
            for (int size : new int[] {1, 100, 1_000, 100_000}) {
                byte[] message = new byte[size];
                random.nextBytes(message);
                client.send(2, message, 256);
                assertArrayEquals(message, client.read());
            }
        }
    }

    @Test
    void sendsSmallMessagesAsTheyAre() throws IOException {
        try (var client = new Packing("/forgets", "permessage-deflate")) {
            client.client.send("T*63 T:plain");
            assertEquals("T*63", client.client.read());
            assertEquals("T:plain", client.client.read());
            client.client.send("T*64");
            assertTrue(client.client.read().startsWith("T+4<"));
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
        try (var client = new Packing("/keeps", "permessage-deflate")) {
            client.client.send(FrameText.masked(0xC1, HexFormat.of().parseHex(hex)));
            assertEquals("T:Hello", client.client.read());
        }
    }

    @Test
    void unpacksWithWhatCameBefore() throws IOException { // RFC 7692, section 7.2.3.2
        try (var client = new Packing("/keeps", "permessage-deflate")) {
            client.client.send(FrameText.masked(0xC1, HexFormat.of().parseHex("f248cdc9c90700")));
            client.client.send(FrameText.masked(0xC1, HexFormat.of().parseHex("f200110000")));
            assertEquals("T:Hello", client.client.read());
            assertEquals("T:Hello", client.client.read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keeps", "/forgets"})
    void stopsUnpackingAtTheLimit(String path) throws IOException {
        byte[] bomb = new byte[64 * 1024 * 1024];
        try (var client = new Packing(path, "permessage-deflate")) {
            byte[] packed = client.packed(bomb);
            assertTrue(packed.length < MAX);
            client.client.send(FrameText.masked(0xC2, packed));
            assertEquals("CLOSE=1009", client.client.readToEnd());
        }
        try (var client = new Packing(path, "permessage-deflate")) {
            byte[] largest = new byte[MAX];
            client.send(2, largest, Integer.MAX_VALUE);
            assertArrayEquals(largest, client.read());
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
        try (var client = new Packing(path, "permessage-deflate")) {
            client.client.send(FrameText.masked(0xC1, HexFormat.of().parseHex(hex)));
            assertEquals("CLOSE=" + code, client.client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"T+2:x", "PING+4:x", "T~+4:x C+4:y", "T+6:x"})
    void allowsNoOtherReservedBit(String frames) throws IOException {
        try (var client = new Packing("/keeps", "permessage-deflate")) {
            assertEquals(
                    "CLOSE=1002",
                    client.client.send(frames.replace("~+4", "+4~")).readToEnd());
        }
    }

    @Test
    void endsAMessageThatBeginsAnewTooOften() throws IOException {
        byte[] ends = HexFormat.of().parseHex("0300".repeat(1_000));
        try (var client = new Packing("/forgets", "permessage-deflate")) {
            client.client.send(FrameText.masked(0xC1, ends));
            assertEquals("T", client.client.read());
        }
    }
}
