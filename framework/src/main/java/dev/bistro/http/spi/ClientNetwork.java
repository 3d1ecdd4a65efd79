package dev.bistro.http.spi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** By what clients are told apart where something is counted for each. */
public final class ClientNetwork {
    private static final int NETWORK_BYTES = 8; // a /64, the usual network of one household or machine

    private ClientNetwork() {}

    /**
     * An IPv4 address, or the /64 network of an IPv6 address, since a client has all of its addresses:
     * {@code "203.0.113.9"}, {@code "20010db800000000/64"}.
     */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
                : address.getHostAddress();
    }
}
