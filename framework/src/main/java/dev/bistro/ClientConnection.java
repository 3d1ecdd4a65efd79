package dev.bistro;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The client's side of a connection to a {@link Server} of this process. What is written to {@link #output} is what the
 * server reads; what the server sends is read from {@link #input}. A read waits for 30 seconds at most and then throws
 * a {@link java.net.SocketTimeoutException}.
 *
 * <pre>{@code
 * try (ClientConnection connection = server.connect()) {
 *     connection.output().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
 *     connection.input().readAllBytes();   // HTTP/1.1 200 OK …
 * }
 * }</pre>
 */
public final class ClientConnection implements Closeable {
    static final int TIMEOUT_MILLIS = 30_000;

    private final InputStream input;
    private final OutputStream output;
    private final Closeable connection;

    ClientConnection(InputStream input, OutputStream output, Closeable connection) {
        this.input = input;
        this.output = output;
        this.connection = connection;
    }

    /** The bytes that the server sends. */
    public InputStream input() {
        return input;
    }

    /** Takes bytes to send to the server. */
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
