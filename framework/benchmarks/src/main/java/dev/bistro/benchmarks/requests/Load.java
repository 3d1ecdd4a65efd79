package dev.bistro.benchmarks.requests;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends requests over some connections, from one thread: one write of requests on each, and then all of their answers.
 * All answers to the same request have the same length.
 */
final class Load implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final ByteBuffer out;
    private final int depth;
    private final byte[] response;

    /** @param depth how many requests are sent at once on a connection */
    Load(int port, byte[] request, int depth) throws IOException {
        this.depth = depth;
        out = ByteBuffer.allocateDirect(request.length * depth);
        for (int i = 0; i < depth; i++) {
            out.put(request);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        response = first(request);
    }

    /** The response to one request. */
    byte[] response() {
        return response;
    }

    private byte[] first(byte[] request) throws IOException {
        SocketChannel channel = channels.get(0);
        channel.write(ByteBuffer.wrap(request));
        var text = new StringBuilder();
        int length = Integer.MAX_VALUE;
        while (text.length() < length) {
            text.append(StandardCharsets.ISO_8859_1.decode(read(channel)));
            int end = text.indexOf("\r\n\r\n");
            Matcher matcher = LENGTH.matcher(text);
            if (end >= 0 && matcher.find()) {
                length = end + 4 + Integer.parseInt(matcher.group(1));
            }
        }
        if (!text.substring(9, 10).equals("2")) {
            throw new IOException("An answer is no success: " + text);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private ByteBuffer read(SocketChannel channel) throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
            throw new EOFException("The server closed a connection");
        }
        return in.flip();
    }

    /** Sends requests for so long; gives how many. */
    long run(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        long count = 0;
        while (System.nanoTime() < end) {
            for (SocketChannel channel : channels) {
                out.clear();
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
            for (SocketChannel channel : channels) {
                for (long left = (long) depth * response.length; left > 0; ) {
                    left -= read(channel).remaining();
                }
            }
            count += (long) depth * CONNECTIONS;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
