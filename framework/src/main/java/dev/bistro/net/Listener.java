package dev.bistro.net;

import java.net.SocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where a server listens, and what comes before its protocol there.
 *
 * @param address an {@link java.net.InetSocketAddress}, whose port 0 stands for a free one, or a
 *     {@link java.net.UnixDomainSocketAddress}
 * @param permissions who may connect to a Unix domain socket
 * @param sendsProxyHeader which peers have to send a header of the PROXY protocol first; nobody else's is read
 * @param tls how it speaks TLS, if it does
 */
public record Listener(
        SocketAddress address,
        Set<PosixFilePermission> permissions,
        Predicate<SocketAddress> sendsProxyHeader,
        Optional<ListenerTls> tls) {
    /** A listener without TLS and the PROXY protocol; a Unix domain socket is for the user of the process alone. */
    public static Listener plain(SocketAddress address) {
        return new Listener(
                address,
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE),
                peer -> false,
                Optional.empty());
    }
}
