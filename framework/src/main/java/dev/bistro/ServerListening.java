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
        ListenAddresses.parse(listen).faults().forEach(fault -> faults.add("listen: " + fault));
        if (!listen.isEmpty()) {
            faults.addIf(!String.valueOf(port).equals(USUAL_PORT), "port has no effect beside listen");
            faults.addIf(
                    !host.equals(ALL_HOSTS) && tls.port().isEmpty(),
                    "host has no effect beside listen, but for tls.port");
        }
        securePort()
                .flatMap(secure -> ListenAddresses.clash(secure, addresses()))
                .ifPresent(same ->
                        faults.add("tls.port is where HTTP is listened for too: " + ListenAddresses.text(same)));
    }

    /** The addresses without that of {@code tls.port}, in the order of the settings. */
    List<SocketAddress> addresses() {
        return listen.isEmpty()
                ? List.of(new InetSocketAddress(host, port))
                : ListenAddresses.parse(listen).addresses();
    }

    /** The address of {@code tls.port}. */
    Optional<SocketAddress> securePort() {
        return tls.port()
                .filter(number -> number >= 0 && number <= ListenAddresses.MAX_PORT) // else it is a fault already
                .map(number -> new InetSocketAddress(host, number));
    }

    /** All addresses; that of {@code tls.port} is the last. */
    List<ServerListener> listeners() {
        boolean isTcpSecure = tls.isOn() && tls.port().isEmpty();
        var listeners = new ArrayList<ServerListener>();
        addresses()
                .forEach(address -> listeners.add(
                        new ServerListener(address, isTcpSecure && address instanceof InetSocketAddress)));
        securePort().ifPresent(address -> listeners.add(new ServerListener(address, true)));
        return listeners;
    }
}
