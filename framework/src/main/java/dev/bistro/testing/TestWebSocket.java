package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The client's side of a WebSocket: sends messages, and waits for those of the server. Pings are answered meanwhile.
 *
 * <pre>{@code
 * try (TestWebSocket socket = client.webSocket("/ws/lobby")) {
 *     socket.send("{\"text\":\"Hello\"}");
 *     socket.nextMessage().assertJson("/text", "Hello");
 * }
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
 */
public final class TestWebSocket implements Closeable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};
    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    private final RecordedExchange exchange;
    private final ResponseReader response;
    private final ClientConnection connection;
    private final DataInputStream input;
    private final Transcript messages = new Transcript();

    TestWebSocket(RecordedExchange exchange, ResponseReader response, ClientConnection connection) {
        this.exchange = exchange;
        this.response = response;
        this.connection = connection;
        this.input = new DataInputStream(response.rest());
    }

    /** A message, or the close frame. */
    private record Message(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of the close frame; 1005 if it has none (RFC 6455, section 7.1.5). */
        int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }

        /** {@code 4000 That is no product}. */
        String closeText() {
            int from = Math.min(2, payload.length);
            String reason = new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
            return (closeCode() + " " + reason).strip();
        }

        @Override
        public String toString() {
            return switch (opcode) {
                case TEXT -> "the text \"" + text() + '"';
                case CLOSE -> "the end: " + closeText();
                default -> payload.length + " bytes";
            };
        }
    }

    /** The header fields of the server's response to the handshake. */
    public Headers headers() {
        return response.headers();
    }

    /** Sends a text. */
    public TestWebSocket send(String text) {
        return send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes. */
    public TestWebSocket send(byte[] bytes) {
        return send(BINARY, bytes);
    }

    /** Sends a value as JSON, in a text message. */
    public TestWebSocket sendJson(Object value) {
        return send(TEXT, exchange.json().write(value));
    }

    /** Sends a close frame with a status code: {@code sendClose(1000)}. */
    public TestWebSocket sendClose(int code) {
        return send(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /**
     * Waits for the next text.
     *
     * @throws AssertionError if a binary message or a close frame comes, or nothing for 30 seconds
     */
    public String nextText() {
        return next(TEXT, "a text").text();
    }

    /** Waits for the next bytes. */
    public byte[] nextBytes() {
        return next(BINARY, "bytes").payload;
    }

    /** Waits for the next text, and reads it from JSON: {@code nextJson(Message.class)}. */
    public <T> T nextJson(Class<T> type) {
        return nextMessage().json(type);
    }

    /** Waits for the next text, and returns it with assertions: {@code nextMessage().assertJson("/text", "Hello")}. */
    public TestMessage nextMessage() {
        return new TestMessage("", "", nextText(), exchange.json(), this::failure);
    }

    /**
     * Waits until the server closes the connection with this status code.
     *
     * @throws AssertionError if a message or another code comes, or nothing for 30 seconds
     */
    public void assertClosed(int code) {
        Message end = next(CLOSE, "the end");
        if (end.closeCode() != code) {
            throw failure("Expected to be closed with " + code + ", but was " + end.closeText());
        }
    }

    private Message next(int opcode, String expected) {
        Message message;
        try {
            message = nextMessageOfAnyKind();
        } catch (IOException e) {
            throw failure("Expected " + expected + ", but nothing more came: " + e);
        }
        messages.add("< " + message + "\n");
        if (message.opcode != opcode) {
            throw failure("Expected " + expected + ", but came " + message);
        }
        return message;
    }

    /** Reads frames to the end of a message, and answers pings among them. */
    private Message nextMessageOfAnyKind() throws IOException {
        var payload = new ByteArrayOutputStream();
        int opcode = 0;
        boolean last = false;
        while (!last) {
            int first = input.readUnsignedByte();
            byte[] bytes = readPayload();
            int kind = first & 0xF;
            if (kind == PING) {
                sendFrame(PONG, bytes);
            } else if (kind != PONG) {
                opcode = kind == 0 ? opcode : kind;
                payload.writeBytes(bytes);
                last = (first & FINAL) != 0;
            }
        }
        return new Message(opcode, payload.toByteArray());
    }

    private byte[] readPayload() throws IOException {
        int length = input.readUnsignedByte();
        if (length >= MASKED) {
            throw new IOException("A server's frame is masked");
        }
        long bytes = length == 126 ? input.readUnsignedShort() : length == 127 ? input.readLong() : length;
        if (bytes < 0 || bytes > MAX_MESSAGE_BYTES) {
            throw new IOException("A frame of " + bytes + " bytes");
        }
        byte[] payload = new byte[(int) bytes];
        input.readFully(payload);
        return payload;
    }

    private TestWebSocket send(int opcode, byte[] payload) {
        messages.add("> " + new Message(opcode, payload) + "\n");
        sendFrame(opcode, payload);
        return this;
    }

    private void sendFrame(int opcode, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(FINAL | opcode);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(MASKED | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(MASKED | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i & 3]);
        }
        try {
            frame.writeTo(connection.output());
        } catch (IOException e) {
            throw failure("The message could not be sent: " + e);
        }
    }

    private AssertionError failure(String what) {
        return exchange.failure(what, response.status(), response.headers(), messages);
    }

    /** Closes the connection, as a client does that goes away. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw failure("The connection could not be closed: " + e.getMessage());
        }
    }
}
