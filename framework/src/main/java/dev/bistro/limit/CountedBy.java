package dev.bistro.limit;

import dev.bistro.http.RateLimitKey;
import dev.bistro.http.Request;
import dev.bistro.http.spi.ClientNetwork;
import java.net.InetAddress;
import java.util.Optional;

/** What requests are counted by where it isn't the user's: the client, or the user. */
final class CountedBy {
    private CountedBy() {}

    /** By the client's address. */
    static final RateLimitKey CLIENT = request -> Optional.of(client(request));

    /** By the name of the user; requests of nobody by the client, so that nobody avoids the limit by logging out. */
    static final RateLimitKey USER = request -> Optional.of(
            request.principal().map(user -> "user:" + user.getName()).orElseGet(() -> client(request)));

    private static String client(Request request) {
        InetAddress address = request.remoteAddress().getAddress();
        return address == null ? "client:?" : "client:" + ClientNetwork.of(address);
    }
}
