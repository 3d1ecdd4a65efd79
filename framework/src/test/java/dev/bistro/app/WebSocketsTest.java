package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.app.socket.SocketApplication;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.wire.FrameClient;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Declared WebSockets, with the client of the JDK and with frames by hand. */
@Timeout(120)
class WebSocketsTest {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(SocketApplication.class)
                .port(0)
                .set("server.websocket.origins", "https://example.org, https://example.net")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static FrameClient client(String target, String... headers) throws IOException {
        return new FrameClient(address(), target, headers);
    }

    /** The JDK's client, and what it has heard. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            events.add("bytes " + data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            events.add("pong " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add("close " + code + " " + reason);
            return null;
        }

        String next() throws InterruptedException {
            return events.poll(30, TimeUnit.SECONDS);
        }
    }

    private static WebSocket connect(Heard heard, String path) {
        URI uri = URI.create("ws://localhost:" + server.port() + path);
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, heard)
                .join();
    }

    @Test
    void chatInRooms() throws Exception {
        var ann = new Heard();
        var bob = new Heard();
        WebSocket first = connect(ann, "/chat/tea?name=Ann");
        assertEquals("Ann is here", ann.next());
        WebSocket second = connect(bob, "/chat/tea");
        assertEquals("Anonymous is here", ann.next());
        assertEquals("Anonymous is here", bob.next());
        first.sendText("h\u00e9", false).join();
        first.sendText("llo \uD83D\uDE00", true).join();
        assertEquals("Ann: h\u00e9llo \uD83D\uDE00", bob.next());
        assertEquals("Ann: h\u00e9llo \uD83D\uDE00", ann.next());
        second.sendPing(ByteBuffer.allocate(3)).join();
        assertEquals("pong 3", bob.next());
        second.sendClose(3000, "bye").join();
        assertEquals("close 3000 ", bob.next());
        assertEquals("Anonymous left with 3000", ann.next());
        first.abort();
    }

    @Test
    void bindParametersAndMessagesByTheirTypes() throws Exception {
        try (var client = client(
                "/points/7?scale=2",
                "User-Agent: me\r\n",
                "Cookie: theme=dark\r\n",
                "Sec-WebSocket-Protocol: points\r\n")) {
            assertTrue(client.head().contains("\r\nSec-WebSocket-Protocol: points\r\n"), client.head());
            assertEquals("T:7_2_me_dark_/points/7", client.read());
            assertEquals(
                    "T:{\"x\":4,\"y\":2}", client.send("T:{\"x\":1,\"y\":2}").read());
            assertEquals("B<03>", client.send("B:abc").read());
            assertEquals(
                    "CLOSE=1008", client.send("T:{\"x\":13,\"y\":2} CLOSE=1000").readToEnd());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/points/7 => T:{ => 1007",
                "/points/7 => T:{\"x\":1} => 1007",
                "/points/7 => T:{\"x\":\"a\",\"y\":1} => 1007",
                "/silent => T:x => 1011",
                "/chat/x => B:x => 1003",
            })
    void closeForWhatCanNotBeHandled(String path, String sent, int code) throws IOException {
        try (var client = client(path, "User-Agent: me\r\n")) {
            String frames = client.send(sent + " CLOSE=1000").readToEnd();
            assertTrue(frames.endsWith("CLOSE=" + code), frames);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"later", "twice"})
    void letAMethodDealWithFaults(String second) throws Exception {
        try (var client = client("/failing")) {
            assertEquals("T:fine!", client.send("T:fine").read());
            assertEquals("T:caught_now", client.send("T:now T:again T:fine").read());
            assertEquals("T:caught_again", client.read());
            assertEquals("T:fine!", client.read());
            assertEquals(
                    "CLOSE=1011",
                    client.send("T:" + second + " T:never CLOSE=1000").readToEnd());
            assertEquals("closed 1011", SocketApplication.SEEN.poll(30, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/points/7?scale=x => User-Agent: me => 400",
                "/points/7 => X: y => 400",
                "/points/x => User-Agent: me => 404",
                "/chat/x => Origin: https://evil.example => 403",
                "/chat/x => Content-Length: 3 => 400",
            })
    void answerABadRequestBeforeThereIsASession(String target, String header, int status) throws IOException {
        try (var client = new RawClient(address())) {
            String head =
                    client.send(FrameClient.request(target, header + "\r\n")).readHead();
            assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
            assertTrue(head.contains("Content-Type: application/problem+json"), head);
        }
    }

    @Test
    void takeTheOriginsOfTheSettings() throws IOException {
        client("/chat/y", "Origin: https://example.net\r\n").close();
    }

    @ParameterizedTest
    @CsvSource({"GET, 426", "HEAD, 426", "POST, 405"})
    void tellOtherRequestsWhatIsHere(String method, int status) throws IOException {
        String request = method + " /chat/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        String response = RawClient.exchange(address(), request);
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        assertEquals(status == 426, response.contains("\r\nUpgrade: websocket\r\n"), response);
    }

    @Test
    void leaveTheOtherRoutesAlone() throws IOException {
        String request = FrameClient.request("/page").replace("keep-alive, Upgrade", "close");
        assertTrue(RawClient.exchange(address(), request).endsWith("page"));
    }

    @Test
    void canBeTestedWithMocks() throws Exception {
        WebSocketRooms rooms = mock(WebSocketRooms.class);
        try (Server other = Bistro.app(SocketApplication.class)
                        .port(0)
                        .with(WebSocketRooms.class, rooms)
                        .start();
                var client = new FrameClient(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), other.port()), "/chat/z")) {
            client.send("T:x CLOSE=1000").readToEnd();
            verify(rooms).join(anyString(), any(WebSocketSession.class));
            verify(rooms).broadcast("z", "Anonymous: x");
        }
    }

    @Test
    void canBeTestedInTheProcessAndOverASocket() {
        try (TestClient inProcess = TestClient.start(Bistro.app(SocketApplication.class))) {
            talk(inProcess);
        }
        talk(TestClient.of(server)); // whose server others still need
    }

    private static void talk(TestClient client) {
        try (TestWebSocket ann = client.webSocket("/chat/lobby?name=Ann");
                TestWebSocket points = client.withHeader("User-Agent", "kit").webSocket("/points/1")) {
            assertEquals("Ann is here", ann.nextText());
            assertEquals("Ann: hello", ann.send("hello").nextText());
            assertEquals("1 1 kit - /points/1", points.nextText());
            assertEquals(
                    Map.of("x", 2, "y", 1), points.send("{\"x\":1,\"y\":2}").nextJson(Map.class));
            assertEquals(1, points.send(new byte[300]).nextBytes().length);
            points.sendClose(4000).assertClosed(4000);
            ann.send(new byte[1]).assertClosed(1003);
        }
    }

    @Test
    void refuseTheJdksClientWhereThereIsNoSocket() {
        var fault = assertThrows(
                ExecutionException.class,
                () -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create("ws://localhost:" + server.port() + "/page"), new Heard())
                        .get());
        assertTrue(fault.getCause() instanceof java.net.http.WebSocketHandshakeException, fault.toString());
    }
}
