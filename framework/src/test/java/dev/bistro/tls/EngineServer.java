package dev.bistro.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Serves the engines of TLS to programs, one connection after the other. Each ends when its handshake is done. */
final class EngineServer implements AutoCloseable {
    private static final int ROOM = 1 << 16;

    private final ServerTls tls;
    private final ServerSocketChannel socket;
    private final Thread thread = new Thread(this::run, "engine-server");

    EngineServer(ServerTls tls) throws IOException {
        this.tls = tls;
        socket = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread.start();
    }

    String address() throws IOException {
        var address = (InetSocketAddress) socket.getLocalAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void run() {
        while (socket.isOpen()) {
            try (SocketChannel connection = socket.accept()) {
                serve(connection, tls.newEngine());
            } catch (IOException e) {
                // of one connection, which the client sees, or the end
            }
        }
    }

    private static void serve(SocketChannel connection, SSLEngine engine) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(ROOM);
        ByteBuffer out = ByteBuffer.allocate(ROOM);
        ByteBuffer data = ByteBuffer.allocate(ROOM);
        engine.beginHandshake();
        boolean open = true;
        while (open) {
            try {
                open = step(connection, engine, in, out, data);
            } catch (SSLException e) { // the engine has an alert to send, and throws no more
                open = !engine.isOutboundDone();
            }
        }
    }

    private static boolean step(
            SocketChannel connection, SSLEngine engine, ByteBuffer in, ByteBuffer out, ByteBuffer data)
            throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> {
                engine.wrap(ByteBuffer.allocate(0), out);
                connection.write(out.flip());
                out.clear();
                return !engine.isOutboundDone();
            }
            case NOT_HANDSHAKING -> engine.closeOutbound();
            default -> {
                in.flip();
                int consumed;
                try {
                    consumed = engine.unwrap(in, data.clear()).bytesConsumed();
                } finally {
                    in.compact();
                }
                return consumed > 0 || connection.read(in) >= 0;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
