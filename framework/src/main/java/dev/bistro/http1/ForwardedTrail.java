package dev.bistro.http1;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The hops of a request, followed from the peer towards the client.
 *
 * <pre>
 *   client ──▶ proxy 1 ──▶ proxy 2 (the peer) ──▶ us
 *   X-Forwarded-For:   what strangers wrote, client, proxy 1
 *                                            ◀─────────────── read in this direction, up to the first hop not trusted
 *   position:                                  1       0
 * </pre>
 *
 * @param isTold whether there are hops at all
 * @param client the last hop whose address is known; empty if there is none
 * @param position of the hop that is the client, from the right; 0 if no hop is told
 */
record ForwardedTrail(boolean isTold, Optional<InetSocketAddress> client, int position) {
    /** Whether the two lead to the same client, as far as both tell; a port may be told by one of them only. */
    boolean agrees(ForwardedTrail other) {
        if (!isTold || !other.isTold) {
            return true;
        }
        if (client.isEmpty() || other.client.isEmpty()) {
            return client.equals(other.client);
        }
        int port = client.get().getPort();
        int otherPort = other.client.get().getPort();
        return client.get().getAddress().equals(other.client.get().getAddress())
                && (port == 0 || otherPort == 0 || port == otherPort);
    }

    /** Whether this is the one to go by: it tells more. */
    boolean knowsPort() {
        return client.isPresent() && client.get().getPort() > 0;
    }

    /**
     * Follows the hops. What is left of the client isn't read: anybody may have written it.
     *
     * @param hops as they are written, the client's first
     */
    static ForwardedTrail follow(List<String> hops, TrustedAddresses trusted) throws Rejection {
        Optional<InetSocketAddress> known = Optional.empty();
        int position = 0;
        for (int i = hops.size() - 1; i >= 0; i--) {
            position = hops.size() - 1 - i;
            Optional<InetSocketAddress> hop = ForwardedNode.parse(hops.get(i));
            known = hop.isPresent() ? hop : known;
            if (hop.isEmpty() || !trusted.contains(hop.get())) {
                break;
            }
        }
        return new ForwardedTrail(!hops.isEmpty(), known, position);
    }
}
