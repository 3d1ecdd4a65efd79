package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.websocket.protocol.WebSocketSettings;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The opening handshake: what is accepted, and what is refused with which status. */
@Timeout(60)
class WebSocketHandshakeTest {
    private static final String GOOD = FrameClient.request("/ws");

    private static EngineServer server;

    private static WebSocketSettings settings(boolean compression) {
        return new WebSocketSettings(1024, 1024, 1024, Duration.ofSeconds(30), compression, false, 1, 1);
    }

    @BeforeAll
    static void start() throws IOException {
        server = EngineServer.builder()
                .at("/ws", SocketEndpoints.endpoint(settings(true), s -> new SocketEndpoints.Echo()))
                .at("/plain", SocketEndpoints.endpoint(settings(false), s -> new SocketEndpoints.Echo()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String head(String request) throws IOException {
        try (var client = new RawClient(server.address())) {
            return client.send(request).readHead();
        }
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("-");
    }

    @Test
    void isAnsweredAsTheExampleOfTheRfc() throws IOException {
        String head = head(GOOD);
        assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
        assertEquals("websocket", field(head, "Upgrade"));
        assertEquals("Upgrade", field(head, "Connection"));
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", field(head, "Sec-WebSocket-Accept"));
        assertEquals("-", field(head, "Sec-WebSocket-Protocol"));
        assertEquals("-", field(head, "Sec-WebSocket-Extensions"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "Upgrade: websocket => Upgrade: WebSocket",
                "Upgrade: websocket => Upgrade: h2c, websocket",
                "Connection: keep-alive, Upgrade => Connection: upgrade",
                "Connection: keep-alive, Upgrade => Connection: keep-alive|Connection: UPGRADE",
                "Host: localhost:8080 => Host: localhost:8080|Content-Length: 0",
            })
    void isAccepted(String line, String instead) throws IOException {
        assertTrue(head(GOOD.replace(line, instead.replace("|", "\r\n"))).startsWith("HTTP/1.1 101 "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "Upgrade: websocket => X: y => 426",
                "Upgrade: websocket => Upgrade: h2c => 426",
                "HTTP/1.1 => HTTP/1.0 => 426",
                "Sec-WebSocket-Version: 13 => Sec-WebSocket-Version: 8 => 426",
                "Sec-WebSocket-Version: 13 => Sec-WebSocket-Version: 13, 8 => 426",
                "Sec-WebSocket-Version: 13 => X: y => 426",
                "Connection: keep-alive, Upgrade => Connection: keep-alive => 400",
                "dGhlIHNhbXBsZSBub25jZQ== => short => 400",
                "dGhlIHNhbXBsZSBub25jZQ== => dGhlIHNhbXBsZSBub25jZQ => 400",
                "dGhlIHNhbXBsZSBub25jZQ== => dGhlIHNhbXBsZSBub25jZQ==X => 400",
                "dGhlIHNhbXBsZSBub25jZQ== => dGhl*HNhbXBsZSBub25jZQ== => 400",
                "dGhlIHNhbXBsZSBub25jZQ== => dGhlIHNhbXBsZSBub25jZXNz => 400",
                "Sec-WebSocket-Key: => X: => 400",
                "Sec-WebSocket-Version: 13 => Sec-WebSocket-Version: 13|"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== => 400",
                "Host: localhost:8080 => Host: localhost:8080|Content-Length: 3 => 400",
                "Host: localhost:8080 => Host: localhost:8080|Transfer-Encoding: chunked => 400",
                "Host: localhost:8080 => Host: localhost:8080|Sec-WebSocket-Protocol: a b => 400",
                "Host: localhost:8080 => Host: localhost:8080|Sec-WebSocket-Protocol: a, a => 400",
                "Host: localhost:8080 => Host: localhost:8080|Sec-WebSocket-Extensions: a; b c => 400",
                "Host: localhost:8080 => Host: localhost:8080|Sec-WebSocket-Extensions: ; => 400",
            })
    void isTurnedDown(String line, String instead, int status) throws IOException {
        String changed = GOOD.replace(line, instead.replace("|", "\r\n"));
        assertFalse(changed.equals(GOOD), "Nothing was changed");
        String head = head(changed + "0\r\n\r\n"); // a body, for requests that announce one
        assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
        assertEquals(status == 426 ? "13" : "-", field(head, "Sec-WebSocket-Version"));
        assertEquals(status == 426 ? "websocket" : "-", field(head, "Upgrade"));
        // RFC 9110, section 7.8: what is offered is for this connection only
        assertEquals(status == 426, head.contains("\r\nConnection: Upgrade\r\n"), head);
    }

    @Test
    void saysThatItUpgradesAndClosesWhereBothAreTrue() throws IOException {
        String head = head("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(head.startsWith("HTTP/1.1 426 ") && head.contains("\r\nConnection: close\r\n"), head);
        assertTrue(head.contains("\r\nConnection: Upgrade\r\n"), head);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {"chat => chat", "superchat, chat => superchat", "other, chat => chat", "other => -", "Chat => -"})
    void agreesOnTheFirstSubprotocolThatIsSpoken(String wanted, String agreed) throws IOException {
        String head = head(FrameClient.request("/ws", "Sec-WebSocket-Protocol: " + wanted + "\r\n"));
        assertEquals(agreed, field(head, "Sec-WebSocket-Protocol"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "permessage-deflate => permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; client_max_window_bits => permessage-deflate; "
                        + "server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; client_max_window_bits=8 => permessage-deflate; "
                        + "server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=15 => permessage-deflate; "
                        + "server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=\"15\" => permessage-deflate; "
                        + "server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=9, permessage-deflate => "
                        + "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                        + "server_max_window_bits=9",
                "permessage-deflate; server_max_window_bits=14 => permessage-deflate; "
                        + "server_no_context_takeover; client_no_context_takeover; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=8, permessage-deflate => "
                        + "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=10; client_max_window_bits=9 => "
                        + "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                        + "server_max_window_bits=10",
                "x-unknown; a=b, Permessage-Deflate => permessage-deflate; "
                        + "server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=8 => -",
                "permessage-deflate; server_max_window_bits=16 => -",
                "permessage-deflate; server_max_window_bits=09 => -",
                "permessage-deflate; server_max_window_bits => -",
                "permessage-deflate; server_max_window_bits=016 => -",
                "permessage-deflate; client_max_window_bits=7 => -",
                "permessage-deflate; client_max_window_bits=16 => -",
                "permessage-deflate; client_max_window_bits=08 => -",
                "permessage-deflate; server_no_context_takeover=true => -",
                "permessage-deflate; client_no_context_takeover=1 => -",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover => -",
                "permessage-deflate; other => -",
                "x-webkit-deflate-frame => -",
            })
    void agreesOnCompressionItCanDo(String offer, String answer) throws IOException {
        String head = head(FrameClient.request("/ws", "Sec-WebSocket-Extensions: " + offer + "\r\n"));
        assertEquals(answer, field(head, "Sec-WebSocket-Extensions"));
    }

    @Test
    void doesNotCompressWhereThatIsSwitchedOff() throws IOException {
        String head = head(FrameClient.request("/plain", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
        assertEquals("-", field(head, "Sec-WebSocket-Extensions"));
    }

    @Test
    void takesFramesThatCameWithTheRequest() throws IOException {
        try (var client = new RawClient(server.address())) {
            client.send(GOOD
                    + new String(FrameText.bytes("T:early CLOSE=1000"), java.nio.charset.StandardCharsets.ISO_8859_1));
            client.readHead();
            String frames = client.readToEnd();
            assertEquals(
                    "T:early CLOSE=1000",
                    FrameText.ofAll(frames.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        }
    }
}
