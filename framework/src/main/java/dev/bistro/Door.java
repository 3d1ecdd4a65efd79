package dev.bistro;

import dev.bistro.net.MemoryConnection;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** How clients come to a server: over sockets, or from within the process. */
sealed interface Door {
    /** Where a client on this machine finds it, in words. */
    String name();

    InetSocketAddress address();

    ClientConnection connect() throws IOException;

    /**
     * What it does and has done.
     *
     * @throws IllegalStateException if there are no sockets
     */
    NetStatistics statistics();

    /** Has something run if it comes to an end by itself. */
    void whenFailed(Runnable action);

    void stop(Duration deadline);

    /** A listening socket. */
    record Sockets(NetServer net) implements Door {
        @Override
        public String name() {
            return "http://localhost:" + net.address().getPort();
        }

        @Override
        public InetSocketAddress address() {
            return net.address();
        }

        @Override
        public ClientConnection connect() throws IOException {
            InetAddress host = net.address().getAddress();
            var socket = new Socket(
                    host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
                    net.address().getPort());
            socket.setSoTimeout(ClientConnection.TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return new ClientConnection(socket.getInputStream(), socket.getOutputStream(), socket);
        }

        @Override
        public NetStatistics statistics() {
            return net.statistics();
        }

        @Override
        public void whenFailed(Runnable action) {
            net.whenFailed(action);
        }

        @Override
        public void stop(Duration deadline) {
            net.stop(deadline);
        }
    }

    /** No socket at all. */
    record InProcess(MemoryServer memory) implements Door {
        @Override
        public String name() {
            return "http://localhost";
        }

        @Override
        public InetSocketAddress address() {
            throw new IllegalStateException("The server was started within the process, and listens on no socket");
        }

        @Override
        public ClientConnection connect() {
            MemoryConnection connection = memory.connect();
            return new ClientConnection(
                    connection.input(ClientConnection.TIMEOUT_MILLIS), connection.output(), connection);
        }

        @Override
        public NetStatistics statistics() {
            throw new IllegalStateException("The server was started within the process, and has no sockets to count");
        }

        @Override
        public void whenFailed(Runnable action) {
            // there is no loop that could be lost
        }

        @Override
        public void stop(Duration deadline) {
            memory.stop(deadline);
        }
    }
}
