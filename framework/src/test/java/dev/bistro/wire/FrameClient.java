package dev.bistro.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebSocket client that sends and reads the frames that a test writes, by {@link FrameText}. */
public final class FrameClient implements Closeable {
    private static final Pattern TIMES = Pattern.compile("(\\d+)x(\\S+)");

    private final RawClient raw;
    private final String head;

    /** Connects, and makes the handshake; further headers end with a line break each. */
    public FrameClient(InetSocketAddress address, String target, String... headers) throws IOException {
        this(new RawClient(address), target, headers);
    }

    /** Makes the handshake on a connection that is there. */
    public FrameClient(RawClient raw, String target, String... headers) throws IOException {
        this.raw = raw;
        raw.send(request(target, headers));
        head = raw.readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("Not accepted: " + head);
        }
    }

    /** A request for a WebSocket. */
    public static String request(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost:8080\r\nConnection: keep-alive, Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join("", headers) + "\r\n";
    }

    /** The head of the answer. */
    public String head() {
        return head;
    }

    public RawClient raw() {
        return raw;
    }

    public FrameClient send(String frames) throws IOException {
        return send(FrameText.bytes(frames));
    }

    public FrameClient send(byte[] bytes) throws IOException {
        raw.socket().getOutputStream().write(bytes);
        return this;
    }

    /** Sends so many bytes at a time, each in a write of its own. */
    public FrameClient sendInChops(byte[] bytes, int count) throws IOException {
        for (int at = 0; at < bytes.length; at += count) {
            send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + count)));
        }
        return this;
    }

    /** A frame as it came: its first byte, and the payload. */
    public record Frame(int first, byte[] payload) {}

    /** Reads the next frame. */
    public String read() throws IOException {
        Frame frame = readFrame();
        return FrameText.of(frame.first, frame.payload);
    }

    /** Reads the next frame as it is. */
    public Frame readFrame() throws IOException {
        byte[] start = bytes(2);
        int length = start[1] & 0xFF;
        if (length >= 126) {
            byte[] more = bytes(length == 126 ? 2 : 8);
            length = 0;
            for (byte b : more) {
                length = length << 8 | b & 0xFF;
            }
        }
        return new Frame(start[0] & 0xFF, bytes(length));
    }

    private byte[] bytes(int count) throws IOException {
        return raw.read(count).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads all frames until the server closes the connection. */
    public String readToEnd() throws IOException {
        return FrameText.ofAll(raw.readToEnd().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What a table expects, with repetitions written out. */
    public static String expanded(String frames) {
        Matcher matcher = TIMES.matcher(frames.strip());
        return matcher.replaceAll(found -> (found.group(2) + " ")
                        .repeat(Integer.parseInt(found.group(1)))
                        .strip())
                .replaceAll("\\s+", " ");
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
