package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.websocket.protocol.WebSocketSettings;
import dev.bistro.wire.FrameClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All cases of the Autobahn suite's sections 9, 10, 12 and 13, over a socket: large messages, small and many fragments,
 * chops, a thousand messages, and all of it compressed. Each message has its own content and must come back as one
 * frame of the same kind with the same bytes.
 *
 * <p>The differences from the suite:
 *
 * <ul>
 *   <li>sections 12 and 13 send {@value #PACKED_BYTES} bytes for each number, in at least {@value #MIN_MESSAGES} and at
 *       most a thousand messages, where the suite always sends a thousand: so 1000 of 16 and 64 bytes, 512 of 256, 128
 *       of 1024, 32 of 4096, 16 of 8192, 8 of 16,384, 4 of 32,768, and 2 of what is larger;
 *   <li>what section 12 sends are data of the same kinds, made here: JSON, a picture, prose, HTML, and what can't be
 *       packed, like the suite's PDF;
 *   <li>section 12 makes the offer without parameters, so that both sides keep what came before; the suite's offer is
 *       that of 13.1;
 *   <li>a window smaller than 15 bits is declined (13.3 and 13.5), as RFC 7692 allows, and the messages come back
 *       unpacked.
 * </ul>
 */
@Timeout(300)
class WebSocketSizesTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int FINAL = 0x80;
    private static final int PACKED = 0x40;
    private static final int PACKED_BYTES = 131_072;
    private static final int MIN_MESSAGES = 2;

    /** A case of the suite: a message's kind and size, its fragments or chops, and how often it is sent. */
    record Row(String number, int opcode, int bytes, int part) {
        @Override
        public String toString() {
            return number;
        }
    }

    private static EngineServer server;

    private static WebSocketSettings settings(boolean compression) {
        return new WebSocketSettings(16 * MIB, 16 * MIB, 16 * MIB, Duration.ofMinutes(5), compression, true, 1, 1);
    }

    @BeforeAll
    static void start() throws IOException {
        server = EngineServer.builder()
                .at("/plain", SocketEndpoints.endpoint(settings(false), s -> new SocketEndpoints.Echo()))
                .at("/packs", SocketEndpoints.endpoint(settings(true), s -> new SocketEndpoints.Echo()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static FrameClient client() throws IOException {
        return new FrameClient(server.address(), "/plain");
    }

    private static void assertEchoed(Row row, int first, byte[] message, Frame frame) {
        assertEquals(first, frame.first(), row.number);
        assertEquals(-1, Arrays.mismatch(message, frame.payload()), row.number);
    }

    // ---- 9: limits and performance

    static Stream<Row> largeMessages() {
        int[] sizes = {64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB};
        return textAndBinary(9, 1, sizes.length, i -> sizes[i], i -> 0);
    }

    @ParameterizedTest
    @MethodSource("largeMessages")
    void echoesLargeMessages(Row row) throws IOException {
        byte[] message = content(row, 0);
        try (var client = client()) {
            client.send(FrameText.masked(FINAL | row.opcode, message));
            assertEchoed(row, FINAL | row.opcode, message, client.readFrame());
        }
    }

    static Stream<Row> fragments() {
        return Stream.concat(
                textAndBinary(9, 3, 9, i -> 4 * MIB, i -> 64 << 2 * i),
                Stream.of(new Row("10.1.1", TEXT, 65_536, 1_300)));
    }

    @ParameterizedTest
    @MethodSource("fragments")
    void echoesMessagesInFragments(Row row) throws IOException {
        byte[] message = content(row, 0);
        var frames = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += row.part) {
            int end = Math.min(message.length, at + row.part);
            int first = (at == 0 ? row.opcode : 0) | (end == message.length ? FINAL : 0);
            frames.writeBytes(FrameText.masked(first, Arrays.copyOfRange(message, at, end)));
        }
        try (var client = client()) {
            client.send(frames.toByteArray());
            assertEchoed(row, FINAL | row.opcode, message, client.readFrame());
        }
    }

    static Stream<Row> chops() {
        return textAndBinary(9, 5, 6, i -> MIB, i -> 64 << i);
    }

    @ParameterizedTest
    @MethodSource("chops")
    void echoesMessagesInChops(Row row) throws IOException {
        byte[] message = content(row, 0);
        try (var client = client()) {
            client.sendInChops(FrameText.masked(FINAL | row.opcode, message), row.part);
            assertEchoed(row, FINAL | row.opcode, message, client.readFrame());
        }
    }

    static Stream<Row> thousands() {
        int[] sizes = {0, 16, 64, 256, 1024, 4096};
        return textAndBinary(9, 7, sizes.length, i -> sizes[i], i -> 1_000);
    }

    /** One after the other, as the suite does, and then without waiting for an answer. */
    @ParameterizedTest
    @MethodSource("thousands")
    void echoesAThousandMessages(Row row) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < row.part; i++) {
            messages.add(content(row, i));
        }
        try (var client = client()) {
            var all = new ByteArrayOutputStream();
            for (byte[] message : messages) {
                byte[] frame = FrameText.masked(FINAL | row.opcode, message);
                all.writeBytes(frame);
                assertEchoed(
                        row, FINAL | row.opcode, message, client.send(frame).readFrame());
            }
            CompletableFuture<Void> sent = sendMeanwhile(client, all.toByteArray());
            for (byte[] message : messages) {
                assertEchoed(row, FINAL | row.opcode, message, client.readFrame());
            }
            sent.join();
        }
    }

    private static CompletableFuture<Void> sendMeanwhile(FrameClient client, byte[] bytes) {
        var sent = new CompletableFuture<Void>();
        new Thread(() -> {
                    try {
                        client.send(bytes);
                        sent.complete(null);
                    } catch (IOException e) {
                        sent.completeExceptionally(e);
                    }
                })
                .start();
        return sent;
    }

    private interface IntOf {
        int at(int index);
    }

    /** The rows of two subsections: text, and the same with binary messages. */
    private static Stream<Row> textAndBinary(int section, int subsection, int count, IntOf bytes, IntOf part) {
        List<Row> rows = new ArrayList<>();
        for (int opcode = TEXT; opcode <= BINARY; opcode++) {
            for (int i = 0; i < count; i++) {
                String number = section + "." + (subsection + opcode - 1) + "." + (i + 1);
                rows.add(new Row(number, opcode, bytes.at(i), part.at(i)));
            }
        }
        return rows.stream();
    }

    /** A unique message: random bytes, or characters of one to four bytes, which fragments and chops cut. */
    private static byte[] content(Row row, int index) {
        var random = new Random(row.number.hashCode() + index);
        byte[] message = new byte[row.bytes];
        if (row.opcode == BINARY) {
            random.nextBytes(message);
            return message;
        }
        String[] characters = {"a", "Z", "7", " ", "é", "ß", "€", "界", "😀"};
        byte[][] encoded = Stream.of(characters)
                .map(c -> c.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int at = 0;
        while (at < message.length) {
            byte[] next = encoded[random.nextInt(message.length - at < 4 ? 4 : encoded.length)];
            System.arraycopy(next, 0, message, at, next.length);
            at += next.length;
        }
        return message;
    }

    // ---- 12 and 13: permessage-deflate

    /** The suite's sizes, each with the size of its fragments or 0. */
    private static final int[][] PACKED_SIZES = {
        {16, 0},
        {64, 0},
        {256, 0},
        {1024, 0},
        {4096, 0},
        {8192, 0},
        {16_384, 0},
        {32_768, 0},
        {65_536, 0},
        {131_072, 0},
        {8192, 256},
        {16_384, 256},
        {32_768, 256},
        {65_536, 256},
        {131_072, 256},
        {131_072, 1024},
        {131_072, 4096},
        {131_072, 32_768},
    };

    private static List<Row> packedRows(String subsection, int opcode) {
        List<Row> rows = new ArrayList<>();
        for (int[] size : PACKED_SIZES) {
            rows.add(new Row(subsection + "." + (rows.size() + 1), opcode, size[0], size[1]));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "12.1, 1, JSON",
        "12.2, 2, PICTURE",
        "12.3, 2, PROSE",
        "12.4, 1, HTML",
        "12.5, 2, NOISE",
    })
    void echoesPackedMessages(String subsection, int opcode, PackedData kind) throws IOException {
        byte[] data = kind.bytes();
        for (Row row : packedRows(subsection, opcode)) {
            try (var client = new PackingClient(server.address(), "/packs", "permessage-deflate")) {
                assertFalse(client.frames().head().contains("no_context_takeover"), row.number);
                assertEchoesPacked(row, data, client);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "13.1 => permessage-deflate; client_no_context_takeover; client_max_window_bits"
                        + " => permessage-deflate; client_no_context_takeover",
                "13.2 => permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_no_context_takeover"
                        + " => permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "13.4 => permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_max_window_bits=15"
                        + " => permessage-deflate; client_no_context_takeover; server_max_window_bits=15",
                "13.6 => permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_no_context_takeover; server_max_window_bits=15"
                        + " => permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                        + "server_max_window_bits=15",
                "13.7 => permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_no_context_takeover; server_max_window_bits=9, "
                        + "permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_no_context_takeover, "
                        + "permessage-deflate; client_no_context_takeover; client_max_window_bits"
                        + " => permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                        + "server_max_window_bits=9",
                "13.3 => permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_max_window_bits=9"
                        + " => permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                        + "server_max_window_bits=9",
                "13.5 => permessage-deflate; client_no_context_takeover; client_max_window_bits; "
                        + "server_no_context_takeover; server_max_window_bits=9"
                        + " => permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                        + "server_max_window_bits=9",
            })
    void echoesPackedMessagesAsAgreed(String subsection, String offer, String answer) throws IOException {
        byte[] data = PackedData.JSON.bytes();
        for (Row row : packedRows(subsection, TEXT)) {
            try (var client = new PackingClient(server.address(), "/packs", offer)) {
                String head = client.frames().head();
                assertTrue(head.contains("Sec-WebSocket-Extensions: " + answer + "\r\n"), head);
                assertEchoesPacked(row, data, client);
            }
        }
    }

    private static void assertEchoesPacked(Row row, byte[] data, PackingClient client) throws IOException {
        int fragment = row.part == 0 ? Integer.MAX_VALUE : row.part;
        for (int i = 0; i < messages(row); i++) {
            byte[] message = PackedData.part(data, i * row.bytes, row.bytes);
            client.send(row.opcode, message, fragment);
            assertEchoed(row, FINAL | PACKED | row.opcode, message, client.read());
        }
    }

    private static int messages(Row row) {
        return Math.max(MIN_MESSAGES, Math.min(1_000, PACKED_BYTES / row.bytes));
    }

    /** Packed data that exactly fill what the server has room for, among all the others. */
    @Test
    void echoesEachSmallSizeOfWhatCanNotBePacked() throws IOException {
        byte[] data = PackedData.NOISE.bytes();
        try (var client = new PackingClient(server.address(), "/packs", "permessage-deflate")) {
            for (int size = 1; size <= 600; size++) {
                var row = new Row(size + " bytes", BINARY, size, 0);
                byte[] message = PackedData.part(data, 7 * size, size);
                client.send(BINARY, message, Integer.MAX_VALUE);
                assertEchoed(row, FINAL | PACKED | BINARY, message, client.read());
            }
        }
    }
}
