package dev.bistro;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens, and where it speaks TLS there.
 *
 * <pre>
 *                                 host:port, or each TCP address of listen     host:tls.port     unix:…
 *   no certificate                HTTP                                         (a fault)         HTTP
 *   a certificate                 HTTPS                                                          HTTP
 *   a certificate and tls.port    HTTP                                         HTTPS             HTTP
 * </pre>
 *
 * <p>Over a Unix domain socket only processes of the same machine connect, most often a proxy that ends TLS itself.
 */
record ServerListening(String host, int port, List<String> listen, ServerTlsSettings tls) {
    static final String ALL_HOSTS = "0.0.0.0";
    static final String USUAL_PORT = "8080";

    /** Checks that the addresses are right, and that none is left open or set twice. */
    void check(SettingFaults faults) {
        for (String fault : ListenAddresses.parse(listen).faults()) {
            faults.add("listen: " + fault);
        }
        if (!listen.isEmpty()) {
            faults.addIf(!String.valueOf(port).equals(USUAL_PORT), "port has no effect beside listen");
            faults.addIf(
                    !host.equals(ALL_HOSTS) && tls.port().isEmpty(),
                    "host has no effect beside listen, but for tls.port");
        }
        Optional<SocketAddress> secure = securePort();
        if (secure.isPresent()) {
            ListenAddresses.clash(secure.get(), addresses())
                    .ifPresent(same ->
                            faults.add("tls.port is where HTTP is listened for too: " + ListenAddresses.text(same)));
        }
    }

    /** The addresses without that of {@code tls.port}, in the order of the settings. */
    List<SocketAddress> addresses() {
        return listen.isEmpty()
                ? List.of(new InetSocketAddress(host, port))
                : ListenAddresses.parse(listen).addresses();
    }

    /** The address of {@code tls.port}. */
    Optional<SocketAddress> securePort() {
        int number = tls.port().isPresent() ? tls.port().get() : -1;
        return number >= 0 && number <= ListenAddresses.MAX_PORT // else it is a fault already
                ? Optional.of(new InetSocketAddress(host, number))
                : Optional.empty();
    }

    /** All addresses; that of {@code tls.port} is the last. */
    List<ServerListener> listeners() {
        boolean isTcpSecure = tls.isOn() && tls.port().isEmpty();
        var listeners = new ArrayList<ServerListener>();
        for (SocketAddress address : addresses()) {
            listeners.add(new ServerListener(address, isTcpSecure && address instanceof InetSocketAddress));
        }
        Optional<SocketAddress> secure = securePort();
        if (secure.isPresent()) {
            listeners.add(new ServerListener(secure.get(), true));
        }
        return listeners;
    }
}
