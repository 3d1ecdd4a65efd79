package dev.bistro.http1;

import static dev.bistro.http1.ForwardedHeader.FORWARDED;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_FOR;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_HOST;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_PORT;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_PREFIX;
import static dev.bistro.http1.ForwardedHeader.X_FORWARDED_PROTO;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is believed of the header fields in which proxies tell what they know of a client, and takes off all
 * others. For any thread.
 *
 * <pre>
 *   no such field ───────────────▶ the connection's own address and scheme
 *   the peer isn't trusted ──────▶ the same; all such fields are taken off
 *   the peer is trusted ─────────▶ those that it is said to write are read and kept, all others are taken off
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239</a>
 */
public final class ForwardedHeaders {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedHeaders.class);

    private final TrustedAddresses trusted;
    private final Set<ForwardedHeader> written;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** Believes the peers that are trusted, in the fields that they are said to write. */
    public ForwardedHeaders(TrustedAddresses trusted, Collection<ForwardedHeader> written) {
        this.trusted = trusted;
        this.written = EnumSet.noneOf(ForwardedHeader.class);
        this.written.addAll(written);
    }

    /** Believes nobody. */
    public static ForwardedHeaders none() {
        return new ForwardedHeaders(TrustedAddresses.parse(List.of()), List.of());
    }

    /**
     * Reads what the peer tells of the client, and takes the fields off that aren't believed.
     *
     * @param direct what is known without them
     */
    ClientSide read(RequestHead head, ClientSide direct) throws Rejection {
        FieldLines fields = head.headers();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.isForwarded(i)) {
                return read(head, i, direct);
            }
        }
        return direct;
    }

    private ClientSide read(RequestHead head, int first, ClientSide direct) throws Rejection {
        FieldLines fields = head.headers();
        if (!trusted.contains(direct.peer())) {
            warn(fields.name(first), direct.peer());
            head.setHeaders(fields.keep(i -> !fields.isForwarded(i)));
            return direct;
        }
        head.setHeaders(fields.keep(i -> !fields.isForwarded(i) || isWritten(fields, i)));
        return new Telling(head.headers(), head.authority()).clientSide(direct);
    }

    private boolean isWritten(FieldLines fields, int index) {
        return written.stream().anyMatch(header -> fields.hasName(index, header.fieldName()));
    }

    private void warn(String name, SocketAddress peer) {
        if (hasWarned.compareAndSet(false, true)) {
            LOG.warn(
                    "A request from {} had the header field {}, which is neither believed nor shown to the application."
                            + " If this is a proxy of yours, name it in server.proxy.trusted. This is said once",
                    peer instanceof InetSocketAddress ip ? ip.getAddress().getHostAddress() : "a Unix domain socket",
                    name);
        }
    }

    /** What the fields of one request tell. Only those that the proxy writes are there any more. */
    private final class Telling {
        private final FieldLines fields;
        private final String ownAuthority; // may be null
        private final List<Map<String, String>> elements = new ArrayList<>();

        Telling(FieldLines fields, String ownAuthority) throws Rejection {
            this.fields = fields;
            this.ownAuthority = ownAuthority;
            for (String line : fields.all(FORWARDED.fieldName())) {
                elements.addAll(ForwardedElements.parse(line));
            }
        }

        ClientSide clientSide(ClientSide direct) throws Rejection {
            ForwardedTrail listed = ForwardedTrail.follow(list(X_FORWARDED_FOR), trusted);
            ForwardedTrail paired = ForwardedTrail.follow(
                    elements.stream()
                            .map(element -> element.getOrDefault("for", "unknown"))
                            .toList(),
                    trusted);
            int at = listed.position();
            Map<String, String> element =
                    elements.isEmpty() ? Map.of() : elements.get(elements.size() - 1 - paired.position());
            String scheme = agreed(
                            "schemes",
                            checked(value(X_FORWARDED_PROTO, at), ForwardedValues::scheme),
                            checked(Optional.ofNullable(element.get("proto")), ForwardedValues::scheme))
                    .orElse(direct.scheme());
            Optional<String> host = agreed(
                    "hosts",
                    checked(value(X_FORWARDED_HOST, at), ForwardedValues::host),
                    checked(Optional.ofNullable(element.get("host")), ForwardedValues::host));
            int port =
                    checked(value(X_FORWARDED_PORT, at), ForwardedValues::port).orElse(0);
            return new ClientSide(
                    direct.peer(),
                    address(listed, paired).orElse(direct.address()),
                    scheme,
                    authority(host, port, scheme),
                    port,
                    checked(value(X_FORWARDED_PREFIX, at), ForwardedValues::prefix)
                            .orElse(""));
        }

        /** The elements of a list, in all its lines; empty ones don't count (RFC 9110, section 5.6.1.2). */
        private List<String> list(ForwardedHeader header) {
            return fields.all(header.fieldName()).stream()
                    .flatMap(line -> Stream.of(line.split(",")))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .toList();
        }

        /** The value for the client's hop. Where there are fewer values than hops, it is the one next to that hop. */
        private Optional<String> value(ForwardedHeader header, int position) {
            List<String> values = list(header);
            return values.isEmpty()
                    ? Optional.empty()
                    : Optional.of(values.get(Math.max(0, values.size() - 1 - position)));
        }

        private Optional<InetSocketAddress> address(ForwardedTrail listed, ForwardedTrail paired) throws Rejection {
            boolean areBoth = listed.client().isPresent() && paired.client().isPresent();
            if (areBoth && !areSame(listed.client().get(), paired.client().get())) {
                throw disagreement("addresses");
            }
            return listed.client().isPresent()
                            && (!areBoth || listed.client().get().getPort() > 0)
                    ? listed.client()
                    : paired.client();
        }

        private boolean areSame(InetSocketAddress one, InetSocketAddress other) {
            boolean areKnown = one.getPort() > 0 && other.getPort() > 0;
            return one.getAddress().equals(other.getAddress()) && (!areKnown || one.getPort() == other.getPort());
        }

        /** The host that is told, or else our own, with the port that is told; null if there is none. */
        private String authority(Optional<String> host, int port, String scheme) throws Rejection {
            if (port > 0
                    && host.isPresent()
                    && ForwardedValues.portOf(host.get()) > 0
                    && ForwardedValues.portOf(host.get()) != port) {
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
    }

    /** A rule for a value. */
    private interface Rule<T> {
        T apply(String text) throws Rejection;
    }

    private static <T> Optional<T> checked(Optional<String> value, Rule<T> rule) throws Rejection {
        return value.isEmpty() ? Optional.empty() : Optional.of(rule.apply(value.get()));
    }

    private static Optional<String> agreed(String what, Optional<String> one, Optional<String> other) throws Rejection {
        if (one.isPresent() && other.isPresent() && !one.get().equalsIgnoreCase(other.get())) {
            throw disagreement(what);
        }
        return one.isPresent() ? one : other;
    }

    private static Rejection disagreement(String what) {
        return Rejection.badRequest("A proxy's header fields tell different " + what + ".");
    }
}
