package dev.bistro.http1;

import static dev.bistro.http1.ForwardedHeader.FORWARDED;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_FOR;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_HOST;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_PORT;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_PREFIX;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_PROTO;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the fields of one request tell, whose peer is trusted. Fields that the peer doesn't write have been taken off.
 * What both {@code Forwarded} and another field tell has to be the same.
 */
final class ForwardedReading {
    private final FieldLines fields;
    private final String ownAuthority; // may be null
    private final List<Map<String, String>> elements = new ArrayList<>();
    private final ForwardedTrail listed; // by X-Forwarded-For
    private final ForwardedTrail paired; // by Forwarded
    private final Map<String, String> pairs; // of the client's hop

    ForwardedReading(RequestHead head, TrustedAddresses trusted) throws Rejection {
        this.fields = head.headers();
        this.ownAuthority = head.authority();
        for (String line : fields.all(FORWARDED.fieldName())) {
            elements.addAll(ForwardedElements.parse(line));
        }
        this.listed = ForwardedTrail.follow(list(X_FORWARDED_FOR), trusted);
        this.paired = ForwardedTrail.follow(hops(), trusted);
        this.pairs =
                at(elements, (paired.isTold() ? paired : listed).position()).orElse(Map.of());
    }

    ClientSide clientSide(ClientSide direct) throws Rejection {
        String scheme = agreed("schemes", X_FORWARDED_PROTO, "proto", ForwardedValues::scheme)
                .orElse(direct.scheme());
        Optional<String> host = agreed("hosts", X_FORWARDED_HOST, "host", ForwardedValues::host);
        int port = checked(value(X_FORWARDED_PORT), ForwardedValues::port).orElse(0);
        String prefix =
                checked(value(X_FORWARDED_PREFIX), ForwardedValues::prefix).orElse("");
        InetSocketAddress address = address().orElse(direct.address());
        return new ClientSide(direct.connection(), true, address, scheme, authority(host, port, scheme), port, prefix);
    }

    // ---- the fields, and what is in them for the client's hop

    /** The elements of a list, in all its lines; empty ones don't count (RFC 9110, section 5.6.1.2). */
    private List<String> list(ForwardedHeader header) {
        return fields.all(header.fieldName()).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** The hops of the elements; none if no element tells one. */
    private List<String> hops() {
        boolean areTold = elements.stream().anyMatch(element -> element.containsKey("for"));
        return !areTold
                ? List.of()
                : elements.stream()
                        .map(element -> element.getOrDefault("for", "unknown"))
                        .toList();
    }

    private Optional<String> value(ForwardedHeader header) {
        return at(list(header), (listed.isTold() ? listed : paired).position());
    }

    /** What belongs to a hop, from the right. Where there is less than there are hops, it is what is nearest to it. */
    private static <T> Optional<T> at(List<T> values, int position) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(Math.max(0, values.size() - 1 - position)));
    }

    // ---- the rules

    private interface Rule<T> {
        T apply(String text) throws Rejection;
    }

    private static <T> Optional<T> checked(Optional<String> value, Rule<T> rule) throws Rejection {
        return value.isEmpty() ? Optional.empty() : Optional.of(rule.apply(value.get()));
    }

    private Optional<String> agreed(String what, ForwardedHeader header, String pair, Rule<String> rule)
            throws Rejection {
        Optional<String> one = checked(value(header), rule);
        Optional<String> other = checked(Optional.ofNullable(pairs.get(pair)), rule);
        if (one.isPresent() && other.isPresent() && !one.get().equalsIgnoreCase(other.get())) {
            throw disagreement(what);
        }
        return one.or(() -> other);
    }

    private Optional<InetSocketAddress> address() throws Rejection {
        if (!listed.agrees(paired)) {
            throw disagreement("addresses");
        }
        return listed.client().isEmpty() || paired.knowsPort() ? paired.client() : listed.client();
    }

    /** The host that is told, or else our own, with the port that is told; null if there is none. */
    private String authority(Optional<String> host, int port, String scheme) throws Rejection {
        int hostsPort = host.map(ForwardedValues::portOf).orElse(0);
        if (port > 0 && hostsPort > 0 && hostsPort != port) {
            throw disagreement("ports");
        }
        String authority = host.orElse(ownAuthority);
        if (port == 0 || authority == null) {
            return authority;
        }
        String name = authority.substring(0, Authority.hostEnd(authority));
        boolean isUsual = port == (scheme.equals(ClientSide.HTTPS) ? 443 : 80);
        return isUsual ? name : name + ":" + port;
    }

    private static Rejection disagreement(String what) {
        return Rejection.badRequest("A proxy's header fields tell different " + what + ".");
    }
}
