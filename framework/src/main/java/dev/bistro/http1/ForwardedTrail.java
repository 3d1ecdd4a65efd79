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
 * @param client the last hop whose address is known; empty if none is told
 * @param position of the hop that is the client, from the right; 0 if no hop is told
 */
record ForwardedTrail(Optional<InetSocketAddress> client, int position) {
    static final ForwardedTrail NONE = new ForwardedTrail(Optional.empty(), 0);

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
        return new ForwardedTrail(known, position);
    }
}
