package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.FrameClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A WebSocket client that compresses what it sends by permessage-deflate, with the context of earlier messages unless
 * otherwise agreed.
 */
final class PackingClient implements Closeable {
    private static final int PACKED = 0x40;

    private final FrameClient frames;
    private final boolean clientForgets;
    private final boolean serverForgets;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);

    /** Connects with this offer, which has to be accepted. */
    PackingClient(InetSocketAddress address, String path, String offer) throws IOException {
        frames = new FrameClient(address, path, "Sec-WebSocket-Extensions: " + offer + "\r\n");
        clientForgets = frames.head().contains("client_no_context_takeover");
        serverForgets = frames.head().contains("server_no_context_takeover");
        assertTrue(frames.head().contains("permessage-deflate"), frames.head());
    }

    /** The client for frames as they are. */
    FrameClient frames() {
        return frames;
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
            int first = (at == 0 ? PACKED | opcode : 0) | (end == payload.length ? 0x80 : 0);
            frames.send(FrameText.masked(first, Arrays.copyOfRange(payload, at, end)));
            at = end;
        } while (at < payload.length);
    }

    /** Reads a message of one frame: its first byte as it came, and its payload, decompressed if needed. */
    Frame read() throws IOException {
        Frame frame = frames.readFrame();
        return (frame.first() & PACKED) == 0 ? frame : new Frame(frame.first(), unpacked(frame.payload()));
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        inflater.end();
        frames.close();
    }
}
