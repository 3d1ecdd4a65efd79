package dev.bistro;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import javax.net.ssl.SSLSession;

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
 *
 * <p>Over TLS, these are the bytes within TLS. The end of the input is what the server said to be one, by a
 * {@code close_notify}: a connection that ends without it throws a {@link javax.net.ssl.SSLException}, since anybody on
 * the way could have cut it off (RFC 8446, section 6.1).
 */
public final class ClientConnection implements Closeable {
    static final int TIMEOUT_MILLIS = 30_000;

    private final InputStream input;
    private final OutputStream output;
    private final Closeable connection;
    private final Closeable transport;
    private final Optional<SSLSession> tls;

    /** A plain connection. */
    ClientConnection(InputStream input, OutputStream output, Closeable connection) {
        this(input, output, connection, connection, Optional.empty());
    }

    /**
     * A connection over another one.
     *
     * @param connection whose closing says goodbye to the server
     * @param transport the connection below, whose closing doesn't
     */
    ClientConnection(
            InputStream input,
            OutputStream output,
            Closeable connection,
            Closeable transport,
            Optional<SSLSession> tls) {
        this.input = input;
        this.output = output;
        this.connection = connection;
        this.transport = transport;
        this.tls = tls;
    }

    /** The bytes that the server sends. */
    public InputStream input() {
        return input;
    }

    /** Takes bytes to send to the server. */
    public OutputStream output() {
        return output;
    }

    /**
     * What TLS has agreed on, such as {@code getProtocol()} and the server's certificates; empty for a plain
     * connection.
     */
    public Optional<SSLSession> tls() {
        return tls;
    }

    /**
     * Closes the connection at once, also while another thread writes to a server that doesn't read, and without the
     * {@code close_notify} of TLS: the server sees a client that has gone.
     */
    public void breakOff() throws IOException {
        transport.close();
    }

    /** Closes the connection, over TLS after a {@code close_notify}. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
