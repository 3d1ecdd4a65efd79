package dev.bistro.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback address that nobody else gets while its server is restarted: a socket is bound there that
 * doesn't listen.
 */
final class FreePort implements AutoCloseable {
    private final Socket holder = new Socket();

    FreePort() throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    boolean accepts() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), holder.getLocalPort())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int number() {
        return holder.getLocalPort();
    }

    @Override
    public String toString() {
        return String.valueOf(number());
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
