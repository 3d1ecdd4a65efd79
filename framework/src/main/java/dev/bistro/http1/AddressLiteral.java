package dev.bistro.http1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads addresses as they are written in digits, without brackets and without a zone. Names are never looked up. */
final class AddressLiteral {
    private AddressLiteral() {}

    /** The address; empty if the text isn't one. An IPv4 address within an IPv6 one is the IPv4 address. */
    static Optional<InetAddress> parse(String text) {
        try {
            if (Authority.isIpv4(text)) {
                return Optional.of(InetAddress.getByName(text));
            }
            // in brackets, the JDK doesn't take it for a name
            return Authority.isIpv6(text) ? Optional.of(InetAddress.getByName("[" + text + "]")) : Optional.empty();
        } catch (UnknownHostException notOne) {
            return Optional.empty();
        }
    }
}
