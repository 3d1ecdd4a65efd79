package dev.bistro.wire;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends and reads bytes on a real socket, as one char each. */
public final class RawClient implements Closeable {
    private static final int TIMEOUT_MILLIS = 20_000;

    /** Enough for most heads, each of whose bytes would be a call of the system otherwise. */
    private static final int BUFFER_BYTES = 512;

    private final Socket socket;
    private final InputStream input;

    public RawClient(InetSocketAddress address) throws IOException {
        var plain = new Socket(address.getAddress(), address.getPort());
        plain.setSoTimeout(TIMEOUT_MILLIS);
        plain.setTcpNoDelay(true);
        socket = TlsMode.client(plain);
        input = buffered(socket);
    }

    /** A client on a connection that a test made. */
    public RawClient(Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.socket = socket;
        this.input = buffered(socket);
    }

    private static InputStream buffered(Socket socket) throws IOException {
        return new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** Sends one request on a connection of its own, and reads until the server closes it. */
    public static String exchange(InetSocketAddress address, String request) throws IOException {
        try (var client = new RawClient(address)) {
            return client.send(request).readToEnd();
        }
    }

    public Socket socket() {
        return socket;
    }

    /** What comes, and hasn't been read yet: the socket's own stream may lack the beginning. */
    public InputStream input() {
        return input;
    }

    public RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Closes the sending side. */
    public RawClient sendEnd() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads one response: its head, and as much of a body as Content-Length says. */
    public String readResponse() throws IOException {
        String head = readHead();
        return head + read(contentLength(head));
    }

    /** Reads up to the empty line, inclusive. */
    public String readHead() throws IOException {
        return readUntil("\r\n\r\n");
    }

    /** Reads up to a text, inclusive. */
    public String readUntil(String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end, read.length() - end.length()) < 0) {
            int b = input.read();
            if (b < 0) {
                throw new IOException("The server closed the connection after: " + read);
            }
            read.append((char) b);
        }
        return read.toString();
    }

    /** Reads so many bytes. */
    public String read(int length) throws IOException {
        byte[] body = input.readNBytes(length);
        if (body.length < length) {
            throw new IOException("The server closed the connection within a body");
        }
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String head) {
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    /** Reads until the server closes or resets the connection. */
    public String readToEnd() throws IOException {
        return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
