package dev.bistro.access;

import dev.bistro.http.spi.ClientNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/** By what clients and users are told apart when failures are counted. */
final class ClientKey {
    private static final int LONGEST_NAME = 100;

    private ClientKey() {}

    /**
     * The address; of IPv6 the /64 network, of which a client has all addresses. Empty where no address is known, since
     * all such clients would be one.
     */
    static Optional<String> of(InetSocketAddress client) {
        InetAddress address = client.getAddress();
        if (address == null || address.isAnyLocalAddress()) {
            return Optional.empty();
        }
        return Optional.of(ClientNetwork.of(address));
    }

    /** The beginning of a name, in small letters: spellings that may be the same user count together. */
    static String ofName(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).toLowerCase(Locale.ROOT);
    }
}
