package dev.bistro;

import dev.bistro.http1.Http1;
import dev.bistro.net.MemoryConnection;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.tls.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/** How clients reach a server: over sockets, or from within the process; plain, or over TLS. */
sealed interface Transport {
    /** The address for a client on this machine: {@code http://localhost:8080}. */
    String name();

    /** That and the address that is listened on: {@code http://localhost:8080 (0.0.0.0:8080)}. */
    String description();

    /** The address for clients over TLS: {@code https://localhost:8443}; empty if it is plain only. */
    Optional<String> httpsName();

    /** The certificates that it shows clients, for them to trust; empty if it is plain only. */
    Optional<X509TrustManager> trust();

    InetSocketAddress address();

    /** All addresses that are listened on. */
    List<SocketAddress> addresses();

    /** Connects to the address of {@link #name}, over TLS if it says so. */
    default ClientConnection connect() throws IOException {
        if (!httpsName().equals(Optional.of(name()))) {
            return connectPlain();
        }
        SSLContext context = TlsClient.contextFor(trust().orElseThrow());
        return connect(context, context.getDefaultSSLParameters());
    }

    ClientConnection connectPlain() throws IOException;

    /**
     * Connects over TLS.
     *
     * @throws java.util.NoSuchElementException if it is plain only
     */
    ClientConnection connect(SSLContext context, SSLParameters parameters) throws IOException;

    /**
     * What it does and has done.
     *
     * @throws IllegalStateException if there are no sockets
     */
    ServerStatistics statistics();

    /** Runs the action if the transport can't go on. */
    void whenFailed(Runnable action);

    /**
     * Has each connection end with its next answer, since the server stops soon; false if there are no sockets, so that
     * nobody outside could notice.
     */
    boolean announceStop();

    void stop(Duration deadline);

    /**
     * The addresses that are listened on for TLS.
     *
     * @param tls the server's certificates
     */
    record TlsListener(List<InetSocketAddress> addresses, ServerTls tls) {
        InetSocketAddress address() {
            return addresses.get(0);
        }
    }

    /** A listening socket, or one more for TLS. */
    record Sockets(NetServer net, Http1 http, Optional<TlsListener> tls) implements Transport {
        @Override
        public String name() {
            return name(scheme(net.address()), net.address());
        }

        @Override
        public Optional<String> httpsName() {
            return tls.map(listener -> name("https", listener.address()));
        }

        private static String name(String scheme, InetSocketAddress address) {
            return scheme + "://" + hostName(address.getAddress()) + ":" + address.getPort();
        }

        private static String hostName(InetAddress host) {
            boolean isLocal = host.isAnyLocalAddress() || host.isLoopbackAddress();
            return isLocal ? localName(host) : literal(host);
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
            return net.addresses().stream().map(this::description).collect(Collectors.joining(", "));
        }

        private String description(SocketAddress address) {
            if (!(address instanceof InetSocketAddress ip)) {
                return ListenAddresses.text(address);
            }
            return description(scheme(ip), ip);
        }

        /** An address for a client on this machine, and the one that is listened on. */
        static String description(String scheme, InetSocketAddress address) {
            InetAddress host = address.getAddress();
            String bound = host.isAnyLocalAddress() ? "0.0.0.0" : literal(host); // stands for all, also of IPv6
            return name(scheme, address) + " (" + bound + ":" + address.getPort() + ")";
        }

        private String scheme(InetSocketAddress address) {
            return tls.filter(listener -> listener.addresses().contains(address))
                            .isPresent()
                    ? "https"
                    : "http";
        }

        @Override
        public Optional<X509TrustManager> trust() {
            return tls.map(listener -> new ShownCertificates(listener.tls()::shown));
        }

        @Override
        public InetSocketAddress address() {
            return net.address();
        }

        @Override
        public List<SocketAddress> addresses() {
            return net.addresses();
        }

        @Override
        public ClientConnection connectPlain() throws IOException {
            InetSocketAddress local = local(net.address());
            var socket = new Socket(local.getAddress(), local.getPort());
            socket.setSoTimeout(ClientConnection.TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return new ClientConnection(socket.getInputStream(), socket.getOutputStream(), socket);
        }

        @Override
        public ClientConnection connect(SSLContext context, SSLParameters parameters) throws IOException {
            InetSocketAddress address = tls.orElseThrow().address();
            return TlsClient.connect(local(address), hostName(address.getAddress()), context, parameters);
        }

        private static InetSocketAddress local(InetSocketAddress address) {
            return address.getAddress().isAnyLocalAddress()
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
                    : address;
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
        public boolean announceStop() {
            net.announceStop();
            return true;
        }

        @Override
        public void stop(Duration deadline) {
            net.stop(deadline);
            http.close();
            tls.ifPresent(listener -> listener.tls().close());
        }
    }

    /**
     * What TLS there is without sockets: connections shake hands, and then nothing is encrypted.
     *
     * @param tls makes the server's side of handshakes
     * @param besidePlain whether there are plain connections too, as where TLS has a port of its own
     */
    record MemoryTls(ServerTls tls, boolean besidePlain) {}

    /** No socket at all. */
    record InProcess(MemoryServer memory, Http1 http, Optional<MemoryTls> tls) implements Transport {
        private static final String HOST = "localhost";
        private static final int HTTPS_PORT = 443;

        @Override
        public String name() {
            return tls.isEmpty() || tls.get().besidePlain() ? "http://" + HOST : "https://" + HOST;
        }

        @Override
        public Optional<String> httpsName() {
            return tls.map(present -> "https://" + HOST);
        }

        @Override
        public Optional<X509TrustManager> trust() {
            return tls.map(present -> new ShownCertificates(present.tls()::shown));
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
        public List<SocketAddress> addresses() {
            return List.of();
        }

        @Override
        public ClientConnection connectPlain() {
            return clientSide(memory.connect(), Optional.empty());
        }

        @Override
        public ClientConnection connect(SSLContext context, SSLParameters parameters) throws IOException {
            String name = TlsClient.peerName(parameters, HOST);
            SSLEngine client = context.createSSLEngine(name, HTTPS_PORT);
            client.setUseClientMode(true);
            client.setSSLParameters(parameters);
            client.setSSLParameters(TlsClient.verifyingName(client.getSSLParameters()));
            SSLEngine server = tls.orElseThrow().tls().newEngine();
            MemoryHandshake.run(client, server);
            return clientSide(memory.connect(server.getSession()), Optional.of(client.getSession()));
        }

        private static ClientConnection clientSide(MemoryConnection connection, Optional<SSLSession> session) {
            InputStream input = connection.input(ClientConnection.TIMEOUT_MILLIS);
            return new ClientConnection(input, connection.output(), connection, connection, session);
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
        public boolean announceStop() {
            return false;
        }

        @Override
        public void stop(Duration deadline) {
            memory.stop(deadline);
            http.close();
            tls.ifPresent(present -> present.tls().close());
        }
    }
}
