package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.UpgradePayload;
import dev.bistro.net.ProtocolFactory;
import dev.bistro.net.ScriptedConnection;
import dev.bistro.websocket.protocol.OpeningHandshake;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table {@code websocket/cases.txt}: each case over a socket, and without one, cut at every byte; and the cases of
 * the Autobahn suite that differ from those in how the bytes come. Together these are all cases of the suite's sections
 * 1 to 7.
 */
@Timeout(120)
class WebSocketCasesTest {
    private static final int MAX_SPLIT_BYTES = 1_000;
    private static final int FUZZ_ROUNDS = 20_000;

    /** A line of the table. */
    record Case(String number, String sent, String expected) {
        byte[] bytes() {
            return FrameText.bytes(sent);
        }

        @Override
        public String toString() {
            return number;
        }
    }

    private static EngineServer server;

    @BeforeAll
    static void start() throws IOException {
        server = EngineServer.builder()
                .at("/echo", SocketEndpoints.endpoint(WebSocketSettings.DEFAULTS, s -> new SocketEndpoints.Echo()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = WebSocketCasesTest.class.getResourceAsStream("/websocket/cases.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s*\\|\\s*"))
                    .map(parts -> new Case(parts[0], parts[1], FrameClient.expanded(parts[2])));
        }
    }

    static Stream<Case> shortCases() throws IOException {
        return cases().filter(c -> c.bytes().length <= MAX_SPLIT_BYTES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void overASocket(Case c) throws IOException {
        try (var client = new FrameClient(server.address(), "/echo")) {
            assertEquals(c.expected, client.send(c.bytes()).readToEnd());
        }
    }

    @ParameterizedTest
    @MethodSource("shortCases")
    void cutAtEveryByte(Case c) {
        byte[] bytes = c.bytes();
        for (int cut = 0; cut <= bytes.length; cut++) {
            List<byte[]> pieces = List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
            assertEquals(c.expected, answer(pieces), "cut at " + cut);
        }
        assertEquals(c.expected, answer(single(bytes)));
    }

    /** The suite's "chops": the octets of another case, some at a time. */
    @ParameterizedTest
    @CsvSource({
        "1.1.8, 1.1.7, 997",
        "1.2.8, 1.2.7, 997",
        "2.6, 2.4, 1",
        "2.11, 2.10, 1",
        "5.5, 5.3, 1",
        "5.8, 5.6, 1",
    })
    void inChopsOverASocket(String number, String same, int octets) throws IOException {
        Case c = named(same);
        try (var client = new FrameClient(server.address(), "/echo")) {
            assertEquals(c.expected, client.sendInChops(c.bytes(), octets).readToEnd(), number);
        }
    }

    /** Each frame in a write of its own. */
    @ParameterizedTest
    @CsvSource({"5.4, 5.3", "5.7, 5.6", "5.20, 5.19"})
    void frameByFrameOverASocket(String number, String same) throws IOException {
        Case c = named(same);
        try (var client = new FrameClient(server.address(), "/echo")) {
            for (String frame : c.sent.split(" ")) {
                client.send(frame);
            }
            assertEquals(c.expected, client.readToEnd(), number);
        }
    }

    /** Closed for an octet that can't be in UTF-8, although the frame's last ones never come; its head has six. */
    @ParameterizedTest
    @CsvSource({
        "6.4.3, cebae1bdb9cf83cebcceb5f4908080, 17",
        "6.4.4, cebae1bdb9cf83cebcceb5f490, 1",
    })
    void closesWithinAFrameOfBrokenText(String number, String broken, int octets) throws IOException {
        byte[] frame = FrameText.bytes("T<" + broken + "656469746564>");
        byte[] sent = Arrays.copyOf(frame, 6 + broken.length() / 2);
        try (var client = new FrameClient(server.address(), "/echo")) {
            assertEquals("CLOSE=1007", client.sendInChops(sent, octets).readToEnd(), number);
        }
    }

    private static Case named(String number) throws IOException {
        return cases().filter(c -> c.number.equals(number)).findFirst().orElseThrow();
    }

    private static List<byte[]> single(byte[] bytes) {
        var pieces = new ArrayList<byte[]>();
        for (byte b : bytes) {
            pieces.add(new byte[] {b});
        }
        return pieces;
    }

    private static String answer(List<byte[]> pieces) {
        ScriptedConnection connection = connection(WebSocketSettings.DEFAULTS).receive(pieces);
        assertTrue(connection.isClosed());
        return FrameText.ofAll(connection.written().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ScriptedConnection connection(WebSocketSettings settings) {
        OpeningHandshake handshake = SocketEndpoints.handshake(settings, Execution.ADAPTIVE);
        Payload payload = handshake
                .accept(new UpgradeRequest(), () -> session -> new SocketEndpoints.Echo())
                .body()
                .orElseThrow();
        return new ScriptedConnection((ProtocolFactory) ((UpgradePayload) payload).takeover());
    }

    /**
     * Whatever comes, the server answers with whole frames, closes by the rules or waits for more, never fails, and
     * leaves no more than a head for later.
     */
    @Test
    void survivesMutatedFrames() throws IOException {
        List<Case> cases = shortCases().toList();
        var random = new Random(6455);
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            byte[] bytes = cases.get(random.nextInt(cases.size())).bytes();
            for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
                bytes = mutated(bytes, random);
            }
            int cut = random.nextInt(bytes.length + 1);
            ScriptedConnection connection = connection(WebSocketSettings.DEFAULTS)
                    .receive(List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)));
            String answer = FrameText.ofAll(connection.written().getBytes(StandardCharsets.ISO_8859_1));
            assertTrue(answer.matches("((T|B|PONG)\\S* ?)*(CLOSE(=1\\d{3}|=[34]\\d{3})?)?"), round + ": " + answer);
            assertEquals(connection.isClosed(), answer.contains("CLOSE"), round + ": " + answer);
            assertTrue(connection.mostLeftOver() < 14, round + ": " + connection.mostLeftOver());
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(3)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                longer[at] = (byte) random.nextInt(256);
                yield longer;
            }
        };
    }

    /** A valid request for a WebSocket. */
    private static final class UpgradeRequest extends ServerRequest {
        @Override
        public boolean isUpgradable() {
            return true;
        }

        @Override
        public String id() {
            return "c1-1";
        }

        @Override
        public Method method() {
            return Method.GET;
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public Optional<String> query() {
            return Optional.empty();
        }

        @Override
        public Headers headers() {
            return Headers.of(
                    "Connection", "Upgrade",
                    "Upgrade", "websocket",
                    "Sec-WebSocket-Version", "13",
                    "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        }

        @Override
        protected byte[] encodedBody() {
            return new byte[0];
        }

        @Override
        protected InputStream encodedBodyStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("localhost", 0);
        }
    }
}
