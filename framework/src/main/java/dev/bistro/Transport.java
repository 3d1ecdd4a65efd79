package dev.bistro;

import dev.bistro.http1.Http1;
import dev.bistro.net.MemoryConnection;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** How clients reach a server: over sockets, or from within the process. */
sealed interface Transport {
    /** The address for a client on this machine: {@code http://localhost:8080}. */
    String name();

    /** That and the address that is listened on: {@code http://localhost:8080 (0.0.0.0:8080)}. */
    String description();

    InetSocketAddress address();

    ClientConnection connect() throws IOException;

    /**
     * What it does and has done.
     *
     * @throws IllegalStateException if there are no sockets
     */
    ServerStatistics statistics();

    /** Runs the action if the transport can't go on. */
    void whenFailed(Runnable action);

    void stop(Duration deadline);

    /** A listening socket. */
    record Sockets(NetServer net, Http1 http) implements Transport {
        @Override
        public String name() {
            InetAddress host = net.address().getAddress();
            boolean isLocal = host.isAnyLocalAddress() || host.isLoopbackAddress();
            return "http://" + (isLocal ? localName(host) : literal(host)) + ":"
                    + net.address().getPort();
        }

        /** {@code localhost} for the first loopback address alone: there are millions of others. */
        private static String localName(InetAddress host) {
            boolean isNamed = host.isAnyLocalAddress() || host.equals(InetAddress.getLoopbackAddress());
            return isNamed || host instanceof Inet6Address ? "localhost" : literal(host);
        }

        /** The address without the zone of IPv6, which a URI can't have. */
        private static String literal(InetAddress host) {
            String address = host.getHostAddress().replaceFirst("%.*", "");
            return host instanceof Inet6Address ? "[" + address + "]" : address;
        }

        @Override
        public String description() {
            InetAddress host = net.address().getAddress();
            String address = host.isAnyLocalAddress() ? "0.0.0.0" : literal(host); // stands for all, also of IPv6
            return name() + " (" + address + ":" + net.address().getPort() + ")";
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
        public ServerStatistics statistics() {
            return ServerStatistics.of(net.statistics(), http.statistics());
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
    record InProcess(MemoryServer memory) implements Transport {
        @Override
        public String name() {
            return "http://localhost";
        }

        @Override
        public String description() {
            return name() + " (within the process)";
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
        public ServerStatistics statistics() {
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
